import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { staffOnly } from './guard.ts';
import { assertCan, can, PERMISSIONS, type Permission, parseRoles, ROLES, type Role } from './permissions.ts';
import type { WebEnv } from './web-env.ts';

/** Who may do what, as the rules of the house say it: x may, . may not. */
const EXPECTED = `
                     integrator registrar reviewer supervisor counter auditor dpo operator jurist
own.read                 x          x        x         x         x       x     x      x      x
system.draft             x          x        .         .         .       .     .      .      .
system.publish           .          x        .         .         .       .     .      .      .
system.suspend           .          .        .         x         .       .     .      x      .
system.rearm             .          .        .         x         .       .     .      .      .
assessment.write         x          x        .         x         .       .     .      .      x
assessment.approve       .          .        .         x         .       .     .      .      .
applicability.answer     .          .        .         .         .       .     .      .      x
consultation.run         .          x        .         x         .       .     .      .      .
comment.withdraw         .          x        .         x         .       .     x      .      .
evidence.record          .          x        .         x         .       .     .      .      .
api-key.manage           x          .        .         .         .       .     .      .      .
desk.decide              .          .        x         .         .       .     .      .      .
primacy.read             .          .        .         x         .       x     .      .      .
primacy.announce         .          .        .         x         .       .     .      .      .
review.decide            .          .        x         .         .       .     .      .      .
review.assign            .          .        .         x         .       .     .      .      .
request.qualify          .          .        x         x         .       .     .      .      .
request.extend           .          .        .         x         .       .     .      .      .
appeal.decide            .          .        .         x         .       .     .      .      .
collective.answer        .          .        .         x         .       .     .      .      .
withholding.ask          .          x        .         x         .       .     .      .      .
withholding.approve      .          .        .         x         .       .     .      .      .
withheld.open            .          .        .         x         .       .     x      .      .
counter.assist           .          .        .         .         x       .     .      .      .
notice.issue             .          .        .         .         x       .     .      .      .
notification.record      .          .        .         x         x       .     .      .      .
staff.manage             .          .        .         x         .       .     .      .      .
delegation.grant         .          .        .         x         .       .     .      .      .
certificate.grant        .          .        .         x         .       .     .      .      .
access-log.read          .          .        .         .         .       x     x      .      .
log.audit                .          .        .         .         .       x     x      .      .
figures.read             x          x        .         x         .       x     x      .      .
monitoring.read          .          .        .         x         .       x     .      .      .
monitoring.declare       .          .        .         x         .       .     .      .      .
monitoring.export        .          .        .         .         .       x     .      .      .
alert.acknowledge        .          .        .         x         .       .     .      .      .
attribute-basis.record   .          .        .         .         .       .     x      .      .
case.erase               .          .        .         .         .       .     x      .      .
case.erase-confirm       .          .        .         x         .       .     x      .      .
retention.set            .          .        .         .         .       .     x      .      .
platform.operate         .          .        .         .         .       .     .      x      .
`;

interface Cell {
  readonly permission: Permission;
  readonly role: Role;
  readonly allowed: boolean;
}

function cells(): Cell[] {
  const [head = '', ...lines] = EXPECTED.trim().split('\n');
  const roles = head.trim().split(/\s+/) as Role[];
  return lines.flatMap((line) => {
    const [permission, ...marks] = line.trim().split(/\s+/);
    assert.equal(marks.length, roles.length, line);
    return roles.map((role, i) => ({
      permission: permission as Permission,
      role,
      allowed: marks[i] === 'x',
    }));
  });
}

test('the table speaks of every role and every permission, once', () => {
  const spoken = cells().map(({ permission, role }) => `${permission}/${role}`);
  assert.deepEqual([...spoken].sort(), PERMISSIONS.flatMap((p) => ROLES.map((r) => `${p}/${r}`)).sort());
});

describe('every cell, through a real route', () => {
  let p: TestPlatform;
  const visitors = new Map<Role, Visitor>();
  before(async () => {
    p = await makePlatform({ system: false });
    const room = new Hono<WebEnv>();
    for (const permission of PERMISSIONS) {
      room.get(`/:lang/staff/:authority/${permission}`, staffOnly(p, permission), (c) =>
        c.text(c.var.staff.staffId),
      );
    }
    const app = webApp(room);
    for (const role of ROLES) {
      const staffId = await makeStaff(p, AUTHORITY_A, [role]);
      visitors.set(role, await signedIn(p, app, AUTHORITY_A, staffId));
    }
  });
  after(() => p.dispose());

  for (const { permission, role, allowed } of cells()) {
    test(`${role} ${allowed ? 'may' : 'may not'} ${permission}`, async () => {
      assert.equal(can({ roles: [role] }, permission), allowed);
      const answer = await visitors.get(role)?.get(`/fr/staff/${AUTHORITY_A}/${permission}`);
      assert.equal(answer?.status, allowed ? 200 : 403);
      if (!allowed) assert.equal(answer?.html, 'forbidden');
    });
  }
});

test('several roles add up, and the refusal names who may', () => {
  const both = { roles: ['counter', 'auditor'] as const };
  assert.ok(can(both, 'counter.assist') && can(both, 'log.audit'));
  assert.throws(() => assertCan(both, 'desk.decide'), {
    code: 'forbidden',
    details: {
      where: 'desk.decide',
      mend: 'It takes the role reviewer. Ask a supervisor of your authority.',
    },
  });
});

test('nobody reviews and supervises by one role: whoever assigns a review does not decide it', () => {
  for (const role of ROLES) {
    assert.ok(!(can({ roles: [role] }, 'review.assign') && can({ roles: [role] }, 'review.decide')), role);
    assert.ok(!(can({ roles: [role] }, 'certificate.grant') && can({ roles: [role] }, 'desk.decide')), role);
  }
});

test('unknown roles and no role are refused', () => {
  assert.deepEqual(parseRoles(['counter', 'auditor', 'counter']), ['counter', 'auditor']);
  for (const roles of [[], ['chief'], ['reviewer', 'root']]) {
    assert.throws(() => parseRoles(roles), { code: 'invalid-request' });
  }
});
