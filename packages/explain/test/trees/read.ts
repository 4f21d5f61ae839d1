import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import type { TreesModel } from '../../src/formats/trees-model.ts';
import { parseXgboost } from '../../src/formats/xgboost.ts';
import { fixture } from './fixtures.ts';

/** An XGBoost fixture, JSON or UBJSON. */
export function readXgboost(
  name: string,
  format: 'xgboost-json' | 'xgboost-ubjson' = 'xgboost-json',
): TreesModel {
  const ending = format === 'xgboost-json' ? 'model' : 'ubj';
  return parseXgboost(fixture(`xgboost/${name}.${ending}`), format, MODEL_FILE_LIMITS);
}
