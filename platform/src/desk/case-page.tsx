import type { Child } from 'hono/jsx';
import { staffHref } from '../access/index.ts';
import type { DecisionView } from '../decisions/view.ts';
import {
  AgencyText,
  Alert,
  DateText,
  Duration,
  Integer,
  Machine,
  Page,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { BlockAlert } from './blocks.tsx';
import { LegalBasisTexts, LifeSoFar, RecordedFacts } from './case-parts.tsx';
import { languageOf } from './citations.ts';
import { DECIDE, DecideForm, type DecideProps } from './decide-form.tsx';
import type { Draft } from './form.tsx';
import { m } from './messages.ts';
import { caseMessages } from './messages-case.ts';
import { formMessages } from './messages-form.ts';
import { ModelProposal } from './model-proposal.tsx';
import { daysSince } from './queue-page.tsx';
import { SealedSummary } from './sealed-summary.tsx';
import { type Settled, settledBy } from './settled.ts';
import type { Block } from './standing.ts';
import type { DeskSystem } from './systems.ts';
import { WithheldFromPerson } from './withheld.tsx';

export interface CaseProps extends Omit<DecideProps, 'action'> {
  /** The system as it stands now. */
  readonly system: DeskSystem | undefined;
  /** Why this person only reads. */
  readonly block: Block | undefined;
  readonly now: Temporal.Instant;
}

/** The address of a proposal at the desk. */
export function useCaseHref({ row }: DecisionView): string {
  const { lang } = useSite();
  return `${staffHref(lang, row.authority_id, 'desk')}/${row.decision_id}`;
}

/** One proposal: facts and reasons side by side, then the decision; once decided, what was decided. */
export function CasePage(props: CaseProps) {
  const t = useT(caseMessages);
  const { of, block, errors, draft } = props;
  const action = useCaseHref(of);
  const settled = settledBy(of);
  const { authority_id: authorityId } = of.row;
  return (
    <Page
      kind="staff"
      wide
      title={t.text('title', { reference: of.case.reference })}
      invalid={Object.keys(errors).length > 0}
    >
      <BackToQueue authorityId={authorityId} />
      <h1>{t('title', { reference: <Machine>{of.case.reference}</Machine> })}</h1>
      {settled ? <Decided of={of} settled={settled} /> : <Waiting of={of} now={props.now} />}
      {!block && !settled && (
        <p>
          <a class="ds-link" href={`#${DECIDE}`}>
            {t('toDecision')}
          </a>
        </p>
      )}
      {block && !settled && <BlockAlert block={block} authorityId={authorityId} system={props.system} />}
      {block && !settled && <UnsignedText draft={draft} />}
      <WithheldFromPerson of={of} />
      <div class="ta-columns">
        <div>
          <RecordedFacts of={of} />
          <LegalBasisTexts of={of} />
          <LifeSoFar of={of} />
        </div>
        <div>
          <ModelProposal of={of} decided={settled !== undefined} />
        </div>
      </div>
      {!settled && !block && (
        <DecideForm of={of} action={action} draft={draft} errors={errors} signatures={props.signatures} />
      )}
    </Page>
  );
}

export function BackToQueue({ authorityId }: { authorityId: string }) {
  const t = useT(caseMessages);
  const { lang } = useSite();
  return (
    <p>
      <a class="ds-link" href={staffHref(lang, authorityId, 'desk')}>
        {t('back')}
      </a>
    </p>
  );
}

function Waiting({ of, now }: { of: DecisionView; now: Temporal.Instant }) {
  const t = useT(caseMessages);
  const days = useT(m);
  return (
    <p>
      {t('lead', {
        system: <AgencyText text={of.system.record.name} mark={false} />,
        at: <DateText value={of.row.created_at} style="datetime" />,
        days: days('days', { n: daysSince(of.row.created_at, now) }),
      })}
    </p>
  );
}

function Decided({ of, settled }: { of: DecisionView; settled: Settled }) {
  const t = useT(caseMessages);
  const { reasons, decided_by: by, seconds } = settled;
  return (
    <>
      <p>
        <Tag state="good">{t('decidedTag')}</Tag>{' '}
        {t('decidedLead', {
          system: <AgencyText text={of.system.record.name} mark={false} />,
          at: <DateText value={settled.at} style="datetime" />,
        })}
      </p>
      {of.row.status === 'superseded' && <Alert tone="attention" title={t('replaced')} />}
      <h2>{t('decided')}</h2>
      <SealedSummary
        of={of}
        effect={of.effect}
        agreed={settled.agreed_with_proposal}
        reasons={reasons}
        name={by.name}
        delegation={by.delegation}
        more={[
          { term: t('logIndex'), value: <Integer value={settled.index} /> },
          ...(seconds === null ? [] : [{ term: t('spent'), value: <Spent seconds={seconds} /> }]),
        ]}
      />
    </>
  );
}

function Spent({ seconds }: { seconds: number }): Child {
  const duration = Temporal.Duration.from({ seconds }).round({ largestUnit: 'day' });
  const shown = duration.days > 0 ? duration.round({ smallestUnit: 'hour' }) : duration;
  return <Duration value={shown} />;
}

/** What somebody wrote that could not be signed: shown, so that nothing typed is lost. */
export function UnsignedText({ draft }: { draft: Draft }) {
  const t = useT(formMessages);
  if (draft.text.trim() === '') return null;
  return (
    <section>
      <h2>{t('unsigned')}</h2>
      <p class="ta-note">{t('unsignedNote')}</p>
      <blockquote class="ta-quote" {...(draft.lang ? languageOf({ lang: draft.lang }) : { dir: 'auto' })}>
        {draft.text.split(/\n+/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </blockquote>
    </section>
  );
}
