import { type AnyModel, ExplainError, readModelFile } from '@taalil/explain';
import { PlatformError } from '../../errors.ts';
import type { SystemRecord } from '../record.ts';
import { blackBox, blackBoxFaults } from './black-box.ts';
import type { Fault, RegisteredModel } from './contract.ts';
import { rowModel, rowModelFaults } from './rows.ts';
import { rulesFaults, rulesModel } from './rules.ts';
import { scorecard, scorecardFaults } from './scorecard.ts';

/** The largest model file that is registered. */
export const MODEL_FILE_MOST = 32 * 1024 * 1024;

/**
 * Reads a model file of any kind from an untrusted source and binds it to a record. The file's own bytes say what it
 * is; what no reader knows is refused. Throws `invalid-model`: unreadable, or not belonging to this record.
 */
export function readModel(bytes: Uint8Array, record: SystemRecord): RegisteredModel {
  try {
    const file = readModelFile(bytes, { maxBytes: MODEL_FILE_MOST });
    const faults = faultsOf(file, record);
    if (faults.length > 0) throw unfit(faults);
    return bound(file, record);
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
    throw new PlatformError('invalid-model', `The model file is refused: ${error.message}`, {
      where: '/model',
      cause: error,
    });
  }
}

function faultsOf(file: AnyModel, record: SystemRecord): readonly Fault[] {
  switch (file.kind) {
    case 'scorecard':
      return scorecardFaults(file, record);
    case 'rules':
      return rulesFaults(file, record);
    case 'black-box':
      return blackBoxFaults(file, record);
    default:
      return rowModelFaults(file, record);
  }
}

/** The model under the record's rule; that it fits was found before. */
function bound(file: AnyModel, record: SystemRecord): RegisteredModel {
  if (file.kind === 'scorecard') return scorecard(file);
  const use = record.model;
  if (use === undefined) throw new ExplainError('bad-rows', '/model', 'is missing');
  switch (file.kind) {
    case 'rules':
      return rulesModel(file, use, record);
    case 'black-box':
      return blackBox(file, use, record);
    default:
      return rowModel(file, use, record);
  }
}

function unfit(faults: readonly Fault[]): PlatformError {
  return new PlatformError('invalid-model', 'The model and the record do not belong together.', {
    faults,
    mend: 'Declare every input and every reason of the model in the record, within what the model reads.',
  });
}
