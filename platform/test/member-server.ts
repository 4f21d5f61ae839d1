import { systemClock } from '../src/clock.ts';
import { joinPlatform } from '../src/processes/member.ts';
import { serveMember } from '../src/processes/serve-member.ts';

/** One of several processes of a platform: `member-server.ts FOLDER [DATABASE]`. Tells its address and each change of role. */
const [folder, database] = process.argv.slice(2) as [string, string];
const member = await joinPlatform({
  folder,
  clock: systemClock,
  kind: 'demonstration',
  originPrefix: 'test.example/log',
  database: database === '' ? undefined : database,
});
member.whileWriter(() => {
  process.send?.({ role: 'writer' });
  return async () => void process.send?.({ role: 'web' });
});
const { url } = await serveMember(member, { host: '127.0.0.1', port: 0 });
process.send?.({ url });
