import assert from 'node:assert/strict';
import fc from 'fast-check';
import { caseLife } from '../src/cases/events.ts';
import { eventTitle } from '../src/citizen/event-words.tsx';
import { life as lifeWords } from '../src/citizen/messages-life.ts';
import { request as requestWords } from '../src/citizen/messages-request.ts';
import { PlatformError } from '../src/errors.ts';
import {
  answerDeadlines,
  askForDocuments,
  assignReview,
  bringDocuments,
  contestQualification,
  decideReview,
  extendReview,
  KINDS,
  qualifyRequest,
  type Review,
  requestReview,
  reviewsOfCase,
} from '../src/reviews/index.ts';
import { kinds } from '../src/reviews/messages-kinds.ts';
import { LANGS, translator } from '../src/web/index.ts';
import { AUTHORITY_A as A, type TestPlatform } from './make-platform.ts';
import { reasonsText, refusalBy, staffMember, type TestCase, type TestStaff } from './reviewing.ts';

/** People: two reviewers (the first signed the decision), two supervisors who may decide appeals. */
interface People {
  readonly author: TestStaff;
  readonly reviewer: TestStaff;
  readonly supervisors: readonly [TestStaff, TestStaff];
}

export interface World extends People {
  readonly p: TestPlatform;
}

/** What a round leaves behind, held against the sealed life by `holds`. */
interface Model {
  asked: number;
  extended: number;
}

interface Real {
  readonly world: World;
  readonly of: TestCase;
}

const person = fc.constantFrom('author' as const, 'reviewer' as const, 'first' as const, 'second' as const);
const move = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('request' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('qualify' as const),
      kind: fc.constantFrom(...KINDS),
      by: person,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('contest' as const), kind: fc.option(fc.constantFrom(...KINDS)) }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('assign' as const),
      to: fc.option(person, { freq: 1 }),
      by: person,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), by: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bring' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('extend' as const),
      ground: fc.constantFrom('technical-expertise', 'public-inquiry', 'busy'),
      by: person,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      /** null: whoever has the request. */
      by: fc.option(person, { freq: 1 }),
      how: fc.constantFrom('rejected' as const, 'granted' as const, 'corrected' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.nat(20) }) },
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** Moves that are made at the same moment. */
class Round implements fc.AsyncCommand<Model, Real> {
  readonly moves: readonly Move[];

  constructor(moves: readonly Move[]) {
    this.moves = moves;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    const done = await Promise.allSettled(this.moves.map((one) => make(real, one)));
    for (const [i, result] of done.entries()) {
      if (result.status === 'rejected') {
        const { reason } = result;
        if (!(reason instanceof PlatformError && reason.status < 500)) throw reason;
      } else if (this.moves[i]?.do === 'ask') model.asked += 1;
      else if (this.moves[i]?.do === 'extend') model.extended += 1;
    }
    await holds(model, real);
  }

  toString(): string {
    return JSON.stringify(this.moves);
  }
}

export const rounds = fc.commands(
  [fc.array(move, { minLength: 1, maxLength: 4 }).map((moves) => new Round(moves))],
  { maxCommands: 40, size: 'max' },
);

export async function makePeople(p: TestPlatform): Promise<World> {
  const none = { password: null } as const;
  return {
    p,
    author: await staffMember(p, 'author', ['reviewer'], none),
    reviewer: await staffMember(p, 'independent', ['reviewer'], none),
    // Supervisors with the delegation for appeals: in the test platform those who may review hold every act.
    supervisors: [
      await staffMember(p, 'superior-1', ['supervisor', 'reviewer'], none),
      await staffMember(p, 'superior-2', ['supervisor', 'reviewer'], none),
    ],
  };
}

/** Plays rounds on a fresh refusal. Returns how many requests were answered. */
export async function playRounds(
  world: World,
  commands: Iterable<fc.AsyncCommand<Model, Real>>,
): Promise<number> {
  const of = await refusalBy(world.p, world.author);
  const real: Real = { world, of };
  await fc.asyncModelRun(() => ({ model: { asked: 0, extended: 0 }, real }), commands);
  const reviews = await reviewsOfCase(world.p, A, of.caseId);
  return reviews.filter(({ answered }) => answered !== undefined).length;
}

const LAST = Temporal.Instant.from('2027-01-20T09:00:00Z');
const earlier = (at: Temporal.Instant) => (Temporal.Instant.compare(at, LAST) < 0 ? at : LAST);

const staffOf = ({ author, reviewer, supervisors: [first, second] }: People) => ({
  author,
  reviewer,
  first,
  second,
});

