/** What a model file may ask for before it is refused. */
export interface ModelFileLimits {
  readonly maxBytes: number;
  readonly maxFeatures: number;
  readonly maxOutputs: number;
}

export const MODEL_FILE_LIMITS: ModelFileLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxFeatures: 100_000,
  maxOutputs: 10_000,
};
