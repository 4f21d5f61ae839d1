/** The look of a report: a well-set letter, on screen and on paper. Logical properties only. */
export const STYLE = `
:root{--ink:#1c2329;--paper:#fff;--sand:#f7f4ee;--quiet:#5d666d;--line:#d9d4c8;--accent:#0b5d46;--alarm:#8a3324;--amber:#7a5200;
--chart-quiet:var(--quiet);--chart-faint:var(--line);--chart-accent:var(--accent);--chart-alarm:var(--alarm);--chart-paper:var(--paper)}
@media (prefers-color-scheme:dark){:root{--ink:#ece8df;--paper:#171b1e;--sand:#21272b;--quiet:#a9b1b6;--line:#3a4248;--accent:#6fc3a6;--alarm:#e79a86;--amber:#e0b45c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Naskh Arabic",sans-serif}
main,header{max-inline-size:48rem;margin-inline:auto;padding-inline:1rem}
header{display:flex;gap:.6rem;align-items:center;padding-block:1.2rem .4rem;color:var(--accent)}
header svg{inline-size:1.6rem;block-size:1.6rem;flex:none}
h1{font-size:1.7rem;line-height:1.25;margin-block:.4rem .6rem}
h2{font-size:1.25rem;margin-block:2.6rem .4rem;padding-block-start:1.1rem;border-block-start:1px solid var(--line)}
h3{font-size:1.02rem;margin-block:1.6rem .2rem}
p{max-inline-size:66ch;margin-block:.5rem}
.note{color:var(--quiet);font-size:.9rem}
.callout{background:var(--sand);border-inline-start:4px solid var(--accent);padding:.7rem 1rem;max-inline-size:none}
.callout.fail{border-color:var(--alarm)}.callout.inconclusive{border-color:var(--amber)}
figure{margin:.6rem 0 1rem}
figcaption{font-weight:600;margin-block-end:.3rem}
figure svg{display:block;max-inline-size:100%;block-size:auto}
.slim{display:none}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem}
table{border-collapse:collapse;inline-size:100%;font-size:.88rem;margin-block:.5rem 1rem}
th,td{text-align:start;padding:.35rem .7rem .35rem 0;border-block-end:1px solid var(--line);vertical-align:baseline;font-weight:400;overflow-wrap:break-word}
[dir=rtl] th,[dir=rtl] td{padding:.35rem 0 .35rem .7rem}
thead th{color:var(--quiet);font-size:.82rem;overflow-wrap:normal}
tbody th{font-weight:600}small{font-weight:400;color:var(--quiet);font-size:.85em}
.n{font-variant-numeric:tabular-nums}td.n bdi{white-space:nowrap}
.verdict{white-space:nowrap}.verdict.fail{color:var(--alarm);font-weight:600}.verdict.pass{color:var(--accent)}.verdict.inconclusive,.verdict.insufficient-evidence{color:var(--amber)}
details{margin-block:.4rem}summary{cursor:pointer;color:var(--accent)}
footer{margin-block:3rem 2rem;padding-block-start:1rem;border-block-start:1px solid var(--line);color:var(--quiet);font-size:.88rem}
code{font-size:.9em;overflow-wrap:anywhere}
@media (max-width:46rem){.wide{display:none}.slim{display:block}
thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr{display:block}tr{padding-block:.5rem;border-block-end:1px solid var(--line)}
tbody th,td,[dir=rtl] tbody th,[dir=rtl] td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.1rem 0}
td::before{content:attr(data-label);color:var(--quiet);flex:0 1 40%}
td.n bdi{white-space:normal;text-align:end}}
@media (forced-colors:active){:root{--ink:CanvasText;--paper:Canvas;--line:GrayText;--quiet:CanvasText;--accent:LinkText;--alarm:CanvasText}}
@media print{body{font-size:11pt}.slim{display:none}.wide{display:block}figure,tr{break-inside:avoid}h2,h3{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none;color:inherit;font-weight:600}}
`;
