import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff } from '../../test/visitor.ts';
import { changeRoles, endStaff } from '../access/index.ts';
import { recordInJournal } from '../ledger/journal.ts';
import type { LedgerTables } from '../ledger/tables.ts';
import { typed } from '../store/index.ts';
import { assertCertified, grantCertificate, listCertificates, revokeCertificate } from './certificates.ts';
import {
  competence,
  type Delegation,
  grantDelegation,
  listDelegations,
  revokeDelegation,
} from './delegations.ts';
import { legalDay } from './validity.ts';

let p: TestPlatform;
let supervisor: string;
let staffId: string;
before(async () => {
  p = await makePlatform({ system: false });
  supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor']);
});
after(() => p.dispose());
beforeEach(async () => {
  staffId = await makeStaff(p, AUTHORITY_A, ['reviewer']);
});

const today = () => legalDay(p.clock.now());
const day = (days: number) => Temporal.PlainDate.from(today()).add({ days }).toString();
const at = (date: string, time = '10:00') => Temporal.Instant.from(`${date}T${time}+01:00`);

/** Seals an act that is checked inside the sealing transaction, as a decision is. */
async function seal<T>(check: (tx: Parameters<typeof assertCertified>[0]) => Promise<T>): Promise<T> {
  let result: T | undefined;
  await recordInJournal(p, {
    authorityId: AUTHORITY_A,
    kind: 'authority',
    type: 'test-act',
    facts: {},
    async check(tx) {
      result = await check(tx);
    },
    write() {},
  });
  return result as T;
}
const certified = (when = p.clock.now()) => seal((tx) => assertCertified(tx, AUTHORITY_A, staffId, when));
const competent = (asked: Partial<Parameters<typeof competence>[1]> = {}): Promise<Delegation> =>
  seal((tx) =>
    competence(tx, {
      authorityId: AUTHORITY_A,
      staffId,
      act: 'confirm-adverse',
      systemId: SYSTEM,
      at: p.clock.now(),
      ...asked,
    }),
  );
const certificate = (to: string, from?: string) =>
  grantCertificate(p, { authorityId: AUTHORITY_A, staffId, to, by: supervisor, ...(from ? { from } : {}) });
const delegation = (more: Partial<Parameters<typeof grantDelegation>[1]> = {}) =>
  grantDelegation(p, {
    authorityId: AUTHORITY_A,
    staffId,
    act: 'confirm-adverse',
    scope: SYSTEM,
    from: today(),
    to: day(100),
    instrument: 'Décision n° 12/2026',
    by: supervisor,
    ...more,
  });

