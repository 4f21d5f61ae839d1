import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCase, newCase } from '../../platform/src/cases/cases.ts';
import { recordCaseEvent } from '../../platform/src/cases/events.ts';
import { systemClock } from '../../platform/src/clock.ts';
import { type OpenPlatform, openPlatform } from '../../platform/src/open.ts';
import { addAuthority } from '../../platform/src/register/authorities.ts';
import { sealBytes } from '../../platform/src/vault/seal.ts';
import { AUTHORITY } from '../../platform/worlds/soutien-menages/record.ts';

const AUTHORITY_ID = 'bench';
const KIBIBYTE = 1_024;

/** What one writer does once, and waits for: durable when it resolves. */
type Seal = (platform: OpenPlatform, n: number) => Promise<unknown>;

/** An entry of 1 KB and a row of 1 KB, made ahead: what the sequencer and the store do alone. */
const ENTRY = new Uint8Array(KIBIBYTE).fill(0x61);
const ROW = sealBytes(new Uint8Array(32), 'bench', new Uint8Array(KIBIBYTE - 29));
const append: Seal = (platform, n) =>
  platform.ledger.seal(AUTHORITY_ID, {
    entry: ENTRY,
    caseId: `case_${n}`,
    systemId: 'system',
    write(tx, index) {
      tx.append('case_events', {
        authority_id: AUTHORITY_ID,
        log_index: index,
        case_id: `case_${n}`,
        system_id: 'system',
        decision_id: null,
        type: 'decision-made',
        at: '2026-03-02T09:00:00.000Z',
        sealed: ROW,
      });
    },
  });

/** A decision of 1 KB: a case with its key, 16 commitments, facts and salts under the key, the rows of both. */
const FACTS = {
  subject: 'H-000000-1',
  outcome: { effect: 'favourable', model_outcome: 'granted' },
  input: { text: 'x'.repeat(270) },
};
const decision: Seal = (platform, n) => {
  const opened = newCase(platform, AUTHORITY_ID, 'system', `H-${n}`);
  return recordCaseEvent(platform, {
    authorityId: AUTHORITY_ID,
    systemId: 'system',
    caseId: opened.caseId,
    key: opened.key,
    type: 'decision-made',
    facts: { reference: opened.reference, ...FACTS },
    write: (tx, _index, at) => appendCase(tx, { authorityId: AUTHORITY_ID, systemId: 'system' }, opened, at),
  });
};

interface Measured {
  readonly perSecond: number;
  readonly perProcessorSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function measure(
  platform: OpenPlatform,
  seal: Seal,
  writers: number,
  count: number,
): Promise<Measured> {
  const latencies = new Float64Array(count);
  let next = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (next < count) {
        const n = next++;
        const before = performance.now();
        await seal(platform, n + started);
        latencies[n] = performance.now() - before;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  latencies.sort();
  const at = (share: number) => latencies[Math.min(count - 1, Math.floor(share * count))] as number;
  return {
    perSecond: count / seconds,
    perProcessorSecond: count / ((used.user + used.system) / 1e6),
    p50: at(0.5),
    p99: at(0.99),
  };
}

/** Appends to a production store on the system's clock, `synchronous=FULL`, fence file and all. */
export async function benchAppends(scale: number): Promise<void> {
  for (const [what, seal] of [
    ['entries of 1 KB, made ahead, each with a row of 1 KB', append],
    ['decisions of 1 KB, with case, key, commitments and encryption', decision],
  ] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-'));
    const platform = await openPlatform({
      folder,
      clock: systemClock,
      kind: 'production',
      originPrefix: 'bench.example/log',
    });
    try {
      await addAuthority(platform, AUTHORITY_ID, AUTHORITY);
      await measure(platform, seal, 200, Math.ceil(4_000 * scale));
      console.log(`\n${what}\n`);
      console.log('| waiting writers | sealed/s | sealed per processor-second | p50 ms | p99 ms |');
      console.log('|---:|---:|---:|---:|---:|');
      for (const [writers, count] of [
        [1, 400],
        [50, 10_000],
        [200, 20_000],
        [1_000, 60_000],
      ] as const) {
        const m = await measure(platform, seal, writers, Math.ceil(count * scale));
        console.log(
          `| ${writers.toLocaleString('en')} | ${Math.round(m.perSecond).toLocaleString('en')} | ` +
            `${Math.round(m.perProcessorSecond).toLocaleString('en')} | ${m.p50.toFixed(1)} | ${m.p99.toFixed(1)} |`,
        );
      }
    } finally {
      await platform.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
