import type { Context } from '../../src/context.ts';
import { decide } from '../../src/decisions/decide.ts';
import { type DecisionView, readDecision } from '../../src/decisions/view.ts';
import { confirmProposal, overrideProposal } from '../../src/desk/decide-proposal.ts';
import { openAtDesk } from '../../src/desk/openings.ts';
import { recordNotification } from '../../src/notices/index.ts';
import {
  assignReview,
  decideReview,
  openReview,
  qualifyRequest,
  requestReview,
} from '../../src/reviews/index.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import { dateOf, dayOf, SECOND_MODEL_START, WORLD_DAYS, workingMoment } from './calendar.ts';
import { HASTY_SECONDS } from './faults.ts';
import type { Person } from './households.ts';
import { FAULTY_REGION } from './model.ts';
import { answerKnown, judgeFirst } from './primacy.ts';
import { AUTHORITY_ID, SYSTEM_ID } from './record.ts';
import { type Account, SHOWCASE_ACCOUNT } from './staff.ts';
import { reasonsFor, requestText, reviewText } from './texts.ts';

const QUALIFIED = {
  rectification: 'Vous dites qu’un fait inscrit est faux et donnez le bon.',
  revision: 'Vous demandez qu’une personne reprenne la décision.',
} as const;

interface World {
  readonly ctx: Context;
  readonly agenda: Agenda;
  readonly accounts: readonly Account[];
  /** Staff id of the reviewer who agrees in four seconds; undefined in a clean world. */
  readonly hasty: string | undefined;
  readonly apiKeyId: string;
  readonly random: Random;
}

interface Case {
  readonly person: Person;
  readonly caseId: string;
  readonly decisionId: string;
  readonly requestedAt: Temporal.Instant;
}

/** What one household goes through, step by step, each step a task of the agenda. */
export class CaseLife {
  readonly #w: World;
  readonly plantedCases: { caseId: string; fault: string }[] = [];
  requested = 0;
  /** Case ids of refusals by subject. */
  readonly #refused = new Map<string, string>();
  readonly #tour: { readonly caseId: string; readonly rank: string }[] = [];

  constructor(world: World) {
    this.#w = world;
  }

  /** The platform as it is at one instant. */
  #now(at: Temporal.Instant): Context {
    return { ...this.#w.ctx, clock: { now: () => at, virtual: true } };
  }

