/** Audits as JSON, text, HTML and SARIF: `@taalil/fairness/report`. */
export { type Audited, auditCells } from './audited.ts';
export { type FullAudit, type FullSettings, fullAudit } from './full.ts';
export { renderHtml } from './html.ts';
export { JSON_VERSION, jsonOf, renderJson } from './json.ts';
export { renderSarif } from './sarif.ts';
export { renderText } from './text.ts';
