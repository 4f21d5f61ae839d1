import { LogError } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';
import { EXIT } from './exit.ts';

const SAID = { broken: 'Broken', untrusted: 'Untrusted', malformed: 'Malformed' } as const;

/**
 * Runs a check and says how it ended: 0 valid, 1 broken, 2 untrusted, 3 malformed or unreachable. What the check returns
 * is printed on standard output, an error's message on standard error.
 */
export async function verdictOf(check: () => Promise<string>): Promise<number> {
  try {
    console.log(await check());
    return EXIT.valid;
  } catch (error) {
    if (error instanceof LogError) {
      const kind = error.kind === 'broken' || error.kind === 'untrusted' ? error.kind : 'malformed';
      console.error(`${SAID[kind]}: ${error.message}`);
      return EXIT[kind];
    }
    if (error instanceof PlatformError) {
      const altered = error.code === 'altered-record';
      const { mend, faults = [] } = error.details;
      console.error(
        `${altered ? 'Broken' : 'Unreachable'}: ${error.message}${mend === undefined ? '' : `\n${mend}`}`,
      );
      for (const { where, what } of faults) console.error(`  ${where}: ${what}`);
      return altered ? EXIT.broken : EXIT.malformed;
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    console.error(`Unreachable: ${message}`);
    return EXIT.malformed;
  }
}