  #reviewers(): Account[] {
    return this.#w.accounts.filter((a) => a.role === 'reviewer');
  }

  /** Chance of its own for each step of each household: the order in which steps run side by side changes nothing. */
  #chance({ subject }: Person, step: string): Random {
    return this.#w.random.stream(`${subject}/${step}`);
  }

  #later(random: Random, at: Temporal.Instant, low: number, high: number): Temporal.Instant | undefined {
    const day = dayOf(at) + random.whole(low, high);
    return day < WORLD_DAYS - 3 ? workingMoment(random, day) : undefined;
  }

  async request(person: Person, at: Temporal.Instant): Promise<void> {
    const { apiKeyId, agenda } = this.#w;
    const random = this.#chance(person, 'request');
    const answer = await decide(this.#now(at), {
      caller: { authorityId: AUTHORITY_ID, apiKeyId },
      systemId: SYSTEM_ID,
      idempotencyKey: `demande-${person.subject}`,
      body: { subject: person.subject, input: person.household, audit: person.audit },
    });
    this.requested++;
    const opened: Case = { person, caseId: answer.case, decisionId: answer.decision, requestedAt: at };
    if (person.truth.earners !== undefined) {
      this.plantedCases.push({ caseId: opened.caseId, fault: 'deceased-earner' });
    }
    if (answer.status === 'awaiting-person') {
      const when = this.#later(random, at, 1, 6);
      const reviewer = random.pick(this.#reviewers());
      if (when !== undefined) agenda.add('desk', when, (now) => this.#desk(opened, reviewer, now));
    } else {
      const when = this.#later(random, at, 1, 4);
      if (when !== undefined) agenda.add('notify', when, (now) => this.#notify(opened, 'favourable', now));
    }
  }

  async #desk(opened: Case, reviewer: Account, at: Temporal.Instant): Promise<void> {
    const { agenda, hasty } = this.#w;
    const { decisionId, person } = opened;
    const random = this.#chance(person, 'desk');
    const quick = reviewer.staffId === hasty;
    const seconds = quick ? HASTY_SECONDS : random.whole(140, 1_500);
    await openAtDesk(this.#now(at), { authorityId: AUTHORITY_ID, decisionId, staffId: reviewer.staffId });
    const done = at.add({ seconds });
    const ctx = this.#now(done);
    const view = await readDecision(ctx, AUTHORITY_ID, decisionId);
    const doubtful = person.truth.earners !== undefined ? 0.2 : 0.02;
    const overrides = !(await this.#forTheTour(opened, reviewer, view)) && !quick && random.chance(doubtful);
    const settle = overrides ? overrideProposal : confirmProposal;
    if (!overrides) this.#refused.set(person.subject, opened.caseId);
    await judgeFirst(ctx, reviewer.staffId, decisionId, view.row.created_at, this.#chance(person, 'judge'));
    await settle(ctx, {
      authorityId: AUTHORITY_ID,
      decisionId,
      staffId: reviewer.staffId,
      reasons: reasonsFor(random, view, overrides ? 'favourable' : 'adverse'),
    });
    await answerKnown(
      (later) => this.#now(done.add({ seconds: later })),
      reviewer.staffId,
      quick,
      this.#chance(person, 'known'),
    );
    const when = this.#later(random, done, 2, 12);
    if (when !== undefined) {
      agenda.add('notify', when, (now) => this.#notify(opened, overrides ? 'favourable' : 'adverse', now));
    }
  }

  /**
   * A case that the tour may open stays untouched: refused late in the world by the first reviewer, with a deceased
   * earner in the record and helped by the correction; in case there is none, some other refusals of that reviewer.
   */
  async #forTheTour(
    { person, caseId, requestedAt }: Case,
    reviewer: Account,
    view: DecisionView,
  ): Promise<boolean> {
    const day = dayOf(requestedAt);
    if (reviewer.account !== SHOWCASE_ACCOUNT || day <= WORLD_DAYS - 75 || day >= WORLD_DAYS - 18)
      return false;
    const { earners } = person.truth;
    const helped =
      earners !== undefined && (await view.system.model.predict({ ...view.facts, earners })).favourable;
    if (!helped && !person.subject.endsWith('0')) return false;
    this.#tour.push({ caseId, rank: `${helped ? 0 : 1} ${person.subject}` });
    return true;
  }

  /** The case that the start table opens; in a small world any refusal. */
  get showcase(): string | undefined {
    const [best] = this.#tour.toSorted((a, b) => a.rank.localeCompare(b.rank));
    return best?.caseId ?? this.#refused.get([...this.#refused.keys()].sort()[0] ?? '');
  }

  async #notify(opened: Case, effect: 'favourable' | 'adverse', at: Temporal.Instant): Promise<void> {
    const { agenda, accounts } = this.#w;
    const random = this.#chance(opened.person, 'notify');
    const counter = accounts.find((a) => a.role === 'counter') as Account;
    const mode = random.weighted([
      ['hand', 3],
      ['registered-letter', 4],
      ['electronic', 3],
    ] as const);
    await recordNotification(this.#now(at), {
      authorityId: AUTHORITY_ID,
      caseId: opened.caseId,
      decisionId: opened.decisionId,
      mode,
      date: dateOf(at),
      proof: { document: `Preuve spécimen ${random.whole(10_000, 99_999)}`, on: dateOf(at) },
      to: 'la personne concernée / الشخص المعني',
      by: { kind: 'staff', staffId: counter.staffId },
    });
    if (effect === 'favourable' || this.#tour.some((one) => one.caseId === opened.caseId)) return;
    const wronged = this.#wronged(opened);
    if (!random.chance(wronged === 'none' ? 0.06 : 0.4)) return;
    const when = this.#later(random, at, 4, 45);
    if (when !== undefined) agenda.add('review', when, (now) => this.#askForReview(opened, now));
  }

  #wronged({ person, requestedAt }: Case): 'data' | 'model' | 'none' {
    if (person.truth.earners !== undefined) return 'data';
    const { milieu, region } = person.household;
    const second = Temporal.Instant.compare(requestedAt, SECOND_MODEL_START) >= 0;
    return this.#w.hasty !== undefined && second && milieu === 'rural' && region === FAULTY_REGION
      ? 'model'
      : 'none';
  }

  async #askForReview(opened: Case, at: Temporal.Instant): Promise<void> {
    const { agenda } = this.#w;
    const random = this.#chance(opened.person, 'review');
    const wronged = this.#wronged(opened);
    const { earners, earnings } = opened.person.truth;
    const ground =
      wronged === 'data'
        ? 'data-wrong'
        : random.weighted([
            ['reasons-wrong', 3],
            ['want-person', 2],
            ['other', 1],
          ] as const);
    const { reviewId } = await requestReview(this.#now(at), {
      authorityId: AUTHORITY_ID,
      caseId: opened.caseId,
      decisionId: opened.decisionId,
      ground,
      text: requestText(random, ground),
      ...(earners === undefined || earnings === undefined ? {} : { corrections: { earners, earnings } }),
      filedBy: { kind: 'person' },
    });
    const when = this.#later(random, at, 1, 5);
    if (when !== undefined) agenda.add('assign', when, (now) => this.#assign(opened, reviewId, now));
  }

  async #assign(opened: Case, reviewId: string, at: Temporal.Instant): Promise<void> {
    const { agenda, accounts } = this.#w;
    const random = this.#chance(opened.person, 'assign');
    const supervisor = accounts.find((a) => a.role === 'supervisor') as Account;
    const view = await readDecision(this.#now(at), AUTHORITY_ID, opened.decisionId);
    const signer = (view.settled?.facts.decided_by as { staff?: string } | undefined)?.staff;
    const reviewer = random.pick(this.#reviewers().filter((r) => r.staffId !== signer));
    const wronged = this.#wronged(opened);
    const kind = wronged === 'data' ? 'rectification' : 'revision';
    await qualifyRequest(this.#now(at), {
      authorityId: AUTHORITY_ID,
      reviewId,
      kind,
      because: QUALIFIED[kind],
      lang: 'fr',
      by: supervisor.staffId,
    });
    await assignReview(this.#now(at), {
      authorityId: AUTHORITY_ID,
      reviewId,
      to: reviewer.staffId,
      by: supervisor.staffId,
    });
    // Ten full days are all that law 09-08 gives for a rectification.
    const when = wronged === 'data' ? this.#later(random, at, 2, 5) : this.#later(random, at, 6, 50);
    if (when !== undefined)
      agenda.add('decide-review', when, (now) => this.#decideReview(opened, reviewId, reviewer, now));
  }

  async #decideReview(
    opened: Case,
    reviewId: string,
    reviewer: Account,
    at: Temporal.Instant,
  ): Promise<void> {
    const random = this.#chance(opened.person, 'decide-review');
    const { earners, earnings } = opened.person.truth;
    const wronged = this.#wronged(opened);
    const upheld = random.chance(wronged === 'none' ? 0.1 : 0.85);
    await openReview(this.#now(at), { authorityId: AUTHORITY_ID, reviewId, staffId: reviewer.staffId });
    const ctx = this.#now(at.add({ seconds: random.whole(400, 2_700) }));
    const view = await readDecision(ctx, AUTHORITY_ID, opened.decisionId);
    const corrections =
      upheld && earners !== undefined && earnings !== undefined ? { corrections: { earners, earnings } } : {};
    await decideReview(ctx, {
      authorityId: AUTHORITY_ID,
      reviewId,
      staffId: reviewer.staffId,
      outcome: upheld ? 'upheld' : 'rejected',
      reasons: reviewText(random, view, upheld),
      ...corrections,
    });
  }
}
