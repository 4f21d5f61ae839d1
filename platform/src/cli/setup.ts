import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { createStaff, type Role } from '../access/index.ts';
import { PlatformError } from '../errors.ts';
import { type AuthorityProfile, addAuthority, authorities } from '../register/authorities.ts';
import { apiKeyCommand } from './api-key.ts';
import { assertAuthority, writing, wrong } from './writing.ts';

const text = z.strictObject({
  ar: z.string().min(1).optional(),
  zgh: z.string().min(1).optional(),
  fr: z.string().min(1).optional(),
  en: z.string().min(1).optional(),
});
const profile = z.looseObject({ name: text, humanContact: z.looseObject({ phone: z.string().min(3) }) });

/** `taalil authority|staff|api-key …`: the first steps of a platform in production, on its machine, while it does not run. */
export function setupCommands(): Command[] {
  const authority = new Command('authority').description('The public bodies of a platform').exitOverride();
  authority
    .command('add')
    .description('add an authority and make its log and keys')
    .argument('<id>', 'a–z, 0–9 and -')
    .requiredOption(
      '--profile <file>',
      'JSON: its name and how to reach a human there, in the languages you have',
    )
    .action(async (id: string, options: { profile: string }) => {
      if (!/^[a-z][a-z0-9-]{1,39}$/.test(id))
        throw wrong('id', 'Use 2 to 40 of a–z, 0–9 and -, beginning with a letter.');
      const read = profile.safeParse(parseJson(options.profile));
      if (!read.success)
        throw wrong(options.profile, 'Give {"name": {"ar": …, "fr": …}, "humanContact": {"phone": …, …}}.');
      await writing(async (platform) => {
        if (authorities(platform).has(id))
          throw new PlatformError('conflict', `There is an authority ${id} already.`);
        await addAuthority(platform, id, read.data as unknown as AuthorityProfile);
        console.log(`${id}: added. Verifier key of its log: ${await platform.ledger.vkey(id)}`);
      });
    });

  const staff = new Command('staff').description('Who works here').exitOverride();
  staff
    .command('add')
    .description('add a member of staff, whom the identity provider vouches for')
    .requiredOption('--authority <id>')
    .requiredOption('--issuer <url>', 'as the identity provider names itself')
    .requiredOption('--subject <sub>', "the person's identifier there")
    .requiredOption('--name <name>', 'as on the identity card')
    .requiredOption('--roles <roles>', 'joined by commas')
    .action(
      async (o: { authority: string; issuer: string; subject: string; name: string; roles: string }) => {
        await writing(async (platform) => {
          assertAuthority(platform, o.authority);
          const { staffId } = await createStaff(platform, {
            authorityId: o.authority,
            issuer: o.issuer,
            subject: o.subject,
            name: o.name,
            roles: o.roles.split(',').map((role) => role.trim()) as Role[],
          });
          console.log(`${staffId}: added to ${o.authority}.`);
        });
      },
    );

  return [authority, staff, apiKeyCommand()];
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PlatformError(
      'invalid-request',
      `${file} cannot be read as JSON: ${(cause as Error).message}`,
      {
        where: file,
        cause,
      },
    );
  }
}
