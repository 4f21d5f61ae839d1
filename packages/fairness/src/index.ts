export { FairnessError, type FairnessErrorCode } from './error.ts';
export * from './statistics/index.ts';
