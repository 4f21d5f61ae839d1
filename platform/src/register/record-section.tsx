import type { Child } from 'hono/jsx';
import { AgencyText, Decimal, DefinitionHelp, Machine, SummaryList, useT } from '../web/index.ts';
import { m } from './messages.ts';
import { systemMessages } from './messages-system.ts';
import type { Input, Localized, SystemRecord } from './record.ts';

/** What a system is for, on what law, and what people do: the agency's own words, in their language. */
export function RecordSection({ record }: { record: SystemRecord }) {
  const t = useT(systemMessages);
  const shared = useT(m);
  return (
    <section>
      <h2 id="about">{t('about')}</h2>
      <SummaryList
        items={[
          { term: t('purpose'), value: <AgencyText text={record.purpose} /> },
          { term: t('kind'), value: <AgencyText text={record.kindOfDecision} /> },
          {
            term: t('outcomes'),
            value: (
              <>
                <AgencyText text={record.outcomes.favourable} />
                <small class="ta-note">{t('favourable')}</small>
                <AgencyText text={record.outcomes.adverse} />
                <small class="ta-note">{t('adverse')}</small>
              </>
            ),
          },
          { term: t('legalBasis'), value: <LegalBasis record={record} /> },
          { term: shared('level'), value: shared('levelOf', { n: record.impactLevel }) },
          { term: t('norms'), value: record.norms.map((pack) => <Machine>{pack}</Machine>) },
        ]}
      />
      <h2>{t('people')}</h2>
      <SummaryList
        items={[
          {
            term: t('involvement'),
            value: <AgencyText text={record.humanInvolvement} />,
            note: t('platformRule'),
          },
          { term: t('fallback'), value: <AgencyText text={record.manualFallback} /> },
        ]}
      />
    </section>
  );
}

function LegalBasis({ record }: { record: SystemRecord }) {
  const t = useT(systemMessages);
  return (
    <ul>
      {record.legalBasis.map(({ title, article }) => (
        <li>
          <AgencyText text={title} />
          {article !== undefined && (
            <small class="ta-note">{t('article', { article: <bdi>{article}</bdi> })}</small>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Every fact that the system reads, and which of them a person may have corrected. */
export function InputsSection({ record }: { record: SystemRecord }) {
  const t = useT(systemMessages);
  return (
    <section>
      <h2 id="inputs">{t('inputs')}</h2>
      <p>{t('inputsLead', { n: record.inputs.length })}</p>
      <SummaryList
        items={record.inputs.map((input) => ({
          term: <InputName input={input} />,
          value: <ValuesText input={input} />,
          note: <InputNotes input={input} />,
        }))}
      />
    </section>
  );
}

function InputName({ input }: { input: Input }) {
  return (
    <>
      <AgencyText text={input.label} />
      <small class="ta-note">
        <Machine>{input.name}</Machine>
      </small>
    </>
  );
}

function InputNotes({ input }: { input: Input }) {
  const t = useT(systemMessages);
  const { help, source, actionable } = input;
  return (
    <>
      {help && (
        <>
          <AgencyText text={help} />
          <br />
        </>
      )}
      {t(input.correctable ? 'correctable' : 'notCorrectable')}
      <br />
      {source === undefined ? t('sourceUnknown') : t('source', { source: <AgencyText text={source} /> })}
      {actionable && (
        <>
          <br />
          {t('actionable', { why: <AgencyText text={actionable.justification} /> })}
        </>
      )}
    </>
  );
}

/** The values of a choice that are told at once; more of them open on demand. */
const VALUES_TOLD = 6;

function ValuesText({ input }: { input: Input }): Child {
  const t = useT(systemMessages);
  switch (input.type) {
    case 'boolean':
      return t('boolean');
    case 'choice':
      return <ChoicesText values={input.values.map(({ label }) => label)} />;
    default: {
      const range = {
        minimum: <Decimal value={String(input.minimum)} />,
        maximum: <Decimal value={String(input.maximum)} />,
      };
      return (
        <>
          {input.type === 'integer'
            ? t('integer', range)
            : t('decimal', { ...range, decimals: input.decimals })}
          {input.unit && <> ({<AgencyText text={input.unit} mark={false} />})</>}
        </>
      );
    }
  }
}

function ChoicesText({ values }: { values: readonly Localized[] }) {
  const t = useT(systemMessages);
  const list = (
    <ul>
      {values.map((label) => (
        <li>
          <AgencyText text={label} mark={false} />
        </li>
      ))}
    </ul>
  );
  if (values.length <= VALUES_TOLD) {
    return (
      <>
        {t('choice', { n: values.length })}
        {list}
      </>
    );
  }
  return <DefinitionHelp summary={t('choice', { n: values.length })}>{list}</DefinitionHelp>;
}