async function make({ world, of }: Real, m: Move): Promise<unknown> {
  const { p } = world;
  const who = (name: keyof ReturnType<typeof staffOf>) => staffOf(world)[name].staffId;
  const { caseId } = of;
  // Certificates of the test platform end on 1 February 2027; they are not what this is about.
  if (m.do === 'wait') return p.clock.moveTo(earlier(p.clock.now().add({ hours: 24 * m.days })));
  const reviews = await reviewsOfCase(p, A, caseId);
  const present =
    reviews.find(({ answered }) => answered?.newDecisionId)?.answered?.newDecisionId ?? of.decisionId;
  if (m.do === 'request') {
    return requestReview(p, {
      authorityId: A,
      caseId,
      decisionId: present,
      ground: 'want-person',
      text: '',
      filedBy: { kind: 'person' },
    });
  }
  const open = reviews.find(({ answered }) => answered === undefined);
  if (open === undefined) throw new PlatformError('not-found', 'no request');
  const on = { authorityId: A, reviewId: open.reviewId };
  const words = { because: 'Essai.', lang: 'fr' as const };
  switch (m.do) {
    case 'qualify':
      return qualifyRequest(p, { ...on, kind: m.kind, ...words, by: who(m.by) });
    case 'contest':
      return contestQualification(p, { ...on, caseId, kind: m.kind ?? undefined, text: 'Non.' });
    case 'assign':
      return assignReview(p, { ...on, ...(m.to === null ? {} : { to: who(m.to), by: who(m.by) }) });
    case 'ask':
      return askForDocuments(p, {
        ...on,
        documents: ['income'],
        text: 'Essai.',
        lang: 'fr',
        staffId: open.assigned?.to ?? who(m.by),
      });
    case 'bring':
      return bringDocuments(p, { ...on, caseId, text: 'Voici.' });
    case 'extend':
      return extendReview(p, { ...on, ground: m.ground, ...words, by: who(m.by) });
    case 'answer':
      return decideReview(p, {
        ...on,
        staffId: m.by === null ? (open.assigned?.to ?? who('reviewer')) : who(m.by),
        outcome: m.how === 'rejected' ? 'rejected' : 'upheld',
        reasons: { lang: 'fr', text: reasonsText() },
        ...(m.how === 'corrected' ? { corrections: { rooms: 7 } } : {}),
      });
  }
}

/** What must hold whatever was tried, read from what was sealed by a reference of its own. */
async function holds(model: Model, { world: { p }, of }: Real): Promise<void> {
  const life = await caseLife(p, A, of.caseId);
  const count = (type: string, review: string) =>
    life.filter((e) => e.type === type && e.facts.review === review).length;
  const part = new Set<string>();
  const author = new Map<string, string>();
  const kind = new Map<string, string>();
  for (const event of life) {
    const { facts, type } = event;
    const signer = (facts.decided_by as { staff?: string } | undefined)?.staff;
    const review = facts.review as string;
    if (type === 'request-qualified') kind.set(review, facts.kind as string);
    if (type === 'review-upheld' || type === 'review-rejected') {
      const effect = (facts.outcome as { effect?: string } | undefined)?.effect;
      const own =
        kind.get(review) === 'appeal-to-author' && author.get(facts.supersedes as string) === signer;
      const gives = own && type === 'review-upheld' && effect === 'favourable';
      assert.ok(
        signer !== undefined && (!part.has(signer) || gives),
        `${type}: decided by somebody involved`,
      );
      assert.ok(kind.has(review), 'decided before it was qualified');
    }
    if (signer !== undefined) {
      part.add(signer);
      if (type === 'proposal-confirmed') author.set(event.decisionId ?? '', signer);
    }
    for (const lang of LANGS)
      assert.notEqual(translator(lifeWords, lang).text(eventTitle(type), { n: 1 }), '');
  }
  const reviews = await reviewsOfCase(p, A, of.caseId);
  let asked = 0;
  let extended = 0;
  for (const review of reviews) {
    const { reviewId } = review;
    assert.ok(count('documents-requested', reviewId) <= 1, 'documents asked for twice');
    assert.ok(count('documents-brought', reviewId) <= count('documents-requested', reviewId));
    assert.ok(count('review-extended', reviewId) <= 1, 'extended twice');
    assert.ok(count('review-upheld', reviewId) + count('review-rejected', reviewId) <= 1, 'answered twice');
    asked += count('documents-requested', reviewId);
    extended += count('review-extended', reviewId);
    agreesWithNorms(review);
    hasWords(review);
  }
  assert.equal(asked, model.asked, 'every ask that was accepted is sealed, and no other');
  assert.equal(extended, model.extended);
  assert.ok(reviews.filter(({ answered }) => answered === undefined).length <= 1);
}

/** The date of a request is one that the rules give: of a complaint, of a kind it was held to be, or extended. */
function agreesWithNorms({ asked, clock, qualifications, extension, documents }: Review): void {
  const facts = {
    requested_at: asked.at,
    asked_at: documents?.at ?? null,
    brought_at: documents?.brought?.at ?? null,
    extension: null,
    extended_at: null,
  };
  const given = [null, ...qualifications.map(({ kind }) => kind)].flatMap((kind) =>
    [
      answerDeadlines({ ...facts, kind }),
      ...(extension === undefined
        ? []
        : [answerDeadlines({ ...facts, kind, extension: extension.ground, extended_at: extension.at })]),
    ].map(([first]) => first?.due.toString()),
  );
  assert.ok(given.includes(clock.due.toString()), `${clock.due} is none of ${given.join(', ')}`);
  const [complaint] = answerDeadlines({ ...facts, kind: null });
  assert.ok(Temporal.PlainDate.compare(clock.due, complaint?.due as Temporal.PlainDate) <= 0);
}

const STATE_WORDS = {
  running: 'stateRunning',
  near: 'stateNear',
  paused: 'statePaused',
  passed: 'statePassed',
  answered: 'stateAnswered',
} as const satisfies Record<Review['clock']['state'], keyof typeof requestWords.messages>;

/** Every state that can be reached has words for the person, in every language. */
function hasWords({ clock, qualifications }: Review): void {
  for (const lang of LANGS) {
    assert.notEqual(translator(requestWords, lang).text(STATE_WORDS[clock.state]), '');
    for (const { kind } of qualifications) assert.notEqual(translator(kinds, lang).text(kind), '');
  }
}
