import { benchAppends } from './log/append.ts';
import { benchBrowser } from './log/browser.ts';
import { benchVerify } from './log/verify.ts';

/**
 * The transparency log: appends sealed by waiting writers, a whole log verified again, a receipt checked in a browser.
 * `npm run bench:log [-- append|verify|browser] [SCALE]`; SCALE 0.1 does a tenth of the work.
 */
const parts = {
  append: (scale: number) => benchAppends(scale),
  verify: (scale: number) => benchVerify(Math.round(1_000_000 * scale)),
  browser: () => benchBrowser(),
};
const args = process.argv.slice(2);
const scale = Number(args.find((arg) => /^[0-9.]+$/.test(arg)) ?? 1);
for (const [name, run] of Object.entries(parts)) {
  if (args.some((arg) => arg in parts) && !args.includes(name)) continue;
  await run(scale);
}
