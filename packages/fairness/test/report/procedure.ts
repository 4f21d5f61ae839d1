import { CellBuilder, type Cells, seededRandom } from '../../src/index.ts';

/** Cases of nine months: the score treats both groups alike, from May on one officer does not. */
export function procedure(): Cells {
  const random = seededRandom(12);
  const builder = new CellBuilder(
    ['milieu'],
    ['truth', 'human', 'objection', 'remedy', 'officer', 'period', 'bin', 'stratum'],
  );
  for (let at = 0; at < 9000; at++) {
    const month = 1 + (at % 9);
    const milieu = random.uniform() < 0.5 ? 'rural' : 'urban';
    const officer = `officer ${1 + random.index(3)}`;
    const score = random.uniform();
    const prediction = month > 4 && milieu === 'rural' ? score > 0.5 : score > 0.7;
    const strict = officer === 'officer 1' && milieu === 'rural';
    const human = prediction ? random.uniform() < (strict ? 0.98 : 0.7) : false;
    const objection = human && random.uniform() < 0.4;
    builder.add({
      attributes: { milieu },
      prediction,
      truth: random.uniform() < score * 0.8,
      human,
      objection,
      remedy: objection ? random.uniform() < 0.3 : null,
      officer,
      period: `2026-0${month}`,
      score,
      stratum: at % 2 === 0 ? 'small' : 'large',
    });
  }
  return builder.build();
}
