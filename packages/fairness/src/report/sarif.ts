import type { Language } from '../plots/language.ts';
import type { Audited } from './audited.ts';
import { groupName, metricOf, sayDifference, subgroupName } from './say.ts';
import { wordsOf } from './words.ts';

type Level = 'error' | 'warning' | 'note';

interface Result {
  readonly ruleId: string;
  readonly level: Level;
  readonly text: string;
  readonly properties: object;
}

const LEVEL: Readonly<Record<string, Level>> = {
  fail: 'error',
  inconclusive: 'warning',
  'insufficient-evidence': 'note',
};

/**
 * The audit as SARIF 2.1.0 (OASIS), for tools that gather findings: a result for each judgement that is not passed, each
 * subgroup that stands out and each alarm.
 */
export function renderSarif(audited: Audited, language: Language = 'en'): string {
  const results = [
    ...judgements(audited, language),
    ...subgroups(audited, language),
    ...alarms(audited, language),
  ];
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))];
  const words = wordsOf(language);
  const uri = audited.files[0] ?? '';
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'taalil audit',
            rules: rules.map((id) => ({ id, shortDescription: { text: describe(id, language) } })),
          },
        },
        language: words.textLanguage,
        results: results.map(({ ruleId, level, text, properties }) => ({
          ruleId,
          ruleIndex: rules.indexOf(ruleId),
          level,
          message: { text },
          locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(uri) } } }],
          properties,
        })),
        properties: {
          verdict: audited.verdict,
          rows: audited.full.audit.rows,
          seed: audited.full.audit.seed,
        },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describe(id: string, language: Language): string {
  const words = wordsOf(language);
  if (id === 'subgroup') return words.say('section.subgroups');
  if (id === 'alarm') return words.say('section.time');
  return words.say(`criterion.${id}` as 'criterion.impact-ratio');
}

function judgements({ full }: Audited, language: Language): Result[] {
  const words = wordsOf(language);
  return full.audit.groups.flatMap((group) =>
    group.judgements.flatMap(({ criterion, verdict, because, estimate, adjusted }) => {
      const level = LEVEL[verdict];
      if (level === undefined) return [];
      const named = `${group.attribute} = ${groupName(words, group.value)}`;
      const text = `${named}: ${words.say(`criterion.${criterion.name}`)}: ${words.say(`group.${verdict}`)} (${words.say(`because.${because}`)})`;
      return [
        {
          ruleId: criterion.name,
          level,
          text,
          properties: {
            by: { [group.attribute]: group.value ?? null },
            metric: metricOf(criterion),
            estimate,
            adjusted,
          },
        },
      ];
    }),
  );
}

function subgroups({ full }: Audited, language: Language): Result[] {
  const words = wordsOf(language);
  return (full.search?.found ?? []).map(({ by, metric, shrunk, adjusted }) => ({
    ruleId: 'subgroup',
    level: 'warning',
    text: sayDifference(
      words,
      { group: subgroupName(by), others: words.say('others'), metric: words.say(`metric.${metric}`) },
      shrunk,
    ),
    properties: { by, metric, shrunk, adjusted },
  }));
}

function alarms({ full }: Audited, language: Language): Result[] {
  const words = wordsOf(language);
  return full.drift.flatMap(({ attribute, value, metric, alarm }) =>
    alarm === undefined
      ? []
      : [
          {
            ruleId: 'alarm',
            level: 'error' as const,
            text: words.say('say.alarm', {
              group: `${attribute} = ${value}`,
              metric: words.say(`metric.${metric}`),
              period: alarm.period,
            }),
            properties: { by: { [attribute]: value }, metric, ...alarm },
          },
        ],
  );
}
