import type { Context } from '../context.ts';
import type { WitnessStanding, WitnessWord } from '../ledger/witnessing/witnessed.ts';
import { AgencyText, Alert, DateText, Machine, SummaryList, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { witnesses as messages } from './messages-witnesses.ts';

/** What the witnesses say of a whole case. */
export interface CaseWitnesses {
  readonly steps: number;
  readonly pending: number;
  /** The authority has agreed with witnesses at all. */
  readonly any: boolean;
  /** Each witness with the moment of its word for the newest step that it has seen. */
  readonly words: readonly (WitnessWord & { readonly seen: number })[];
}

/** Asks the ledger for every step of a case. */
export async function witnessesOf(ctx: Context, of: CitizenCase): Promise<CaseWitnesses> {
  const standings: WitnessStanding[] = [];
  for (const { index } of of.life) standings.push(await ctx.ledger.witnessed(of.authorityId, index));
  const words = new Map<string, WitnessWord & { seen: number }>();
  for (const standing of standings) {
    if (standing.state !== 'witnessed') continue;
    for (const word of standing.by) {
      words.set(word.name, { ...word, seen: (words.get(word.name)?.seen ?? 0) + 1 });
    }
  }
  return {
    steps: standings.length,
    pending: standings.filter(({ state }) => state === 'pending').length,
    any: standings.some(({ state }) => state !== 'none'),
    words: [...words.values()],
  };
}

/** Which witnesses vouch for a case's entries, who runs them, since when; or that they are still awaited. */
export function WitnessesPart({ of }: { of: CaseWitnesses }) {
  const t = useT(messages);
  return (
    <>
      <h2>{t('title')}</h2>
      {of.any ? <p>{t('what')}</p> : <p>{t('none')}</p>}
      {of.pending > 0 && (
        <Alert tone="info" title={t('pendingTitle')}>
          <p>{t('pending', { n: of.pending })}</p>
        </Alert>
      )}
      {of.words.length > 0 && (
        <SummaryList
          items={of.words.map(({ operator, keyName, since, seen }) => ({
            term: operator ? <AgencyText text={operator} /> : <Machine>{keyName}</Machine>,
            value: t('since', {
              when: (
                <DateText value={Temporal.Instant.fromEpochMilliseconds(since * 1_000)} style="datetime" />
              ),
              n: seen,
              all: of.steps,
            }),
            note: operator && t('witnessName', { name: <Machine>{keyName}</Machine> }),
          }))}
        />
      )}
    </>
  );
}
