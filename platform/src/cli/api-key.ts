import { Command } from 'commander';
import {
  createApiKey,
  type IssuedApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  SCOPES,
  type Scope,
} from '../access/index.ts';
import { assertAuthority, writing, wrong } from './writing.ts';

interface Which {
  readonly authority: string;
}

interface Wanted extends Which {
  readonly label: string;
  readonly scopes: string;
  readonly systems?: string;
}

const BY = 'setup';

/** `taalil api-key …`: on the machine of a platform that is stopped; what it does is an entry of the log. */
export function apiKeyCommand(): Command {
  const apiKey = new Command('api-key').description("Keys of agencies' systems").exitOverride();
  const ofAuthority = (name: string) => apiKey.command(name).requiredOption('--authority <id>');
  ofAuthority('create')
    .description('make an API key; its secret is shown this one time')
    .requiredOption('--label <text>', 'what the key is for')
    .requiredOption('--scopes <scopes>', `joined by commas, among ${SCOPES.join(', ')}`)
    .option('--systems <ids>', 'joined by commas; all when left out')
    .action(create);
  ofAuthority('list')
    .description('the keys of an authority, without their secrets')
    .action(({ authority }: Which) =>
      writing(async (platform) => {
        assertAuthority(platform, authority);
        for (const key of await listApiKeys(platform, authority)) {
          const state = key.revokedAt === undefined ? `since ${key.createdAt}` : `revoked ${key.revokedAt}`;
          console.log(`${key.keyId}  ${state}  ${key.scopes.join(',')}  ${key.label}`);
        }
      }),
    );
  ofAuthority('rotate')
    .description('give a key a new secret, shown this one time; the old one works for a while more')
    .argument('<key>', 'its id, as list shows it')
    .option('--overlap <hours>', 'how long the old secret still works; 0 where it leaked', '24')
    .action((keyId: string, { authority, overlap }: Which & { overlap: string }) =>
      writing(async (platform) => {
        if (!/^\d{1,3}$/.test(overlap)) throw wrong('--overlap', 'Give whole hours, at most 999.');
        const hours = Temporal.Duration.from({ hours: Number(overlap) });
        tell(await rotateApiKey(platform, { authorityId: authority, keyId, by: BY, overlap: hours }));
      }),
    );
  ofAuthority('revoke')
    .description('end a key for good')
    .argument('<key>', 'its id, as list shows it')
    .action((keyId: string, { authority }: Which) =>
      writing(async (platform) => {
        await revokeApiKey(platform, { authorityId: authority, keyId, by: BY });
        console.log(`${keyId}: revoked.`);
      }),
    );
  return apiKey;
}

async function create({ authority, label, ...o }: Wanted): Promise<void> {
  const scopes = o.scopes.split(',').map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !SCOPES.some((known) => known === scope));
  if (unknown !== undefined) {
    throw wrong('--scopes', `"${unknown}" is none; choose among ${SCOPES.join(', ')}.`);
  }
  await writing(async (platform) => {
    assertAuthority(platform, authority);
    tell(
      await createApiKey(platform, {
        authorityId: authority,
        label,
        scopes: scopes as Scope[],
        systems: o.systems === undefined ? 'all' : o.systems.split(',').map((id) => id.trim()),
      }),
    );
  });
}

function tell({ keyId, secret }: IssuedApiKey): void {
  console.log(`${keyId}: keep this, it is not shown again:\n${secret}`);
}
