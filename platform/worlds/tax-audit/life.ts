import type { Context } from '../../src/context.ts';
import { decide } from '../../src/decisions/decide.ts';
import { establishOutcome, type Sought } from '../../src/decisions/established-outcome.ts';
import { readDecision } from '../../src/decisions/view.ts';
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
import type { Agenda } from '../soutien-menages/agenda.ts';
import { dateOf, dayOf, WORLD_DAYS, workingMoment } from '../soutien-menages/calendar.ts';
import { OVERINSPECTED_CITIES } from './faults.ts';
import { AUTHORITY_ID, DRAW, SELECTION } from './record.ts';
import { type Business, isCash, isSmall } from './returns.ts';
import { type Account, SHOWCASE_ACCOUNT } from './staff.ts';
import { drawReasons, reasonsFor, requestText } from './texts.ts';

interface World {
  readonly ctx: Context;
  readonly agenda: Agenda;
  readonly accounts: readonly Account[];
  readonly clean: boolean;
  readonly apiKeyId: string;
  readonly random: Random;
}

interface Case {
  readonly business: Business;
  readonly caseId: string;
  readonly decisionId: string;
  readonly filedAt: Temporal.Instant;
  /** Why an inspection of this case is or would be made. */
  readonly sought: Sought;
}

/** What one return goes through, step by step, each step a task of the agenda. */
export class ReturnLife {
  readonly #w: World;
  filed = 0;
  readonly #tour: { readonly caseId: string; readonly rank: string }[] = [];
  readonly #chosen = new Map<string, string>();

  constructor(world: World) {
    this.#w = world;
  }

  /** The platform as it is at one instant. */
  #now(at: Temporal.Instant): Context {
    return { ...this.#w.ctx, clock: { now: () => at, virtual: true } };
  }

