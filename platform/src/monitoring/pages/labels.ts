import type { SystemRecord } from '../../register/record.ts';
import { type Lang, localText, type Translator, translator } from '../../web/index.ts';
import type { PlanDimension } from '../dimensions.ts';
import type { Watched } from '../plan.ts';
import type { Watch } from '../watch.ts';
import { m } from './messages.ts';
import { parts } from './messages-parts.ts';

/** Words for dimensions, groups and watches in one language, as plain text: plots need text. */
export interface Labels {
  readonly lang: Lang;
  dimension(name: string): string;
  /** A group; `undefined` where it is not known. */
  value(dimension: string, value: string | undefined): string;
  /** The groups within which people are compared, joined. */
  within(values: readonly string[]): string;
  watch(watch: Watch): string;
}

export function labelsOf(
  watched: Watched,
  record: SystemRecord,
  lang: Lang,
  officerName: (staffId: string) => string,
): Labels {
  const t = translator(m, lang);
  const p = translator(parts, lang);
  const of = (name: string) => watched.dimensions.find((one) => one.name === name);
  const dimension = (name: string) => {
    const found = of(name);
    if (found?.concept !== undefined) return t.text(found.concept);
    const label = found?.label ?? record.inputs.find((input) => input.name === name)?.label;
    return (label && localText(label, lang)?.text) ?? name;
  };
  const value = (name: string, code: string | undefined) => {
    const found = of(name);
    if (code === undefined || found === undefined) return t.text('unknownGroup');
    const own = found.values.find((one) => one.value === code)?.label;
    return (own && localText(own, lang)?.text) ?? valueText(t, found, code);
  };
  const within = (values: readonly string[]) =>
    values.map((code, at) => value(watched.declared.plan.within[at] ?? '', code)).join(' · ');
  return {
    lang,
    dimension,
    value,
    within,
    watch(watch) {
      if (watch.kind === 'officer') return `${officerName(watch.value)} — ${p.text('kindOfficer')}`;
      if (watch.kind === 'record') return `${dimension(watch.value)} — ${p.text('kindRecord')}`;
      const group = [
        value(watch.dimension, watch.value),
        ...(watch.within ? [within(watch.within)] : []),
      ].join(' · ');
      return `${group} — ${p.text(watch.kind === 'group' ? 'kindGroup' : 'kindChange')}`;
    },
  };
}

function valueText(
  t: Translator<keyof (typeof m)['messages']>,
  { concept, source }: PlanDimension,
  code: string,
): string {
  if (concept === 'disability') return t.text(code === 'yes' ? 'disabilityYes' : 'disabilityNo');
  if (code === 'female' || code === 'male' || code === 'urban' || code === 'rural') return t.text(code);
  if (code === 'yes' || code === 'no') return t.text(code);
  const [, from = '', to = ''] = /^(-?[\d.]*)-(-?[\d.]*)$/.exec(code) ?? [];
  if (from === '' && to === '') return code;
  if (concept === 'age') {
    if (from === '') return t.text('ageUnder', { to });
    return to === '' ? t.text('ageOver', { from }) : t.text('ageBand', { from, to: String(Number(to) - 1) });
  }
  if (source === 'vault') return code;
  if (from === '') return t.text('bandUnder', { to });
  return to === '' ? t.text('bandOver', { from }) : t.text('band', { from, to });
}
