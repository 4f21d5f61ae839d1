import {
  Button,
  DateField,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Radios,
  Select,
  type State,
  Table,
  Tag,
  TextField,
  useT,
} from '../web/index.ts';
import type { Act } from './acts.ts';
import { Withdraw } from './certificate-parts.tsx';
import type { ListedDelegation } from './delegations.ts';
import { m } from './messages.ts';
import type { Standing } from './validity.ts';

const ACT_WORDS = {
  'confirm-adverse': 'confirmAdverse',
  'decide-review': 'decideReview',
} as const satisfies Record<Act, string>;

const STANDINGS = {
  valid: { state: 'good', word: 'valid' },
  future: { state: 'wait', word: 'future' },
  ended: { state: 'neutral', word: 'ended' },
  revoked: { state: 'bad', word: 'withdrawn' },
} as const satisfies Record<Standing, { state: State; word: string }>;

interface DelegationTableProps {
  readonly delegations: readonly ListedDelegation[];
  readonly revoke?: string | undefined;
}

export function DelegationTable({ delegations, revoke }: DelegationTableProps) {
  const t = useT(m);
  return (
    <Table
      caption={t('delegations')}
      captionHidden
      rows={delegations}
      empty={
        <EmptyState title={t('noDelegations')}>
          <p>{t('noDelegationsText')}</p>
        </EmptyState>
      }
      columns={[
        { header: t('act'), rowHeader: true, cell: (d) => t(ACT_WORDS[d.act]) },
        {
          header: t('system'),
          cell: (d) => (d.scope === 'all' ? t('allSystems') : <Machine>{d.scope}</Machine>),
        },
        { header: t('from'), cell: (d) => <DateText value={d.from} style="medium" /> },
        { header: t('to'), cell: (d) => <DateText value={d.to} style="medium" /> },
        { header: t('instrument'), cell: (d) => <bdi>{d.instrument}</bdi> },
        {
          header: t('state'),
          cell: (d) => <Tag state={STANDINGS[d.standing].state}>{t(STANDINGS[d.standing].word)}</Tag>,
        },
        ...(revoke === undefined
          ? []
          : [
              {
                header: t('withdraw'),
                cell: (d: ListedDelegation) => (
                  <Withdraw action={revoke} id={d.delegationId} standing={d.standing} />
                ),
              },
            ]),
      ]}
    />
  );
}

interface DelegationFormProps {
  readonly action: string;
  readonly today: string;
  readonly systems: readonly string[];
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

export function DelegationForm({ action, today, systems, values, errors }: DelegationFormProps) {
  const t = useT(m);
  return (
    <Form action={action} values={values} errors={errors}>
      <Radios
        name="act"
        label={t('act')}
        options={Object.entries(ACT_WORDS).map(([value, word]) => ({ value, label: t(word) }))}
      />
      <Select
        name="scope"
        label={t('system')}
        options={[
          { value: 'all', label: t.text('allSystems') },
          ...systems.map((id) => ({ value: id, label: id })),
        ]}
      />
      <DateField name="delegation-from" label={t('from')} value={today} />
      <DateField name="delegation-to" label={t('to')} />
      <TextField name="instrument" label={t('instrument')} hint={t('instrumentHint')} maxlength={200} />
      <Button>{t('record')}</Button>
    </Form>
  );
}