describe('a certificate', () => {
  test('counts from the first to the last day, both included, in Moroccan time', async () => {
    await certificate('2026-06-30', '2026-04-01');
    const refused = { code: 'not-certified' };
    await assert.rejects(certified(at('2026-03-31', '23:59')), refused);
    await certified(at('2026-04-01', '00:00'));
    await certified(at('2026-06-30', '23:59'));
    await assert.rejects(certified(at('2026-07-01', '00:00')), refused);
  });

  test('that is missing, not begun, expired or revoked is refused, and the error says how to renew', async () => {
    const messages: string[] = [];
    const collect = (when?: Temporal.Instant) =>
      assert.rejects(certified(when), (error: Error & { code: string; details: { mend: string } }) => {
        assert.equal(error.code, 'not-certified');
        assert.match(error.details.mend, /quizzes.*page "Training"/);
        messages.push(error.message);
        return true;
      });
    await collect();
    const { certificateId } = await certificate('2026-06-30', '2026-04-01');
    await collect(at('2026-03-01'));
    await collect(at('2026-08-01'));
    await revokeCertificate(p, { authorityId: AUTHORITY_A, certificateId, by: supervisor });
    await collect(at('2026-05-01'));
    assert.deepEqual(messages, [
      "You hold no certificate for deciding on a machine's proposals.",
      'Your certificate is valid from 2026-04-01 only.',
      'Your certificate expired on 2026-06-30.',
      'Your certificate was revoked.',
    ]);
  });

  test('renewed counts again', async () => {
    await certificate('2026-03-31', '2026-03-01');
    await certificate('2026-06-30', '2026-04-01');
    await certified(at('2026-05-01'));
  });

  test('is of one person in one authority', async () => {
    await certificate(day(100));
    await certified();
    const other = await makeStaff(p, AUTHORITY_A, ['reviewer']);
    await assert.rejects(
      seal((tx) => assertCertified(tx, AUTHORITY_A, other, p.clock.now())),
      { code: 'not-certified' },
    );
    await assert.rejects(
      seal((tx) => assertCertified(tx, AUTHORITY_B, staffId, p.clock.now())),
      { code: 'not-found' },
    );
  });

  test('does not count for who no longer works here', async () => {
    await certificate(day(100));
    await endStaff(p, { authorityId: AUTHORITY_A, staffId, by: supervisor });
    await assert.rejects(certified(), { code: 'forbidden' });
  });

  for (const [what, from, to, where] of [
    ['a last day that is past', '2026-01-01', '2026-02-01', 'to'],
    ['a last day before the first', '2026-06-02', '2026-06-01', 'to'],
    ['more than two years', '2026-03-02', '2028-03-03', 'to'],
    ['no day of the calendar', '2026-02-30', '2026-06-01', 'from'],
    ['another form', '2026-03-02', '1/6/2026', 'to'],
  ] as const) {
    test(`with ${what} is refused`, async () => {
      await assert.rejects(
        certificate(to, from),
        (error: Error & { code: string; details: { where: string } }) => {
          assert.deepEqual([error.code, error.details.where], ['invalid-request', where]);
          return true;
        },
      );
      assert.deepEqual(await listCertificates(p, AUTHORITY_A, { staffId }), []);
    });
  }
});

describe('a delegation of signature', () => {
  test('is named whole in the act that relies on it', async () => {
    const { delegationId } = await delegation();
    assert.deepEqual(await competent(), {
      delegationId,
      act: 'confirm-adverse',
      scope: SYSTEM,
      from: today(),
      to: day(100),
      instrument: 'Décision n° 12/2026',
    });
  });

  test('covers its own act, its own system and its own days', async () => {
    await delegation();
    const refused = { code: 'not-competent' };
    await assert.rejects(competent({ act: 'decide-review' }), refused);
    await assert.rejects(competent({ systemId: 'another-system' }), refused);
    await assert.rejects(competent({ at: at(day(101), '00:00') }), refused);
    await competent({ at: at(day(100), '23:59') });
    await assert.rejects(competent({ authorityId: AUTHORITY_B }), refused);
  });

  test('for every system covers each, and one for the system itself comes first', async () => {
    await delegation({ scope: 'all', to: day(300) });
    assert.equal((await competent({ systemId: 'another-system' })).scope, 'all');
    const own = await delegation({ to: day(10) });
    assert.equal((await competent()).delegationId, own.delegationId);
    assert.equal((await competent({ at: at(day(11)) })).scope, 'all', 'once it ended the general one serves');
  });

  test('of two alike the longer one is named', async () => {
    await delegation({ to: day(10) });
    const { delegationId } = await delegation({ to: day(20) });
    await delegation({ to: day(15) });
    assert.equal((await competent()).delegationId, delegationId);
  });

  test('withdrawn is worth nothing, and the error says what happened', async () => {
    const { delegationId } = await delegation();
    await revokeDelegation(p, { authorityId: AUTHORITY_A, delegationId, by: supervisor });
    await assert.rejects(competent(), {
      code: 'not-competent',
      message: 'Your delegation of signature (Décision n° 12/2026) was withdrawn.',
    });
    const again = revokeDelegation(p, { authorityId: AUTHORITY_A, delegationId, by: supervisor });
    await assert.rejects(again, { code: 'conflict' });
    assert.equal((await listDelegations(p, AUTHORITY_A, { staffId }))[0]?.standing, 'revoked');
  });

  test('withdrawn in the very commit before an act is not relied on by that act', async () => {
    const { delegationId } = await delegation();
    const { certificateId } = await certificate(day(100));
    const outcomes = await Promise.allSettled([
      competent(),
      certified(),
      revokeDelegation(p, { authorityId: AUTHORITY_A, delegationId, by: supervisor }),
      revokeCertificate(p, { authorityId: AUTHORITY_A, certificateId, by: supervisor }),
      competent(),
      certified(),
    ]);
    assert.deepEqual(
      outcomes.map((o) => (o.status === 'fulfilled' ? 'done' : o.reason.code)),
      ['done', 'done', 'done', 'done', 'not-competent', 'not-certified'],
    );
  });

  for (const [what, more, where] of [
    ['an empty reference', { instrument: '  ' }, 'instrument'],
    ['a reference without end', { instrument: 'x'.repeat(201) }, 'instrument'],
    ['an unknown act', { act: 'sign-anything' as 'decide-review' }, 'act'],
    ['a scope that is no system', { scope: '*' }, 'scope'],
    ['a last day that is past', { from: '2026-01-01', to: '2026-02-01' }, 'to'],
  ] as const) {
    test(`with ${what} is refused`, async () => {
      await assert.rejects(
        delegation(more),
        (error: Error & { code: string; details: { where: string } }) => {
          assert.deepEqual([error.code, error.details.where], ['invalid-request', where]);
          return true;
        },
      );
    });
  }
});

