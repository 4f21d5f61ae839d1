import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { SystemRecord } from '../register/record.ts';
import { AgencyText, DateText, Integer, Table, Timeline, useT } from '../web/index.ts';
import { caseMessages } from './messages-case.ts';
import { lifeMessages } from './messages-life.ts';

/** Every recorded fact with its value, where it is from and whether the record may be corrected. */
export function RecordedFacts({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  return (
    <>
      <h2>{t('facts')}</h2>
      <Table
        caption={t('facts')}
        captionHidden
        dense
        rows={of.system.record.inputs}
        columns={[
          {
            header: t('fact'),
            rowHeader: true,
            cell: ({ label, source }) => (
              <>
                <AgencyText text={label} mark={false} />
                {source && (
                  <small class="ta-note">
                    {t('source', { source: <AgencyText text={source} mark={false} /> })}
                  </small>
                )}
              </>
            ),
          },
          { header: t('value'), cell: (input) => <FactText input={input} value={of.facts[input.name]} /> },
          { header: t('correctable'), cell: ({ correctable }) => t(correctable ? 'yes' : 'no') },
        ]}
      />
      <p class="ta-note">{t('factsNote')}</p>
    </>
  );
}

type LegalBasis = SystemRecord['legalBasis'][number];

export function Articles({ of }: { of: readonly LegalBasis[] }) {
  const t = useT(caseMessages);
  return (
    <ul>
      {of.map(({ title, article }) => (
        <li>
          {article === undefined ? (
            <AgencyText text={title} />
          ) : (
            t('article', { title: <AgencyText text={title} />, article })
          )}
        </li>
      ))}
    </ul>
  );
}

export function LegalBasisTexts({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  return (
    <>
      <h2>{t('law')}</h2>
      <Articles of={of.system.record.legalBasis} />
    </>
  );
}

/** Every step so far: what, when, and its place in the log. */
export function LifeSoFar({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  const words = useT(lifeMessages);
  const last = of.life.at(-1);
  return (
    <>
      <h2>{t('life')}</h2>
      <Timeline
        events={of.life.map((event) => ({
          title: words(words.has(event.type) ? event.type : 'other'),
          detail: (
            <small class="ta-note">
              <DateText value={event.at} style="datetime" />
              {' · '}
              {t('entry', { index: <Integer value={event.index} /> })}
            </small>
          ),
          when: event === last ? 'now' : 'past',
        }))}
      />
    </>
  );
}
