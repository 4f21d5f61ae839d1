import type { Child } from 'hono/jsx';
import type { CaseEvent, CaseEventType } from '../cases/events.ts';
import { isKind } from '../reviews/kinds.ts';
import { kinds } from '../reviews/messages-kinds.ts';
import { useT } from '../web/index.ts';
import { life } from './messages-life.ts';

type Key = keyof typeof life.messages;
type Say = ReturnType<typeof useT<Key>>;

/** Every kind of event in words that somebody without law or computing understands. */
export const EVENT_TITLES: Readonly<Record<CaseEventType, Key>> = {
  'decision-made': 'decisionMade',
  'decision-proposed': 'proposed',
  'proposal-signed-first': 'signedFirst',
  'proposal-confirmed': 'settled',
  'proposal-overridden': 'settled',
  'decision-notified': 'notified',
  'review-requested': 'reviewRequested',
  'request-qualified': 'requestQualified',
  'qualification-contested': 'qualificationContested',
  'documents-requested': 'documentsRequested',
  'documents-brought': 'documentsBrought',
  'files-added': 'filesAdded',
  'file-withdrawn': 'fileWithdrawn',
  'review-extended': 'reviewExtended',
  'review-assigned': 'reviewAssigned',
  'review-upheld': 'reviewUpheld',
  'review-rejected': 'reviewRejected',
  'decision-superseded': 'superseded',
  'representative-recorded': 'representative',
  'representative-ended': 'representativeEnded',
  'death-recorded': 'deathRecorded',
  'death-corrected': 'deathCorrected',
  'bundle-issued': 'bundleIssued',
  'code-issued': 'codeIssued',
  assisted: 'assisted',
  'remedy-offered': 'remedy',
  'outcome-established': 'outcomeEstablished',
  'withheld-opened': 'withheldOpened',
};

/** The message that names an event of this type; events of later versions get a general one. */
export function eventTitle(type: unknown): Key {
  return (
    (typeof type === 'string' && Object.hasOwn(EVENT_TITLES, type) && EVENT_TITLES[type as CaseEventType]) ||
    'other'
  );
}

interface NotifiedFacts {
  readonly mode: string;
  readonly date: string;
  readonly to: string;
  readonly proof: { readonly document: string; readonly on: string } | null;
}

function notified(t: Say, { facts }: CaseEvent): Child[] {
  const { mode, date, to, proof } = facts as unknown as NotifiedFacts;
  return [
    t('notifiedBy', { mode: mode === 'registered-letter' ? 'letter' : mode, day: date, to: <bdi>{to}</bdi> }),
    proof === null ? t('noProof') : t('proof', { document: <bdi>{proof.document}</bdi>, day: proof.on }),
  ];
}

function requested(t: Say, { facts }: CaseEvent): Child[] {
  const by = facts.filed_by as { readonly kind?: string } | undefined;
  if (by?.kind === 'counter') return [t('filedCounter')];
  if (by?.kind === 'collective') return [t('filedCollective')];
  return by?.kind === 'representative' ? [t('filedRepresentative')] : [];
}

function represented(t: Say, { facts }: CaseEvent): Child[] {
  const { capacity, name, until } = facts as { capacity: string; name: string; until: string };
  return [t('representativeDetail', { capacity, name: <bdi>{name}</bdi>, day: until })];
}

function Qualified({ of }: { of: CaseEvent }): Child {
  const t = useT(life);
  const k = useT(kinds);
  const { kind } = of.facts;
  return isKind(kind) ? t('requestQualifiedDetail', { kind: k(kind) }) : null;
}

function extended(t: Say, { facts }: CaseEvent): Child[] {
  return [t('reviewExtendedDetail', facts as { due: string; before: string })];
}

/** What else is said of an event, from what was sealed with it. */
const DETAILS: Readonly<Partial<Record<CaseEventType, (t: Say, event: CaseEvent) => Child[]>>> = {
  'decision-proposed': (t) => [t('proposedDetail')],
  'decision-notified': notified,
  'review-requested': requested,
  'request-qualified': (_t, event) => [<Qualified of={event} />],
  'review-extended': extended,
  'death-recorded': (t) => [t('deathRecordedDetail')],
  'review-assigned': (t) => [t('reviewAssignedDetail')],
  'review-upheld': (t) => [t('superseded')],
  'representative-recorded': represented,
  'code-issued': (t) => [t('codeIssuedDetail')],
  assisted: (t) => [t('assistedDetail')],
};

/** Call it inside a component. */
export function useEventWords(): (event: CaseEvent) => { title: Child; details: Child[] } {
  const t = useT(life);
  return (event) => ({ title: t(eventTitle(event.type)), details: DETAILS[event.type]?.(t, event) ?? [] });
}