describe('recording', () => {
  test('is refused for oneself, without the permission, and after losing it', async () => {
    const own = { staffId: supervisor, by: supervisor };
    await assert.rejects(delegation(own), { code: 'not-independent' });
    await assert.rejects(grantCertificate(p, { authorityId: AUTHORITY_A, to: day(10), ...own }), {
      code: 'not-independent',
    });
    const reviewer = await makeStaff(p, AUTHORITY_A, ['reviewer']);
    await assert.rejects(delegation({ by: reviewer }), { code: 'forbidden' });
    const former = await makeStaff(p, AUTHORITY_A, ['supervisor']);
    await delegation({ by: former });
    await changeRoles(p, { authorityId: AUTHORITY_A, staffId: former, roles: ['counter'], by: supervisor });
    await assert.rejects(delegation({ by: former }), { code: 'forbidden' });
  });

  test("a supervisor of B records nothing in A, and B's staff get nothing from A", async () => {
    const foreign = await makeStaff(p, AUTHORITY_B, ['supervisor']);
    await assert.rejects(delegation({ by: foreign }), { code: 'not-found' });
    await assert.rejects(delegation({ staffId: foreign }), { code: 'not-found' });
    const { delegationId } = await delegation();
    const revoke = revokeDelegation(p, { authorityId: AUTHORITY_B, delegationId, by: foreign });
    await assert.rejects(revoke, { code: 'not-found' });
  });

  test('leaves an entry of the log for each step, without any name', async () => {
    const { delegationId } = await delegation();
    await revokeDelegation(p, { authorityId: AUTHORITY_A, delegationId, by: supervisor });
    const { certificateId } = await certificate(day(10));
    await revokeCertificate(p, { authorityId: AUTHORITY_A, certificateId, by: supervisor });
    const rows = await typed<LedgerTables>(p.store.read)
      .selectFrom('journal')
      .select(['type', 'openings'])
      .where('authority_id', '=', AUTHORITY_A)
      .orderBy('log_index', 'desc')
      .limit(4)
      .execute();
    assert.deepEqual(rows.map((row) => row.type).reverse(), [
      'delegation-granted',
      'delegation-revoked',
      'certificate-granted',
      'certificate-revoked',
    ]);
    for (const row of rows) assert.ok(!row.openings.includes('Test Person'));
  });
});
