import type { FactValue } from '@taalil/explain';
import type { Input } from '../register/record.ts';
import { formatDecimal, type Lang, localText, translator } from '../web/index.ts';
import { m } from './messages.ts';

/** A recorded fact as plain text, for what is sent or read aloud. */
export function plainFact(input: Input, value: FactValue | undefined, lang: Lang): string {
  const t = translator(m, lang);
  if (value === undefined) return t.text('notRecorded');
  if (input.type === 'boolean') return t.text(value === true ? 'yes' : 'no');
  if (input.type === 'choice') {
    const label = input.values.find((v) => v.value === value)?.label;
    return (label && localText(label, lang)?.text) ?? String(value);
  }
  const unit = input.unit && localText(input.unit, lang)?.text;
  return formatDecimal(lang, String(value), unit ? { unit } : {});
}
