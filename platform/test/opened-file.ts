import { decide } from '../src/decisions/decide.ts';
import { confirmProposal } from '../src/desk/decide-proposal.ts';
import { issueCode } from '../src/notices/index.ts';
import { grantCertificate, grantDelegation } from '../src/training/index.ts';
import { AUTHORITY_A, clearCase, inputOf, SYSTEM, type TestPlatform } from './make-platform.ts';
import { makeStaff, type RequestApp, Visitor } from './visitor.ts';

export const REASONS = {
  fr: "Vu l'article 7 du règlement du programme : le score de votre ménage dépasse le seuil. Revenus déclarés du ménage : 20 000 dirhams par mois. Type de logement : villa. L'aide ne peut donc pas être accordée.",
  ar: 'بناء على المادة 7 من نظام البرنامج: مؤشر أسرتكم يفوق العتبة. الدخل المصرَّح به للأسرة: 20000 درهم في الشهر. نوع السكن: فيلا. لذلك لا يمكن منح الإعانة.',
} as const;

let made = 0;

/** A case that the rule decided, or that waits for a person. */
export function newCase(
  p: TestPlatform,
  effect: 'favourable' | 'adverse',
  change: Record<string, unknown> = {},
) {
  const person = clearCase(effect);
  return decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `file-of-person-${made++}`,
    body: { subject: `${person.subject}-${made}`, input: { ...inputOf(person.household), ...change } },
  });
}

/** A reviewer who may sign refusals. */
export async function signingReviewer(p: TestPlatform, name = 'Nadia El Amrani'): Promise<string> {
  const staffId = await makeStaff(p, AUTHORITY_A, ['reviewer'], name);
  await grantCertificate(p, { authorityId: AUTHORITY_A, staffId, to: '2027-03-01' });
  for (const act of ['confirm-adverse', 'decide-review'] as const) {
    await grantDelegation(p, {
      authorityId: AUTHORITY_A,
      staffId,
      act,
      scope: SYSTEM,
      from: '2026-03-01',
      to: '2027-03-01',
      instrument: 'Décision n° 12/2026',
    });
  }
  return staffId;
}

/** A refusal in force, signed by `staffId`, with reasons of its own. */
export async function refusedCase(p: TestPlatform, staffId: string, lang: 'fr' | 'ar' = 'fr', change = {}) {
  const answer = await newCase(p, 'adverse', change);
  const text = `${REASONS[lang]} (${lang === 'fr' ? 'dossier' : 'ملف'} ${made})`;
  await confirmProposal(p, {
    authorityId: AUTHORITY_A,
    decisionId: answer.decision,
    staffId,
    reasons: { lang, text },
  });
  return answer;
}

export function newLetter(p: TestPlatform, caseId: string) {
  return issueCode(p, { authorityId: AUTHORITY_A, caseId, by: { kind: 'api-key', apiKeyId: 'key_test' } });
}

/** Somebody who has opened the file with a new letter. */
export async function openedBy(
  p: TestPlatform,
  app: RequestApp,
  caseId: string,
  lang = 'fr',
): Promise<Visitor> {
  const { reference, code } = await newLetter(p, caseId);
  const visitor = new Visitor(app);
  const { status, html } = await visitor.post(`/${lang}/case`, { reference, code });
  if (status !== 303) throw new Error(`the file did not open (${status}): ${html.slice(0, 400)}`);
  return visitor;
}
