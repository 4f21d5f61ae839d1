import { createApiKey } from '../src/access/index.ts';
import { systemClock } from '../src/clock.ts';
import { openPlatform } from '../src/open.ts';
import { addAuthority } from '../src/register/authorities.ts';
import { serve } from '../src/serve.ts';
import { AUTHORITY } from '../worlds/soutien-menages/record.ts';
import { AUTHORITY_A, publishDemonstration, SYSTEM } from './make-platform.ts';

/** A server that is there to be killed: `kill-nine-server.ts FOLDER [KEY]`; without a key it sets the folder up. */
const [folder, given] = process.argv.slice(2) as [string, string];
const platform = await openPlatform({
  folder,
  clock: systemClock,
  kind: 'demonstration',
  originPrefix: 'test.example/log',
});
let secret = given;
if (secret === '') {
  await addAuthority(platform, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(platform, AUTHORITY_A);
  ({ secret } = await createApiKey(platform, {
    authorityId: AUTHORITY_A,
    label: 'kill',
    scopes: ['decisions:write'],
    systems: [SYSTEM],
  }));
}
const { url } = await serve(platform, { host: '127.0.0.1', port: 0 });
process.send?.({ url, secret });
