import { ExplainError, readModelFile } from '@taalil/explain';
import { PlatformError } from '../../errors.ts';
import type { SystemRecord } from '../record.ts';
import type { Fault, RegisteredModel } from './contract.ts';
import { rowModel, rowModelFaults } from './rows.ts';
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
    if (file.kind === 'rules' || file.kind === 'black-box')
      throw unfit([{ where: '/model', what: `a model of kind ${file.kind} cannot be registered` }]);
    const faults = file.kind === 'scorecard' ? scorecardFaults(file, record) : rowModelFaults(file, record);
    if (faults.length > 0) throw unfit(faults);
    if (file.kind === 'scorecard') return scorecard(file);
    // `rowModelFaults` names a record without a use of its model.
    return rowModel(file, record.model as NonNullable<SystemRecord['model']>, record);
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
    throw new PlatformError('invalid-model', `The model file is refused: ${error.message}`, {
      where: '/model',
      cause: error,
    });
  }
}

function unfit(faults: readonly Fault[]): PlatformError {
  return new PlatformError('invalid-model', 'The model and the record do not belong together.', {
    faults,
    mend: 'Declare every input and every reason of the model in the record, within what the model reads.',
  });
}
