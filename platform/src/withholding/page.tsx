import { CERTAINTIES } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import { can, type Staff } from '../access/index.ts';
import { withheldMessages } from '../citizen/messages-withheld.ts';
import type { SystemRecord } from '../register/record.ts';
import {
  Actions,
  AgencyText,
  Button,
  ButtonLink,
  Checkboxes,
  DateField,
  DateText,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Page,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import type { OpeningRow } from './court.ts';
import { m } from './messages.ts';
import type { WithholdingRow } from './orders.ts';
import type { WithholdingTerms } from './terms.ts';

export interface WithheldPageProps {
  readonly staff: Staff;
  readonly base: string;
  readonly today: string;
  readonly systems: ReadonlyMap<string, SystemRecord>;
  readonly rows: readonly WithholdingRow[];
  readonly openings: readonly OpeningRow[];
  /** The system for which reasons are asked to be withheld; undefined until it is chosen. */
  readonly chosen: string | undefined;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
  /** Which of the two forms the values belong to. */
  readonly of?: 'ask' | 'court';
}

/** What is withheld, by whom and until when; asking, approving, ending; and opening for a court. */
export function WithheldPage(props: WithheldPageProps) {
  const t = useT(m);
  const { staff, rows, systems, chosen, base } = props;
  return (
    <Page kind="staff" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      {rows.length === 0 ? <p>{t('none')}</p> : <Withholdings {...props} />}
      {can(staff, 'withholding.ask') && (
        <section>
          <h2>{t('ask')}</h2>
          {chosen === undefined ? (
            <>
              <p>{t('choose')}</p>
              <ul>
                {[...systems].map(([id, { name }]) => (
                  <li>
                    <a class="ds-link" href={`${base}?system=${id}`}>
                      <AgencyText text={name} mark={false} />
                    </a>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <AskForm {...props} systemId={chosen} record={systems.get(chosen) as SystemRecord} />
          )}
        </section>
      )}
      {can(staff, 'withheld.open') && <Court {...props} />}
    </Page>
  );
}

function Withholdings({ rows, systems, staff, today, base }: WithheldPageProps): Child {
  const t = useT(m);
  const termsOf = (row: WithholdingRow) => JSON.parse(row.terms) as WithholdingTerms;
  const stateOf = (row: WithholdingRow) =>
    row.ended_at !== null || termsOf(row).until < today
      ? ('over' as const)
      : row.approved_at === null
        ? ('asked' as const)
        : ('inForce' as const);
  const acts = (row: WithholdingRow): Child => {
    const state = stateOf(row);
    if (state === 'over' || !can(staff, 'withholding.approve')) return null;
    return (
      <>
        {state === 'asked' && row.asked_by !== staff.staffId && (
          <Form action={`${base}/${row.withholding_id}/approve`}>
            <Button variant="secondary">{t('approve')}</Button>
          </Form>
        )}
        <Form action={`${base}/${row.withholding_id}/end`}>
          <Button variant="secondary">{t('end')}</Button>
        </Form>
      </>
    );
  };
  return rows.map((row) => {
    const { reasons, basis, until } = termsOf(row);
    const system = systems.get(row.system_id);
    return (
      <section>
        <h2>
          {system ? <AgencyText text={system.name} mark={false} /> : <Machine>{row.system_id}</Machine>}
        </h2>
        <SummaryList
          items={[
            {
              term: t('scope'),
              value: (
                <ul>
                  {reasons.map((id) => {
                    const label = system?.reasons.find((r) => r.id === id)?.label;
                    return (
                      <li>{label ? <AgencyText text={label} mark={false} /> : <Machine>{id}</Machine>}</li>
                    );
                  })}
                </ul>
              ),
            },
            {
              term: t('basis'),
              value: t('basisOf', {
                title: <AgencyText text={basis.title} mark={false} />,
                article: <bdi>{basis.article}</bdi>,
                source: <bdi>{basis.source}</bdi>,
              }),
            },
            { term: t('until'), value: <DateText value={until} /> },
            { term: t('state'), value: t(stateOf(row)) },
          ]}
        />
        {acts(row)}
      </section>
    );
  });
}

function AskForm({
  base,
  systemId,
  record,
  values,
  errors,
  of,
}: WithheldPageProps & { systemId: string; record: SystemRecord }) {
  const t = useT(m);
  const words = useT(withheldMessages);
  const mine = of === 'ask';
  return (
    <Form
      action={`${base}?system=${systemId}`}
      values={mine ? values : undefined}
      errors={mine ? errors : undefined}
    >
      <p>
        <AgencyText text={record.name} mark={false} />
      </p>
      <Checkboxes
        name="reasons"
        label={t('reasons')}
        options={record.reasons.map(({ id, label }) => ({
          value: id,
          label: <AgencyText text={label} mark={false} />,
        }))}
      />
      <Checkboxes
        name="inputs"
        label={t('inputs')}
        options={record.inputs.map(({ name, label }) => ({
          value: name,
          label: <AgencyText text={label} mark={false} />,
        }))}
      />
      <TextField name="title_fr" label={t('lawTitle')} maxlength={400} />
      <TextField name="title_ar" label={t('lawTitleAr')} maxlength={400} dir="rtl" />
      <TextField name="article" label={t('article')} size={12} maxlength={60} />
      <TextField name="source" label={t('source')} maxlength={300} />
      <Select
        name="certainty"
        label={t('certainty')}
        options={CERTAINTIES.map((value) => ({ value, label: words.text(value) }))}
      />
      <TextArea name="because_fr" label={t('because')} />
      <TextArea name="because_ar" label={t('becauseAr')} />
      <DateField name="until" label={t('untilField')} hint={t('untilHint')} />
      <Actions>
        <Button>{t('send')}</Button>
        <ButtonLink href={base} variant="secondary">
          {t('choose')}
        </ButtonLink>
      </Actions>
    </Form>
  );
}

function Court({ base, staff, openings, values, errors, of }: WithheldPageProps) {
  const t = useT(m);
  const { lang: _ } = useSite();
  const mine = of === 'court';
  const orderOf = (row: OpeningRow) => {
    const { court, number, date } = JSON.parse(row.court_order) as Record<string, string>;
    return (
      <>
        <bdi>{court}</bdi>, <bdi>{number}</bdi>, <DateText value={date ?? ''} />
      </>
    );
  };
  return (
    <section>
      <h2>{t('court')}</h2>
      <p>{t('courtLead')}</p>
      {openings.length > 0 && (
        <Table
          caption={t('court')}
          captionHidden
          dense
          rows={openings}
          columns={[
            { header: t('order'), rowHeader: true, cell: orderOf },
            {
              header: t('state'),
              cell: (row) =>
                row.opened_at !== null ? (
                  t('carriedOut')
                ) : row.asked_by === staff.staffId ? (
                  t('asked')
                ) : (
                  <Form action={`${base}/court/${row.opening_id}`}>
                    <Button variant="secondary">{t('carryOut')}</Button>
                  </Form>
                ),
            },
          ]}
        />
      )}
      <Form action={`${base}/court`} values={mine ? values : undefined} errors={mine ? errors : undefined}>
        <TextField name="reference" label={t('reference')} size={12} maxlength={20} dir="ltr" />
        <TextField name="court" label={t('courtName')} maxlength={200} />
        <TextField name="number" label={t('orderNumber')} size={16} maxlength={60} />
        <DateField name="date" label={t('orderDate')} />
        <Button>{t('record')}</Button>
      </Form>
    </section>
  );
}
