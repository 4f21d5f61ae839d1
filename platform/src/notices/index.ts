export { type Actor, actorFact } from './actor.ts';
export { noticesApi } from './api.ts';
export { type CodeRequest, type IssuedCode, issueCode } from './codes.ts';
export {
  NOTIFICATION_MODES,
  type NotificationMode,
  type NotificationRequest,
  type Notified,
  notificationsOf,
  notifiedOn,
  type Proof,
  recordNotification,
} from './notification.ts';
export { type OpenedCase, openWithCode } from './open.ts';
export { type CaseReceipts, caseReceipts, receiptOf, receiptsOfCase } from './receipts.ts';
export { type CitizenSession, IDLE_MINUTES, readSession, sessionCase, writeSession } from './session.ts';
export { readCode, readReference } from './typing.ts';
export {
  type CheckedReceipt,
  type ReceiptTrust,
  type ReceiptVerdict,
  receiptTrust,
  verifyReceiptText,
} from './verify.ts';
