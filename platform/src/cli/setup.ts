import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { createApiKey, createStaff, type Role, SCOPES, type Scope } from '../access/index.ts';
import { systemClock } from '../clock.ts';
import { readProductionConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { type OpenPlatform, openPlatform } from '../open.ts';
import { type AuthorityProfile, addAuthority, authorities } from '../register/authorities.ts';

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

  const apiKey = new Command('api-key').description("Keys of agencies' systems").exitOverride();
  apiKey
    .command('create')
    .description('make an API key; its secret is shown this one time')
    .requiredOption('--authority <id>')
    .requiredOption('--label <text>', 'what the key is for')
    .requiredOption('--scopes <scopes>', `joined by commas, among ${SCOPES.join(', ')}`)
    .option('--systems <ids>', 'joined by commas; all when left out')
    .action(async (o: { authority: string; label: string; scopes: string; systems?: string }) => {
      const scopes = o.scopes.split(',').map((scope) => scope.trim());
      const unknown = scopes.find((scope) => !SCOPES.some((known) => known === scope));
      if (unknown !== undefined)
        throw wrong('--scopes', `"${unknown}" is none; choose among ${SCOPES.join(', ')}.`);
      await writing(async (platform) => {
        assertAuthority(platform, o.authority);
        const { keyId, secret } = await createApiKey(platform, {
          authorityId: o.authority,
          label: o.label,
          scopes: scopes as Scope[],
          systems: o.systems === undefined ? 'all' : o.systems.split(',').map((id) => id.trim()),
        });
        console.log(`${keyId}: keep this, it is not shown again:\n${secret}`);
      });
    });
  return [authority, staff, apiKey];
}

async function writing(act: (platform: OpenPlatform) => Promise<void>): Promise<void> {
  const { folder, fence, database, witnesses, originPrefix } = readProductionConfig(process.env);
  const platform = await openPlatform({
    folder,
    fence,
    database,
    witnesses,
    originPrefix,
    clock: systemClock,
    kind: 'production',
  });
  try {
    await act(platform);
  } finally {
    await platform.close();
  }
}

function assertAuthority(platform: OpenPlatform, id: string): void {
  if (authorities(platform).has(id)) return;
  throw new PlatformError('not-found', `There is no authority ${id}.`, {
    mend: `Known: ${[...authorities(platform).keys()].join(', ') || 'none yet; add one with taalil authority add'}.`,
  });
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

function wrong(where: string, mend: string): PlatformError {
  return new PlatformError('invalid-request', `${where} is not valid.`, { where, mend });
}
