import type { Evidence } from '@taalil/norms';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { takenByPerson } from '../decisions/by-person.ts';
import { endOfDay } from '../monitoring/index.ts';
import type { PublicSystem } from '../register/public-register.ts';
import { SKILLS_LEAST, skillsMap } from '../training/index.ts';
import { documentsOf } from './documents.ts';

/** A system as its duties look at it; a draft is in no log entry of its own yet. */
export interface Looked extends Pick<PublicSystem, 'authorityId' | 'systemId' | 'record' | 'publishedAt'> {
  readonly logIndex: number | undefined;
}

/** How a piece of evidence comes about: counted, written down by somebody, or part of how this platform works. */
export type How = 'counted' | 'recorded' | 'built-in';

export interface Held extends Evidence {
  readonly how: How;
  /** Shown with its value; false where a small group stands behind it. */
  readonly valueShown: boolean;
}

/** Decisions behind a share, at least: the same bound as for the register's figures (I9). */
const LEAST = 10;

/**
 * Functions of this platform that no configuration turns off, each under the name by which norm packs ask for it, with
 * the place where it is kept. They show that a way is there, not that it was used well.
 */
const BUILT_IN: readonly { name: string; kind: 'record' | 'figure'; reference: string }[] = [
  { name: 'log.published', kind: 'record', reference: 'log' },
  { name: 'citizen.facts-shown', kind: 'record', reference: 'case/facts' },
  { name: 'decision.reasons-of-law', kind: 'record', reference: 'desk' },
  { name: 'decision.reasons-of-fact', kind: 'record', reference: 'desk' },
  { name: 'explanations.checked-share', kind: 'figure', reference: 'I5' },
  { name: 'reviews.door', kind: 'record', reference: 'case/review' },
  { name: 'reviews.independent-share', kind: 'figure', reference: 'I4' },
  { name: 'counter.oral-requests', kind: 'record', reference: 'counter' },
];

/**
 * What this platform holds about a system that could show a duty, as of yesterday: figures counted once a day, what its
 * record says, documents that somebody recorded, and what is built in.
 */
export async function evidenceOf(ctx: Context, system: Looked): Promise<readonly Held[]> {
  const { authorityId, systemId, record, publishedAt, logIndex } = system;
  const since = Temporal.PlainDate.from(legalDay(publishedAt));
  const entry = logIndex === undefined ? 'draft' : `log ${logIndex}`;
  const fromRecord = (name: string): Held => ({
    kind: 'record',
    name,
    date: since,
    reference: entry,
    how: 'recorded',
    valueShown: true,
  });
  const documents = await documentsOf(ctx, authorityId, systemId);
  return [
    ...BUILT_IN.map(
      ({ name, kind, reference }): Held => ({
        kind,
        name,
        date: since,
        reference,
        how: 'built-in',
        valueShown: false,
        ...(kind === 'figure' ? { value: 1 } : {}),
      }),
    ),
    ...(logIndex === undefined ? [] : [fromRecord('register.published')]),
    fromRecord('register.human-contact'),
    ...(record.reasons.length > 0 ? [fromRecord('register.explanation-published')] : []),
    ...(await countedToday(ctx, system)),
    ...documents.map(
      ({ name, date, reference, logIndex: at }): Held => ({
        kind: 'document',
        name,
        date: Temporal.PlainDate.from(date),
        reference: `${reference} (log ${at})`,
        how: 'recorded',
        valueShown: true,
      }),
    ),
  ];
}

const counted = new WeakMap<
  Context['store'],
  Map<string, { readonly day: string; readonly held: readonly Held[] }>
>();

/** Figures are counted once a day and up to the end of the day before: whoever asks again learns nothing new. */
async function countedToday(ctx: Context, system: Looked): Promise<readonly Held[]> {
  const today = legalDay(ctx.clock.now());
  const known = counted.get(ctx.store) ?? new Map();
  counted.set(ctx.store, known);
  const key = `${system.authorityId}/${system.systemId}`;
  const before = known.get(key);
  if (before?.day === today) return before.held;
  const held = await count(ctx, system, Temporal.PlainDate.from(today).subtract({ days: 1 }));
  known.set(key, { day: today, held });
  return held;
}

async function count(
  ctx: Context,
  { authorityId, systemId }: Looked,
  yesterday: Temporal.PlainDate,
): Promise<readonly Held[]> {
  const until = endOfDay(yesterday.toString());
  const taken = await takenByPerson(ctx, { authorityId, systemId, until });
  const figure = (name: string, part: number, of: number, least: number): Held[] =>
    of < least
      ? []
      : [
          {
            kind: 'figure',
            name,
            date: yesterday,
            value: part / of,
            reference: `${authorityId}/${systemId}`,
            how: 'counted',
            valueShown: true,
          },
        ];
  const reviewers = (await skillsMap(ctx, authorityId)).find(({ role }) => role === 'reviewer');
  return [
    ...figure('decisions.adverse-by-person-share', taken.adverse.byPerson, taken.adverse.of, LEAST),
    ...figure('decisions.taken-by-person-share', taken.all.byPerson, taken.all.of, LEAST),
    ...(reviewers === undefined
      ? []
      : figure('training.certified-reviewers-share', reviewers.certified, reviewers.people, SKILLS_LEAST)),
  ];
}
