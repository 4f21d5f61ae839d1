import type { Child } from 'hono/jsx';
import { staffHref } from '../access/index.ts';
import type { DecisionView } from '../decisions/view.ts';
import {
  AgencyText,
  Alert,
  Button,
  ButtonLink,
  Form,
  type FormErrors,
  Machine,
  Page,
  Radios,
  useSite,
  useT,
} from '../web/index.ts';
import type { ExerciseRow } from './exercises.ts';
import { m } from './messages.ts';

interface JudgeProps {
  readonly of: DecisionView;
  readonly action: string;
  readonly errors: FormErrors;
  /** The recorded facts, as the desk shows them. */
  readonly children: Child;
}

/** The facts without the proposal, and one question. */
export function JudgeFirstPage({ of, action, errors, children }: JudgeProps) {
  const t = useT(m);
  const { outcomes } = of.system.record;
  return (
    <Page kind="staff" wide title={t.text('judgeTitle')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('judgeTitle')}</h1>
      <p>
        <Machine>{of.case.reference}</Machine>
      </p>
      <p class="ta-lead">{t('judgeLead')}</p>
      <div class="ta-columns">
        <div>{children}</div>
        <div>
          <Form action={action} errors={errors}>
            <Radios
              name="judged"
              label={t('judgeTitle')}
              options={[
                { value: 'favourable', label: <AgencyText text={outcomes.favourable} mark={false} /> },
                { value: 'adverse', label: <AgencyText text={outcomes.adverse} mark={false} /> },
                { value: 'unsure', label: t('judgeUnsure') },
              ]}
            />
            <Button>{t('judgeGo')}</Button>
          </Form>
        </div>
      </div>
    </Page>
  );
}

/** After the answer: what this file was, and what was right. */
export function ExercisePage({ row }: { row: ExerciseRow }) {
  const t = useT(m);
  const { lang } = useSite();
  const caught = row.word === 'override';
  const [tone, key] =
    row.wrong === 1
      ? caught
        ? (['good', 'exerciseCaught'] as const)
        : (['attention', 'exerciseMissed'] as const)
      : caught
        ? (['info', 'exerciseOtherwise'] as const)
        : (['good', 'exerciseRight'] as const);
  return (
    <Page kind="staff" title={t.text('exerciseTitle')}>
      <h1>{t('exerciseTitle')}</h1>
      <Alert tone={tone} live>
        <p>{t(key)}</p>
      </Alert>
      <p>{t('exerciseLead')}</p>
      <ButtonLink href={staffHref(lang, row.authority_id, 'desk')}>{t('exerciseBack')}</ButtonLink>
    </Page>
  );
}

/** Why this person signs no more today. */
export function CapAlert({ cap }: { cap: number }) {
  const t = useT(m);
  return (
    <Alert tone="attention" title={t('capTitle', { cap })}>
      <p>{t('capText')}</p>
    </Alert>
  );
}
