/** Certificates and delegations of signature: who may decide on a machine's proposals, and until when. */
export { ACTS, type Act, type CertificateKind } from './acts.ts';
export {
  assertCertified,
  CERTIFICATE_MOST,
  type Certificate,
  grantCertificate,
  listCertificates,
  type NewCertificate,
  revokeCertificate,
} from './certificates.ts';
export {
  type CompetenceAsked,
  competence,
  type Delegation,
  grantDelegation,
  type ListedDelegation,
  listDelegations,
  type NewDelegation,
  revokeDelegation,
} from './delegations.ts';
export { type RoleSkills, SKILLS_LEAST, skillsMap } from './skills.ts';
export { trainingMigrations } from './tables.ts';
export { type At, legalDay, type Standing } from './validity.ts';
