import { clockState } from '../clock-state.ts';
import { deadline } from '../deadline.ts';
import { NormError } from '../error.ts';
import { assess, levelOf } from '../level.ts';
import { provenStart } from '../notification.ts';
import { conformity, obligations } from '../obligations.ts';
import { type Pack, ruleOf } from '../pack.ts';
import { readPack } from '../read/pack.ts';
import type { SourceFile } from '../read/source.ts';
import { revise } from '../revise.ts';
import { safeguards } from '../safeguards.ts';
import type { Case, CaseResult, Facts, Plain } from './case.ts';

type Found = Readonly<Record<string, Plain>>;

function deadlineFound(pack: Pack, facts: Extract<Facts, { kind: 'deadline' }>): Found {
  const { start, ...rest } = facts.input;
  const base =
    facts.notification === undefined
      ? start === undefined
        ? undefined
        : { start }
      : provenStart(facts.notification);
  if (base === undefined) return { started: false };
  const input = { ...base, ...rest };
  const found = deadline(
    pack,
    facts.rule,
    facts.toldOn === undefined ? input : { ...input, knownOn: facts.toldOn },
  );
  const clock = facts.now === undefined ? undefined : clockState(found, facts.now);
  const revision = facts.toldOn === undefined ? undefined : revise(pack, found);
  return {
    started: true,
    due: found.due.toString(),
    dueInstant: found.dueInstant.toString(),
    kind: found.kind,
    certainty: found.rule.certainty,
    provisional: found.provisional,
    unverified: found.unverified,
    why: found.why.map((reason) => reason.code),
    daysOff: found.steps.filter((step) => step.holiday !== undefined).map((step) => step.holiday ?? ''),
    ...(clock === undefined ? {} : { state: clock.state, daysLeft: clock.daysLeft }),
    ...(revision === undefined
      ? {}
      : { now: revision.now.due.toString(), moved: revision.moved, holds: revision.holds.toString() }),
  };
}

function find(packs: readonly Pack[], facts: Facts): Found {
  const [pack] = packs;
  if (pack === undefined) throw new TypeError('a case without packs');
  switch (facts.kind) {
    case 'deadline':
      return deadlineFound(pack, facts);
    case 'safeguard': {
      const { rule, because, ...found } = safeguards(packs, facts.facts);
      const ids = (status: string) =>
        because.filter((one) => one.status === status).map((one) => one.rule.id);
      return {
        ...found,
        rule: rule?.id ?? null,
        asks: ids('asks'),
        narrowed: ids('narrowed'),
        'does not apply': ids('does not apply'),
        open: [...new Set(because.flatMap((one) => one.open))],
      };
    }
    case 'level':
      return { ...levelOf(ruleOf(pack, facts.rule, 'level').level, facts.impact, facts.mitigation) };
    case 'assessment': {
      const {
        rule: _rule,
        impact,
        mitigation,
        unanswered,
        ...found
      } = assess(pack, facts.rule, facts.answers);
      return {
        ...found,
        impact: impact.points,
        mitigation: mitigation.points,
        mitigationOf: mitigation.of,
        unanswered: unanswered.length,
      };
    }
    case 'obligations': {
      const { level, answers, on } = facts;
      const found = obligations(packs, {
        answers,
        ...(level === undefined ? {} : { impactLevel: level }),
        ...(on === undefined ? {} : { on }),
      });
      return {
        binding: found.filter((one) => one.status === 'binding').map((one) => one.rule.id),
        announced: found.filter((one) => one.status === 'announced').map((one) => one.rule.id),
      };
    }
    case 'conformity': {
      const { evidence } = ruleOf(pack, facts.rule, 'obligation').obligation;
      const found = conformity({ evidence }, facts.evidence, facts.on);
      return { state: found.state, needs: found.needs.map((one) => one.state) };
    }
  }
}

/** The rule a case asks about, or those it expects by name. */
function rulesOf(one: Case): string[] {
  if ('rule' in one.facts) return [one.facts.rule];
  const named = Object.entries(one.expect).filter(([key]) => key !== 'open');
  return [...new Set(named.flatMap(([, value]) => value).filter((value) => typeof value === 'string'))];
}

/** Lists that say `includes X` or `excludes X` look for one element; anything else is compared whole. */
function differs(key: string, wanted: Plain, found: Found): string | undefined {
  const [, verb, name] = /^(includes|excludes) (.+)$/.exec(key) ?? [];
  if (verb !== undefined && name !== undefined) {
    const list = found[name];
    const has = (one: Plain) => Array.isArray(list) && list.includes(one);
    const all: readonly Plain[] = Array.isArray(wanted) ? wanted : [wanted];
    const wrong = all.filter((one) => has(one) !== (verb === 'includes'));
    return wrong.length === 0
      ? undefined
      : `${key}: wrong for ${wrong.join(', ')} (it is ${JSON.stringify(list)})`;
  }
  const got = found[key];
  if (got === undefined)
    return `${key}: nothing of that name was found (there are ${Object.keys(found).join(', ')})`;
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(got)];
  return a === b ? undefined : `${key}: expected ${a}, got ${b}`;
}

function told(error: unknown): NormError {
  if (error instanceof NormError) return error;
  throw error;
}

/** What one case's expectations find against loaded packs, each unmet one as a line. */
function unmet(one: Case, packs: readonly Pack[]): string[] {
  const wanted = 'error' in one.expect ? one.expect.error : undefined;
  try {
    const found = find(packs, one.facts);
    if (wanted !== undefined) return [`error: expected ${wanted}, and it went through`];
    return Object.entries(one.expect)
      .map(([key, value]) => differs(key, value, found))
      .filter((difference) => difference !== undefined);
  } catch (error) {
    const { code, message } = told(error);
    return wanted === code ? [] : [`error: expected ${wanted ?? 'none'}, got ${code}: ${message}`];
  }
}

/** Runs one case. A pack that cannot be loaded fails it, whatever it expects. */
function runCase(one: Case, load: (one: Case) => Pack[]): CaseResult {
  let differences: string[];
  try {
    differences = unmet(one, load(one));
  } catch (error) {
    const { code, message } = told(error);
    differences = [`pack: ${code}: ${message}`];
  }
  return { case: one, passed: differences.length === 0, differences, rules: rulesOf(one) };
}

function loader(files: (id: string) => readonly SourceFile[]): (one: Case) => Pack[] {
  const loaded = new Map<string, Pack>();
  const load = (id: string, more: readonly SourceFile[]): Pack => {
    const key = `${id}\n${more[0]?.text ?? ''}`;
    const pack = loaded.get(key) ?? readPack([...files(id), ...more]);
    loaded.set(key, pack);
    return pack;
  };
  return (one) =>
    one.packs.map((id, i) =>
      load(id, i === 0 && one.with !== undefined ? [{ name: `${one.file} (with)`, text: one.with }] : []),
    );
}

/** Runs cases, reading each pack once; `files` gives a pack's files by its id. */
export function runCases(cases: readonly Case[], files: (id: string) => readonly SourceFile[]): CaseResult[] {
  const load = loader(files);
  return cases.map((one) => runCase(one, load));
}
