import { inputOf, people } from '../../../test/make-platform.ts';
import { FILES_OF_NUMBERS, parsedRecord } from '../../../test/registered-models.ts';
import { modelFile } from '../../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../../worlds/soutien-menages/record.ts';
import { modelConformance } from './conformance.ts';
import { readModel } from './read.ts';

modelConformance('a scorecard', () => {
  const record = parsedRecord(RECORD);
  const cases = people(12, 'conformance').map(({ household }) => ({
    ...inputOf(household),
    land: household.land.toFixed(1),
  }));
  return { record, model: readModel(modelFile({ version: 1, fault: false }), record), cases, tries: 60 };
});

for (const [name, make] of Object.entries(FILES_OF_NUMBERS)) {
  modelConformance(name, () => {
    const { bytes, record: input, cases } = make();
    const record = parsedRecord(input);
    return { record, model: readModel(bytes, record), cases: cases.slice(0, 12), tries: 60 };
  });
}
