import type { Localized, SystemRecord } from '../../register/record.ts';
import { CONCEPTS, type Concept, type MonitoringPlan } from '../plan-schema.ts';

/** A declaration as its form has it: everything is text. */
export interface PlanForm {
  readonly groups: string;
  readonly tolerance: string;
  readonly justification_ar: string;
  readonly justification_fr: string;
  readonly on_breach: string;
}

export type PlanFault = { readonly field: keyof PlanForm; readonly line?: string };

/** What stands declared, as text to change. */
export function formOf(plan: MonitoringPlan | undefined): PlanForm {
  const lines = [
    ...(plan?.attributes.map(({ name, concept }) => `${name}: ${concept}`) ?? []),
    ...(plan?.facts.map(
      ({ name, bands }) => `${name}: fact${bands === undefined ? '' : ` ${bands.join(' ')}`}`,
    ) ?? []),
    ...(plan?.within.map((name) => `within: ${name}`) ?? []),
  ];
  return {
    groups: lines.join('\n'),
    tolerance: plan === undefined ? '' : String(Number((100 * Number(plan.tolerance)).toFixed(2))),
    justification_ar: plan?.justification.ar ?? '',
    justification_fr: plan?.justification.fr ?? '',
    on_breach: plan?.on_breach ?? 'notify',
  };
}

/**
 * Reads the form into a declaration that still has to pass its schema. What the form does not show (other tolerances, the
 * scale of scores, other languages) stays as it was declared, where it still has its dimension.
 */
export function planOf(
  form: PlanForm,
  before: MonitoringPlan | undefined,
  record: SystemRecord,
): { readonly plan: unknown } | { readonly fault: PlanFault } {
  const attributes: unknown[] = [];
  const facts: unknown[] = [];
  const within: string[] = [];
  const names = new Set<string>();
  for (const line of form.groups
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [, name = '', kind = '', rest = ''] =
      /^([a-z][a-z0-9_]{0,39})\s*:\s*([a-z][a-z0-9_]{0,39})\s*(.*)$/.exec(line) ?? [];
    const bands = rest === '' ? undefined : rest.split(/\s+/).map(Number);
    if (name === 'within' && rest === '') within.push(kind);
    else if (kind === 'fact' && !bands?.some(Number.isNaN))
      facts.push({ name, ...(bands === undefined ? {} : { bands }) });
    else if (isConcept(kind) && rest === '') {
      const places = kind === 'region' ? placesOf(name, before, record) : undefined;
      if (kind === 'region' && places === undefined) return { fault: { field: 'groups', line } };
      attributes.push({ name, concept: kind, ...(places === undefined ? {} : { places }) });
    } else return { fault: { field: 'groups', line } };
    names.add(name);
  }
  if (attributes.length + facts.length === 0) return { fault: { field: 'groups', line: '' } };
  const tolerance = shareOf(form.tolerance);
  if (tolerance === undefined) return { fault: { field: 'tolerance' } };
  const justification: Localized = { ...before?.justification };
  for (const lang of ['ar', 'fr'] as const) {
    const text = form[`justification_${lang}`].replace(/\r\n?/g, '\n').trim();
    if (text === '') delete justification[lang];
    else justification[lang] = text;
  }
  if (Object.keys(justification).length === 0) return { fault: { field: 'justification_ar' } };
  return {
    plan: {
      attributes,
      facts,
      within,
      tolerance,
      tolerances: Object.fromEntries(
        Object.entries(before?.tolerances ?? {}).filter(([name]) => names.has(name)),
      ),
      justification,
      ...(before?.score === undefined ? {} : { score: before.score }),
      on_breach: form.on_breach === 'suspend' ? 'suspend' : 'notify',
    },
  };
}

function isConcept(kind: string): kind is Concept {
  return (CONCEPTS as readonly string[]).includes(kind);
}

/** Points as people type them (`3`, `2,5`) as a share of four decimals at most. */
function shareOf(typed: string): string | undefined {
  const points = Number(typed.trim().replace(',', '.'));
  if (!/^\d{1,2}([.,]\d{1,2})?$/.test(typed.trim()) || points < 0.1 || points > 99) return undefined;
  return (points / 100).toFixed(4).replace(/0+$/, '').replace(/\.$/, '.0');
}

/** The places of a region: as declared before, or the choices of the recorded fact of the same name. */
function placesOf(name: string, before: MonitoringPlan | undefined, record: SystemRecord) {
  const declared = before?.attributes.find((one) => one.name === name)?.places;
  if (declared !== undefined) return declared;
  const input = record.inputs.find((one) => one.name === name);
  return input?.type === 'choice' ? input.values : undefined;
}
