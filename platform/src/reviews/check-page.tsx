import type { StaffMember } from '../access/index.ts';
import type { Delegation } from '../training/index.ts';
import {
  Actions,
  AgencyText,
  Alert,
  Button,
  Form,
  type FormValues,
  Page,
  PersonName,
  type SummaryItem,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import type { AnswerKind } from './answer.ts';
import type { PreparedReview } from './decide-review.ts';
import { Changes, OutcomeText, Written } from './file-parts.tsx';
import { answer } from './messages-answer.ts';
import { addressOf, Back } from './review-page.tsx';

interface CheckProps {
  readonly prepared: PreparedReview;
  readonly kind: AnswerKind;
  readonly signer: Pick<StaffMember, 'name'>;
  /** Everything typed: it travels on as it is. */
  readonly values: FormValues;
}

const HELD_BACK = ['csrf', 'step'];

/** Everything that the signature will carry, once more. */
export function CheckPage({ prepared, kind, signer, values }: CheckProps) {
  const t = useT(answer);
  const { lang } = useSite();
  const { review, view, corrected, effect, reasons, rights } = prepared;
  const { record } = view.system;
  const named = record.inputs.filter(({ name }) => reasons.facts.includes(name));
  const articles = record.legalBasis.filter(({ id }) => reasons.articles.includes(id));
  const own = { authorityId: review.authority_id, reviewId: review.review_id };
  const changed = Object.keys(corrected.corrections).length > 0;
  const items: SummaryItem[] = [
    { term: t('youDecide'), value: t(kind) },
    {
      term: t(kind === 'rejected' ? 'standing' : 'newOutcome'),
      value: <OutcomeText view={view} effect={effect} />,
    },
    ...(changed
      ? [{ term: t('correct'), value: <Changes view={view} corrections={corrected.corrections} /> }]
      : []),
    { term: t('text'), value: <Written text={reasons.text} lang={reasons.lang} /> },
    {
      term: t('articles'),
      value: articles.map(({ article, title }) => (
        <p>
          {article === undefined ? (
            <AgencyText text={title} />
          ) : (
            t('articleOf', { article, title: <AgencyText text={title} /> })
          )}
        </p>
      )),
    },
    {
      term: t('factsNamed'),
      value: named.map((input) => (
        <p>
          <AgencyText text={input.label} mark={false} />
        </p>
      )),
    },
    { term: t('you'), value: <PersonName>{signer.name}</PersonName> },
    {
      term: t('delegation'),
      value: [rights.review, rights.adverse]
        .filter((one): one is Delegation => one !== undefined)
        .map(({ instrument, from, to }) => (
          <p>{t('delegationOf', { instrument: <bdi>{instrument}</bdi>, from, to })}</p>
        )),
    },
  ];
  return (
    <Page kind="staff" wide title={t.text('checkTitle')}>
      <Back authorityId={own.authorityId} />
      <h1>{t('checkTitle')}</h1>
      <Alert tone="attention" title={t('checkLead')} />
      <SummaryList items={items} />
      <Form action={addressOf(own, lang)}>
        {Object.entries(values)
          .filter(([name]) => !HELD_BACK.includes(name))
          .flatMap(([name, value]) =>
            (typeof value === 'string' ? [value] : (value ?? [])).map((one) => (
              <input type="hidden" name={name} value={one} />
            )),
          )}
        <Actions>
          <Button name="step" value="sign">
            {t('sign')}
          </Button>
          <Button
            name="step"
            value="change"
            variant="secondary"
            formaction={`${addressOf(own, lang)}#answer`}
          >
            {t('change')}
          </Button>
        </Actions>
      </Form>
    </Page>
  );
}
