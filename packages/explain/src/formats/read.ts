import { type BlackBoxModel, parseBlackBox } from '../black-box/model.ts';
import { ExplainError } from '../error.ts';
import { parseJdm } from '../rules/jdm.ts';
import type { RulesModel } from '../rules/model.ts';
import type { ScorecardModel } from '../scorecard/model.ts';
import { parseScorecard } from '../scorecard/parse.ts';
import { parseLightgbm } from './lightgbm.ts';
import { MODEL_FILE_LIMITS, type ModelFileLimits } from './limits.ts';
import { type LinearModel, parseLinear } from './linear.ts';
import { parseOnnx } from './onnx.ts';
import { parseSklearn } from './sklearn.ts';
import type { TreesModel } from './trees-model.ts';
import { parseXgboost } from './xgboost.ts';

/** A model whose rows are numbers. */
export type RowModel = TreesModel | LinearModel;

/** Any model that this package reads, told apart by `kind`. */
export type AnyModel = ScorecardModel | RowModel | RulesModel | BlackBoxModel;

/**
 * Reads a model file of any known format from an untrusted source; the format is recognised by the file's first bytes.
 * @param bytes the whole file; its SHA-256 becomes `model.sha256`
 * @throws {ExplainError} `unknown-format`, or what the format's own reader throws, with the place inside the file
 */
export function readModelFile(bytes: Uint8Array, limits: Partial<ModelFileLimits> = {}): AnyModel {
  const bounds = { ...MODEL_FILE_LIMITS, ...limits };
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  if (/^tree\r?\n/.test(start)) return parseLightgbm(bytes, bounds);
  if (/^\{[iUIlL]/.test(start)) return parseXgboost(bytes, 'xgboost-ubjson', bounds);
  if (/^\s*\{/.test(start)) return readJson(bytes, start, bounds);
  if (bytes[0] === 0x08) return parseOnnx(bytes, bounds);
  throw new ExplainError(
    'unknown-format',
    '',
    'the file begins like none of the formats that are read: XGBoost JSON or UBJSON, LightGBM text, ONNX, taalil-scorecard, taalil-sklearn, taalil-linear or taalil-http JSON, JDM rule graphs; pickles are never opened',
  );
}

function readJson(bytes: Uint8Array, start: string, bounds: ModelFileLimits): AnyModel {
  const named = /"format"\s*:\s*"(taalil-[a-z]+\/[0-9]+)"/.exec(start)?.[1];
  if (named?.startsWith('taalil-sklearn/')) return parseSklearn(bytes, bounds);
  if (named?.startsWith('taalil-linear/')) return parseLinear(bytes, bounds);
  if (named?.startsWith('taalil-http/')) return parseBlackBox(bytes, bounds);
  if (named !== undefined) return parseScorecard(bytes);
  if (/"(?:contentType"\s*:\s*"application\/vnd\.gorules|(?:nodes|edges|blocks)"\s*:\s*\[)/.test(start))
    return parseJdm(bytes);
  return parseXgboost(bytes, 'xgboost-json', bounds);
}
