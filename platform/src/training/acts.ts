/**
 * Acts that take a delegation of signature: letting an adverse decision take effect, deciding a request for review,
 * deciding an appeal as the superior of who decided, approving the impact assessment of a system.
 */
export const ACTS = ['confirm-adverse', 'decide-review', 'decide-appeal', 'approve-assessment'] as const;
export type Act = (typeof ACTS)[number];

/** What a person must have been trained for: deciding on a machine's proposal, and reviewing such decisions. */
export type CertificateKind = 'human-review';