  #staff(role: Account['role']): Account[] {
    return this.#w.accounts.filter((a) => a.role === role);
  }

  /** Chance of its own for each step of each business: the order in which steps run side by side changes nothing. */
  #chance({ subject }: Business, step: string): Random {
    return this.#w.random.stream(`${subject}/${step}`);
  }

  #later(random: Random, at: Temporal.Instant, low: number, high: number): Temporal.Instant | undefined {
    const day = dayOf(at) + random.whole(low, high);
    return day < WORLD_DAYS - 3 ? workingMoment(random, day) : undefined;
  }

  /** A return comes in: the model says whether to inspect it, and it takes part in the draw. */
  async file(business: Business, ticket: number, at: Temporal.Instant): Promise<void> {
    const { apiKeyId, agenda } = this.#w;
    const { subject, filed } = business;
    const ask = (systemId: string, input: Readonly<Record<string, unknown>>) =>
      decide(this.#now(at), {
        caller: { authorityId: AUTHORITY_ID, apiKeyId },
        systemId,
        idempotencyKey: `declaration-${subject}`,
        body: { subject, input },
      });
    const [chosen, drawn] = await Promise.all([ask(SELECTION, { ...filed }), ask(DRAW, { ticket })]);
    this.filed++;
    const random = this.#chance(business, 'file');
    const byLot = drawn.status === 'awaiting-person';
    const opened = { business, caseId: chosen.case, decisionId: chosen.decision, filedAt: at };
    if (chosen.status === 'awaiting-person') {
      const when = this.#later(random, at, 1, 9);
      const reviewer = random.pick(this.#staff('reviewer'));
      const of: Case = { ...opened, sought: byLot ? 'random' : 'decision' };
      if (when !== undefined) agenda.add('desk', when, (now) => this.#desk(of, reviewer, now));
    }
    if (byLot) {
      const when = this.#later(random, at, 1, 9);
      const reviewer = random.pick(this.#staff('reviewer'));
      const of: Case = { ...opened, caseId: drawn.case, decisionId: drawn.decision, sought: 'random' };
      if (when === undefined) return;
      agenda.add('desk', when, (now) => this.#signDraw(of, opened.decisionId, ticket, reviewer, now));
    }
  }

  async #signDraw(
    of: Case,
    chosenId: string,
    ticket: number,
    reviewer: Account,
    at: Temporal.Instant,
  ): Promise<void> {
    const { decisionId, business } = of;
    const random = this.#chance(business, 'draw');
    await openAtDesk(this.#now(at), { authorityId: AUTHORITY_ID, decisionId, staffId: reviewer.staffId });
    const done = at.add({ seconds: random.whole(60, 400) });
    await confirmProposal(this.#now(done), {
      authorityId: AUTHORITY_ID,
      decisionId,
      staffId: reviewer.staffId,
      reasons: drawReasons(random, ticket),
    });
    this.#notifyLater(of, done);
    this.#inspectLater(of, done);
    // What the draw finds tells of the model's choice for this return too, whatever that choice was.
    this.#inspectLater({ ...of, decisionId: chosenId }, done);
  }

  async #desk(of: Case, reviewer: Account, at: Temporal.Instant): Promise<void> {
    const { decisionId, business } = of;
    const random = this.#chance(business, 'desk');
    await openAtDesk(this.#now(at), { authorityId: AUTHORITY_ID, decisionId, staffId: reviewer.staffId });
    const done = at.add({ seconds: random.whole(200, 2_400) });
    const view = await readDecision(this.#now(done), AUTHORITY_ID, decisionId);
    const explained = business.filed.declared_gap <= 0 && business.filed.late_returns === 0;
    const tour = this.#forTheTour(of, reviewer);
    const overrides = !tour && random.chance(explained ? 0.22 : 0.03);
    const decision = {
      authorityId: AUTHORITY_ID,
      decisionId,
      staffId: reviewer.staffId,
      reasons: reasonsFor(random, view, overrides ? 'override' : 'confirm'),
    };
    if (overrides) {
      await overrideProposal(this.#now(done), decision);
      return;
    }
    await confirmProposal(this.#now(done), decision);
    this.#chosen.set(business.subject, of.caseId);
    this.#notifyLater(of, done);
    if (!tour) this.#inspectLater(of, done);
  }

  /** Cases of the last weeks, chosen by the first reviewer, that the tour may open: they stay untouched. */
  #forTheTour({ business, caseId, filedAt }: Case, reviewer: Account): boolean {
    const day = dayOf(filedAt);
    if (reviewer.account !== SHOWCASE_ACCOUNT || day <= WORLD_DAYS - 75 || day >= WORLD_DAYS - 22)
      return false;
    const { filed, subject } = business;
    const telling = isSmall(filed) && isCash(filed) && OVERINSPECTED_CITIES.includes(filed.city);
    if (!telling && !subject.endsWith('0')) return false;
    this.#tour.push({ caseId, rank: `${telling ? 0 : 1} ${subject}` });
    return true;
  }

  /** The case that the start table opens; in a small world any that was chosen. */
  get showcase(): string | undefined {
    const [best] = this.#tour.toSorted((a, b) => a.rank.localeCompare(b.rank));
    return best?.caseId ?? this.#chosen.get([...this.#chosen.keys()].sort()[0] ?? '');
  }

  #notifyLater(of: Case, at: Temporal.Instant): void {
    const when = this.#later(this.#chance(of.business, `notify ${of.decisionId === of.caseId}`), at, 2, 12);
    if (when !== undefined) this.#w.agenda.add('notify', when, (now) => this.#notify(of, now));
  }

  async #notify(of: Case, at: Temporal.Instant): Promise<void> {
    const random = this.#chance(of.business, `notified ${of.sought}`);
    const counter = this.#staff('counter')[0] as Account;
    await recordNotification(this.#now(at), {
      authorityId: AUTHORITY_ID,
      caseId: of.caseId,
      decisionId: of.decisionId,
      mode: random.weighted([
        ['hand', 1],
        ['registered-letter', 5],
        ['electronic', 4],
      ] as const),
      date: dateOf(at),
      proof: { document: `Preuve spécimen F${random.whole(10_000, 99_999)}`, on: dateOf(at) },
      to: "l'entreprise concernée / المقاولة المعنية",
      by: { kind: 'staff', staffId: counter.staffId },
    });
    if (of.sought === 'random' || this.#tour.some((one) => one.caseId === of.caseId)) return;
    if (!random.chance(this.#wronged(of) ? 0.3 : 0.06)) return;
    const when = this.#later(random, at, 3, 25);
    if (when !== undefined) this.#w.agenda.add('review', when, (now) => this.#askForReview(of, now));
  }

  #wronged({ business: { filed } }: Case): boolean {
    return !this.#w.clean && isSmall(filed) && isCash(filed) && OVERINSPECTED_CITIES.includes(filed.city);
  }

  async #askForReview(of: Case, at: Temporal.Instant): Promise<void> {
    const random = this.#chance(of.business, 'review');
    const { reviewId } = await requestReview(this.#now(at), {
      authorityId: AUTHORITY_ID,
      caseId: of.caseId,
      decisionId: of.decisionId,
      ground: 'reasons-wrong',
      text: requestText(random),
      filedBy: { kind: 'person' },
    });
    const when = this.#later(random, at, 1, 5);
    if (when !== undefined) this.#w.agenda.add('assign', when, (now) => this.#assign(of, reviewId, now));
  }

  async #assign(of: Case, reviewId: string, at: Temporal.Instant): Promise<void> {
    const random = this.#chance(of.business, 'assign');
    const by = (this.#staff('supervisor')[0] as Account).staffId;
    const view = await readDecision(this.#now(at), AUTHORITY_ID, of.decisionId);
    const signer = (view.settled?.facts.decided_by as { staff?: string } | undefined)?.staff;
    const reviewer = random.pick(this.#staff('reviewer').filter((r) => r.staffId !== signer));
    await qualifyRequest(this.#now(at), {
      authorityId: AUTHORITY_ID,
      reviewId,
      kind: 'revision',
      because: "Vous demandez qu'une personne reprenne la décision.",
      lang: 'fr',
      by,
    });
    await assignReview(this.#now(at), { authorityId: AUTHORITY_ID, reviewId, to: reviewer.staffId, by });
    const when = this.#later(random, at, 4, 30);
    if (when === undefined) return;
    this.#w.agenda.add('decide-review', when, (now) => this.#decideReview(of, reviewId, reviewer, now));
  }

  async #decideReview(of: Case, reviewId: string, { staffId }: Account, at: Temporal.Instant): Promise<void> {
    const random = this.#chance(of.business, 'decide-review');
    const upheld = random.chance(this.#wronged(of) ? 0.6 : 0.15);
    await openReview(this.#now(at), { authorityId: AUTHORITY_ID, reviewId, staffId });
    const ctx = this.#now(at.add({ seconds: random.whole(400, 2_700) }));
    const view = await readDecision(ctx, AUTHORITY_ID, of.decisionId);
    await decideReview(ctx, {
      authorityId: AUTHORITY_ID,
      reviewId,
      staffId,
      outcome: upheld ? 'upheld' : 'rejected',
      reasons: reasonsFor(random, view, upheld ? 'upheld' : 'rejected'),
    });
  }

  /** The inspection itself: what it finds is told to the platform, for audits. A withdrawn inspection is not made. */
  #inspectLater(of: Case, at: Temporal.Instant): void {
    const when = this.#later(this.#chance(of.business, 'inspect'), at, 40, 75);
    if (when !== undefined) this.#w.agenda.add('upkeep', when, (now) => this.#inspect(of, now));
  }

  async #inspect({ business, decisionId, sought }: Case, at: Temporal.Instant): Promise<void> {
    const ctx = this.#now(at);
    const { row } = await readDecision(ctx, AUTHORITY_ID, decisionId);
    if (sought === 'decision' && (row.effect !== 'adverse' || row.superseded_by !== null)) return;
    await establishOutcome(ctx, {
      authorityId: AUTHORITY_ID,
      decisionId,
      outcome: business.underdeclared ? 'adverse' : 'favourable',
      sought,
    });
  }
}
