import type { Quorum } from '@taalil/transparency-log';
import type { Child } from 'hono/jsx';
import type { WitnessOverview } from '../ledger/ledger.ts';
import { AgencyText, DateText, Integer, Machine, SummaryList, useT } from '../web/index.ts';
import { logMessages } from './messages-log.ts';

/** Who watches a log, by which rule, and when each last signed. */
export function LogWitnesses({ of, authorityId }: { of: WitnessOverview | undefined; authorityId: string }) {
  const t = useT(logMessages);
  const path = `/log/${authorityId}/policy`;
  if (of === undefined) {
    return (
      <>
        <h2>{t('witnesses')}</h2>
        <p>{t('noWitnesses')}</p>
      </>
    );
  }
  return (
    <>
      <h2>{t('witnesses')}</h2>
      <p>{t('witnessesLead')}</p>
      <p>{t('rule', { rule: <Rule of={of.setup.policy.quorum} /> })}</p>
      <SummaryList
        items={of.profiles.map(({ operator, name, last, vkey }) => ({
          term: (
            <>
              {operator && <AgencyText text={operator} />} <Machine>{name}</Machine>
            </>
          ),
          value: (
            <>
              {last === undefined
                ? t('never')
                : t('lastSeen', {
                    when: (
                      <DateText
                        value={Temporal.Instant.fromEpochMilliseconds(last.since * 1_000)}
                        style="datetime"
                      />
                    ),
                    size: <Integer value={last.size} />,
                  })}
              <br />
              <Machine>{vkey}</Machine>
            </>
          ),
        }))}
      />
      <p>
        {t('policyFile', {
          path: <Machine>{path}</Machine>,
          link: (text: Child) => (
            <a class="ds-link" href={path}>
              {text}
            </a>
          ),
        })}
      </p>
    </>
  );
}

/** A quorum in words: "2 of 3 (a, b, 1 of 2 (c, d))". */
function Rule({ of }: { of: Quorum }): Child {
  const t = useT(logMessages);
  if (of.kind !== 'group') return <Machine>{of.kind === 'none' ? 'none' : of.name}</Machine>;
  const names = of.members.map((member, i) => (
    <>
      {i > 0 && ', '}
      <Rule of={member} />
    </>
  ));
  return t('ruleOf', { k: of.threshold, n: of.members.length, names: <>{names}</> });
}
