/** The least a page needs to check a receipt: bundle this entry for a browser. All of it is in the main entry too. */
export { LogError, type LogErrorCode, type LogErrorKind } from './error.ts';
export { parsePolicy } from './policy.ts';
export { portableRuntime, type Runtime } from './runtime.ts';
export type { Policy, Trust } from './trust.ts';
export { type VerifiedReceipt, verifyReceipt, verifyReceiptFile } from './verify-receipt.ts';
