import { Command } from 'commander';
import { coverage, loadCatalogues } from '../web/index.ts';

/** `taalil languages`: how much of each room's words exists in Tamazight, as a draft or still to be commissioned. */
export function languagesCommand(): Command {
  return new Command('languages')
    .description('show the share of Tamazight drafts and of texts to be commissioned')
    .action(async () => {
      const all = coverage(await loadCatalogues());
      console.log('room            messages   zgh drafts   to be commissioned');
      for (const [room, { drafts, toBeCommissioned }] of Object.entries(all.byRoom))
        show(room, drafts, toBeCommissioned);
      show('all', all.drafts, all.toBeCommissioned);
      console.log(
        '\nArabic, French and English are complete. Every Tamazight draft awaits review by a native speaker.',
      );
    });
}

function show(room: string, drafts: number, toBeCommissioned: number): void {
  const messages = drafts + toBeCommissioned;
  const share = (n: number) => `${n} (${Math.round((100 * n) / messages)} %)`;
  console.log(
    `${room.padEnd(14)} ${String(messages).padStart(9)} ${share(drafts).padStart(12)} ${share(toBeCommissioned).padStart(20)}`,
  );
}
