import { createStaff, type Role } from '../src/access/index.ts';
import type { Context } from '../src/context.ts';
import { decide } from '../src/decisions/decide.ts';
import { readDecision } from '../src/decisions/view.ts';
import { confirmProposal } from '../src/desk/decide-proposal.ts';
import { openAtDesk } from '../src/desk/openings.ts';
import {
  assignReview,
  type Corrections,
  type Kind,
  qualifyRequest,
  requestReview,
} from '../src/reviews/index.ts';
import { ACTS, type Act, grantCertificate, grantDelegation } from '../src/training/index.ts';
import type { Household } from '../worlds/soutien-menages/households.ts';
import { AUTHORITY_A, clearCase, inputOf, SYSTEM, type TestPlatform } from './make-platform.ts';

export const PASSWORD = 'correct-horse-battery';

export interface PersonOptions {
  readonly authorityId?: string;
  /** Last day of the certificate; null for none. Default a year from the start of tests. */
  readonly certifiedTo?: string | null;
  /** Acts delegated until `delegatedTo`; default both. */
  readonly acts?: readonly Act[];
  readonly delegatedTo?: string;
  readonly scope?: string;
  /** null for somebody who never signs in: saves the hash of a password. */
  readonly password?: null;
}

export interface TestStaff {
  readonly staffId: string;
  readonly account: string;
}

/** A member of staff who can sign in; reviewers are certified and hold both delegations unless said otherwise. */
export async function staffMember(
  p: Context,
  account: string,
  roles: readonly Role[],
  options: PersonOptions = {},
): Promise<TestStaff> {
  const { authorityId = AUTHORITY_A, certifiedTo = '2027-02-01', acts = ACTS, scope = 'all' } = options;
  const { staffId } = await createStaff(p, {
    authorityId,
    subject: account,
    name: `Prénom-${account} Nom`,
    roles,
    ...(options.password === null ? {} : { password: PASSWORD }),
  });
  if (!roles.includes('reviewer')) return { staffId, account };
  const from = '2026-03-01';
  if (certifiedTo !== null) await grantCertificate(p, { authorityId, staffId, from, to: certifiedTo });
  for (const act of acts) {
    await grantDelegation(p, {
      authorityId,
      staffId,
      act,
      scope,
      from,
      to: options.delegatedTo ?? '2027-02-01',
      instrument: `Décision ${account}-${act}`,
    });
  }
  return { staffId, account };
}

export interface TestCase {
  readonly caseId: string;
  readonly decisionId: string;
  readonly reference: string;
}

let keys = 0;

/** A household that the model refuses, by a wide margin unless `facts` say otherwise. The proposal waits. */
export async function proposalFor(p: Context, facts: Partial<Household> = {}): Promise<TestCase> {
  const person = clearCase('adverse');
  const answer = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `reviewing-${keys++}`,
    body: { subject: `${person.subject}-${keys}`, input: inputOf({ ...person.household, ...facts }) },
  });
  return { caseId: answer.case, decisionId: answer.decision, reference: answer.reference };
}

/** Reasons that name an article and a fact of `clearCase('adverse')`, in words of their own. */
export function reasonsText(own: string | number = keys++): string {
  return `Vu l'article 7 du règlement du programme, le score dépasse le seuil. Pièces du logement : 8. Dossier ${own}.`;
}

export async function refusalBy(
  p: TestPlatform,
  by: TestStaff,
  facts?: Partial<Household>,
): Promise<TestCase> {
  const found = await proposalFor(p, facts);
  const who = { authorityId: AUTHORITY_A, decisionId: found.decisionId, staffId: by.staffId };
  await openAtDesk(p, who);
  await confirmProposal(p, { ...who, reasons: { lang: 'fr', text: reasonsText(found.decisionId) } });
  return found;
}

const desks = new WeakMap<object, Promise<TestStaff>>();

/** Says what a request is, as somebody of the desk who does nothing else. */
export async function qualified(p: TestPlatform, reviewId: string, kind: Kind = 'revision'): Promise<void> {
  const desk = desks.get(p.store) ?? staffMember(p, 'qualifying-desk', ['supervisor'], { password: null });
  desks.set(p.store, desk);
  await qualifyRequest(p, {
    authorityId: AUTHORITY_A,
    reviewId,
    kind,
    because: 'D’après les réponses de la personne.',
    lang: 'fr',
    by: (await desk).staffId,
  });
}

export interface TestReview extends TestCase {
  readonly reviewId: string;
}

/** A refusal signed by `by`, of which the person asks a review; given to `to` when there is one. */
export async function reviewOfRefusal(
  p: TestPlatform,
  {
    by,
    to,
    supervisor,
    corrections,
    kind = 'revision',
  }: {
    by: TestStaff;
    /** What the desk qualifies it as; null: not yet. */
    kind?: Kind | null;
    to?: TestStaff;
    supervisor?: TestStaff;
    corrections?: Corrections;
  },
): Promise<TestReview> {
  const found = await refusalBy(p, by);
  const { reviewId } = await requestReview(p, {
    authorityId: AUTHORITY_A,
    caseId: found.caseId,
    decisionId: found.decisionId,
    ground: corrections === undefined ? 'want-person' : 'data-wrong',
    text: 'Je voudrais que quelqu’un relise mon dossier.',
    corrections,
    filedBy: { kind: 'person' },
  });
  if (kind !== null) await qualified(p, reviewId, kind);
  if (to !== undefined) {
    await assignReview(p, {
      authorityId: AUTHORITY_A,
      reviewId,
      to: to.staffId,
      by: supervisor?.staffId,
    });
  }
  return { ...found, reviewId };
}

export const viewOf = (p: TestPlatform, decisionId: string) => readDecision(p, AUTHORITY_A, decisionId);
