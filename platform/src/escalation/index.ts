/** The whole file of a case as one archive that verifies offline, for the Ombudsman or the court. */
export { BundleError } from './archive/error.ts';
export { type VerifiedBundle, verifyArchive } from './archive/verify.ts';
export { type IssuedBundle, issueBundle } from './issue.tsx';
