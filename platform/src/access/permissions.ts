import { PlatformError } from '../errors.ts';

export const ROLES = [
  'integrator',
  'registrar',
  'reviewer',
  'supervisor',
  'counter',
  'auditor',
  'dpo',
  'operator',
  'jurist',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may do what: the whole of it. A permission opens a door; certificates, delegations and independence are
 * asked again behind it, where an act is sealed.
 */
const MATRIX = {
  /** One's own page: certificate, delegations, sign-out. */
  'own.read': ROLES,
  'system.draft': ['integrator', 'registrar'],
  'system.publish': ['registrar'],
  'system.suspend': ['supervisor', 'operator'],
  'system.rearm': ['supervisor'],
  'assessment.write': ['integrator', 'registrar', 'supervisor', 'jurist'],
  'assessment.approve': ['supervisor'],
  /** Which rules of law apply to a system: a question of law, answered with reasons. */
  'applicability.answer': ['jurist'],
  'consultation.run': ['registrar', 'supervisor'],
  /** To take a published comment back in which personal data was found. */
  'comment.withdraw': ['registrar', 'supervisor', 'dpo'],
  /** That a document exists which a duty asks for. */
  'evidence.record': ['registrar', 'supervisor'],
  'api-key.manage': ['integrator'],
  'desk.decide': ['reviewer'],
  'primacy.read': ['supervisor', 'auditor'],
  'primacy.announce': ['supervisor'],
  'review.decide': ['reviewer'],
  'review.assign': ['supervisor'],
  /** What a request is in law. */
  'request.qualify': ['reviewer', 'supervisor'],
  'request.extend': ['supervisor'],
  /** Appeals to the superior of who decided. */
  'appeal.decide': ['supervisor'],
  'collective.answer': ['supervisor'],
  /** To keep a reason from the person: one asks, another approves; and what is withheld, opened for a court by two. */
  'withholding.ask': ['registrar', 'supervisor'],
  'withholding.approve': ['supervisor'],
  'withheld.open': ['supervisor', 'dpo'],
  'counter.assist': ['counter'],
  'notice.issue': ['counter'],
  'notification.record': ['counter', 'supervisor'],
  'staff.manage': ['supervisor'],
  'delegation.grant': ['supervisor'],
  'certificate.grant': ['supervisor'],
  'access-log.read': ['auditor', 'dpo'],
  'log.audit': ['auditor', 'dpo'],
  'figures.read': ['integrator', 'registrar', 'supervisor', 'auditor', 'dpo'],
  'monitoring.read': ['supervisor', 'auditor'],
  'monitoring.declare': ['supervisor'],
  'monitoring.export': ['auditor'],
  'alert.acknowledge': ['supervisor'],
  'attribute-basis.record': ['dpo'],
  /** A file goes when one person asks and another one confirms. */
  'case.erase': ['dpo'],
  'case.erase-confirm': ['dpo', 'supervisor'],
  'retention.set': ['dpo'],
  'platform.operate': ['operator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof MATRIX;

/** Role × permission as data: for each permission the roles that hold it. */
export const PERMISSION_MATRIX: Readonly<Record<Permission, readonly Role[]>> = Object.freeze(MATRIX);

export const PERMISSIONS = Object.freeze(Object.keys(MATRIX)) as readonly Permission[];

export function can(staff: { readonly roles: readonly Role[] }, permission: Permission): boolean {
  return PERMISSION_MATRIX[permission].some((role) => staff.roles.includes(role));
}

/** Throws `forbidden` and names the roles that may. */
export function assertCan(staff: { readonly roles: readonly Role[] }, permission: Permission): void {
  if (can(staff, permission)) return;
  throw new PlatformError('forbidden', 'Your role does not include this.', {
    where: permission,
    mend: `It takes the role ${PERMISSION_MATRIX[permission].join(' or ')}. Ask a supervisor of your authority.`,
  });
}

/** Reads roles as stored or typed; sorted, each once. Throws `invalid-request` for an unknown or missing role. */
export function parseRoles(roles: readonly string[]): readonly Role[] {
  const known = ROLES.filter((role) => roles.includes(role));
  const unknown = roles.filter((role) => !ROLES.some((r) => r === role));
  if (unknown.length > 0 || known.length === 0) {
    throw new PlatformError('invalid-request', 'A member of staff needs at least one known role.', {
      where: 'roles',
      mend: `Choose among: ${ROLES.join(', ')}.`,
    });
  }
  return known;
}
