import { staffHref } from '../access/index.ts';
import type { DecisionView } from '../decisions/view.ts';
import {
  Actions,
  AgencyText,
  Alert,
  Button,
  ButtonLink,
  DateText,
  Form,
  Integer,
  Machine,
  Page,
  PersonName,
  useSite,
  useT,
} from '../web/index.ts';
import { BackToQueue, UnsignedText, useCaseHref } from './case-page.tsx';
import { DECIDE } from './decide-form.tsx';
import type { PreparedProposal } from './decide-proposal.ts';
import type { Draft } from './form.tsx';
import { signMessages } from './messages-sign.ts';
import type { WaitingProposal } from './queue.ts';
import { SealedSummary } from './sealed-summary.tsx';
import type { Settled } from './settled.ts';

interface CheckProps {
  readonly prepared: PreparedProposal;
  /** Who is about to sign. */
  readonly name: string;
  /** Identifies what this page shows: signing compares it. */
  readonly shown: string;
  /** Something changed since an earlier showing. */
  readonly changed?: boolean;
}

/** Exactly what will be sealed, and the button that seals it. */
export function CheckPage({ prepared, name, shown, changed }: CheckProps) {
  const t = useT(signMessages);
  const { view, effect, reasons, delegation } = prepared;
  const here = useCaseHref(view);
  const outcome = <AgencyText text={view.system.record.outcomes[effect]} mark={false} />;
  return (
    <Page kind="staff" title={t.text('checkTitle')}>
      <h1>{t('checkTitle')}</h1>
      {changed && (
        <Alert tone="attention" title={t('changed')} live>
          <p>{t('changedText')}</p>
        </Alert>
      )}
      <p>{t('checkLead', { reference: <Machine>{view.case.reference}</Machine> })}</p>
      <SealedSummary
        of={view}
        effect={effect}
        agreed={effect === view.effect}
        reasons={reasons}
        name={name}
        delegation={delegation}
      />
      <Alert tone={effect === 'adverse' ? 'attention' : 'info'}>
        <p>{t(prepared.first ? 'firstOfTwo' : 'takesEffect')}</p>
      </Alert>
      <Form action={`${here}/check`}>
        <input type="hidden" name="shown" value={shown} />
        <Actions>
          <Button grave={effect === 'adverse'}>{t('sign', { outcome })}</Button>
          <ButtonLink variant="secondary" href={`${here}#${DECIDE}`}>
            {t('change')}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

/** The first of two signatures is sealed. */
export function SignedFirstPage({ of, next, left }: Omit<SignedProps, 'settled'>) {
  const t = useT(signMessages);
  return (
    <Page kind="staff" title={t.text('signedFirstTitle')}>
      <h1>{t('signedFirstTitle')}</h1>
      <Alert tone="good" live title={t('signedFirst', { reference: <Machine>{of.case.reference}</Machine> })}>
        <p>{t('firstOfTwo')}</p>
      </Alert>
      <GoOn of={of} next={next} left={left} read="readFile" />
    </Page>
  );
}

interface SignedProps {
  readonly of: DecisionView;
  readonly settled: Settled;
  /** The file that this person may decide next. */
  readonly next: WaitingProposal | undefined;
  /** How many wait for this person. */
  readonly left: number;
}

/** The decision is in force: what happens next, and the next file. */
export function SignedPage({ of, settled, next, left }: SignedProps) {
  const t = useT(signMessages);
  const reference = <Machine>{of.case.reference}</Machine>;
  return (
    <Page kind="staff" title={t.text('signedTitle')}>
      <h1>{t('signedTitle')}</h1>
      <Alert tone="good" live title={t('signed', { reference, outcome: <OutcomeOf of={of} /> })}>
        <p>
          {t('sealed', {
            at: <DateText value={settled.at} style="datetime" />,
            index: <Integer value={settled.index} />,
          })}
        </p>
      </Alert>
      <h2>{t('nextTitle')}</h2>
      <ol>
        <li>{t('nextNotice', { reference })}</li>
        <li>{t('nextNotification')}</li>
        <li>{t('nextReview')}</li>
      </ol>
      <GoOn of={of} next={next} left={left} />
    </Page>
  );
}

interface GoOnProps extends Omit<SignedProps, 'settled'> {
  /** What the link to the file is called; default that of a decision in force. */
  readonly read?: 'read' | 'readFile';
}

function GoOn({ of, next, left, read = 'read' }: GoOnProps) {
  const t = useT(signMessages);
  const { lang } = useSite();
  const desk = staffHref(lang, of.row.authority_id, 'desk');
  return (
    <>
      <p>{t('left', { n: left })}</p>
      <Actions>
        {next && (
          <ButtonLink href={`${desk}/${next.decisionId}`}>
            {t('next', { reference: <Machine>{next.reference}</Machine> })}
          </ButtonLink>
        )}
        <ButtonLink variant={next ? 'secondary' : 'primary'} href={desk}>
          {t('queue')}
        </ButtonLink>
      </Actions>
      <p>
        <a class="ds-link" href={`${desk}/${of.row.decision_id}`}>
          {t(read)}
        </a>
      </p>
    </>
  );
}

interface TooLateProps {
  readonly of: DecisionView;
  readonly settled: Settled;
  /** Whether the person who asks is the one who signed. */
  readonly own: boolean;
  readonly draft: Draft | undefined;
}

/** The decision was signed before: by the same person sending twice, or by somebody else. */
export function DecidedBeforePage({ of, settled, own, draft }: TooLateProps) {
  const t = useT(signMessages);
  const values = {
    at: <DateText value={settled.at} style="datetime" />,
    outcome: <OutcomeOf of={of} />,
  };
  const title = own ? 'twiceTitle' : 'otherTitle';
  const lost = draft && draft.text.trim() !== settled.reasons.text ? draft : undefined;
  return (
    <Page kind="staff" title={t.text(title)}>
      <BackToQueue authorityId={of.row.authority_id} />
      <h1>{t(title)}</h1>
      <Alert tone="attention" live>
        <p>
          {own
            ? t('twiceText', values)
            : t('otherText', { ...values, name: <PersonName>{settled.decided_by.name}</PersonName> })}
        </p>
      </Alert>
      {lost && <UnsignedText draft={lost} />}
      <ButtonLink href={useCaseHref(of)}>{t('read')}</ButtonLink>
    </Page>
  );
}

function OutcomeOf({ of }: { of: DecisionView }) {
  return <AgencyText text={of.system.record.outcomes[of.effect]} mark={false} />;
}
