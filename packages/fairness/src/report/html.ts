import type { Language } from '../plots/language.ts';
import type { Audited } from './audited.ts';
import { drawn, html } from './markup.ts';
import { groupSections } from './sections-groups.ts';
import {
  conditionalSection,
  gapSection,
  procedureSection,
  scoreSection,
  subgroupSection,
  timeSection,
} from './sections-more.ts';
import { STYLE } from './style.ts';
import { wordsOf } from './words.ts';

const STAR =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true"><rect x="7" y="7" width="18" height="18"/><rect x="7" y="7" width="18" height="18" transform="rotate(45 16 16)"/></svg>';

/** The audit as one page that needs nothing else: no script, no font, no address. */
export function renderHtml(audited: Audited, language: Language = 'en'): string {
  const words = wordsOf(language);
  const { audit } = audited.full;
  const names = audited.files.slice(0, 3).join(', ') + (audited.files.length > 3 ? ' …' : '');
  const page = html`<!doctype html>
<html lang="${language}" dir="${words.rtl ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${words.say(`verdict.${audited.verdict}`)} – ${words.say('title')}</title><style>${drawn(STYLE)}</style></head>
<body lang="${words.textLanguage}"><header>${drawn(STAR)}<span>Taalil</span></header><main>
${language === 'zgh' ? html`<p class="note">${words.say('toBeCommissioned')}</p>` : ''}
<h1>${words.say(`verdict.${audited.verdict}`)}</h1>
<p class="callout ${audited.verdict}">${words.say('note.disparity')}</p>
<p>${words.say('rows', { rows: audit.rows, files: audited.files.length })}: <code><bdi>${names}</bdi></code></p>
${Object.values(audited.excluded).map((rows) => html`<p>${words.say('excluded', { rows })}</p>`)}
${audit.labels === undefined ? '' : html`<p class="callout">${words.say(`labels.${audit.labels.basis}`)}</p>`}
${groupSections(words, audited)}
${gapSection(words, audited)}
${conditionalSection(words, audited)}
${subgroupSection(words, audited)}
${procedureSection(words, audited)}
${timeSection(words, audited)}
${scoreSection(words, audited)}
<footer><p><b>${words.say('section.method')}</b></p><p>${words.say('note.groups')}</p></footer>
</main></body></html>
`;
  return page.markup;
}
