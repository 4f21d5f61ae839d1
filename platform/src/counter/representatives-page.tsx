import type { CitizenCase } from '../citizen/case-view.ts';
import { deathOf, type RecordedRepresentative } from '../citizen/index.ts';
import {
  Button,
  DateField,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Radios,
  readDate,
  SummaryList,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { type DeathFaults, DeathPart } from './death-part.tsx';
import { m } from './messages.ts';
import { CAPACITIES, CAPACITY_DOCUMENTS, type NewRepresentative } from './representatives.ts';
import { VisitPage, visitHref } from './shell.tsx';
import type { Visit } from './visits.ts';

const DOCUMENT_LABELS = {
  'written-mandate': 'writtenMandate',
  'notarial-mandate': 'notarialMandate',
  'court-order': 'courtOrder',
  'family-booklet': 'familyBooklet',
  'inheritance-deed': 'inheritanceDeed',
  other: 'otherPaper',
} as const satisfies Record<(typeof CAPACITY_DOCUMENTS)[number], string>;

export type RepresentativeFaults = Readonly<
  Record<string, 'needCapacity' | 'needName' | 'needDocument' | 'needUntil'>
>;

/** Who may act, as typed, or what is wrong with it. */
export function readRepresentative(
  values: FormValues,
): { given: NewRepresentative } | { faults: RepresentativeFaults } {
  const capacity = CAPACITIES.find((one) => one === values.capacity);
  const document = CAPACITY_DOCUMENTS.find((one) => one === values.document);
  const name = typeof values.name === 'string' ? values.name.trim() : '';
  const until = readDate(values, 'until');
  if (capacity !== undefined && document !== undefined && name !== '' && name.length <= 200 && until) {
    return { given: { capacity, document, name, until } };
  }
  const faults: RepresentativeFaults = {
    ...(capacity === undefined ? { capacity: 'needCapacity' as const } : {}),
    ...(name === '' || name.length > 200 ? { name: 'needName' as const } : {}),
    ...(document === undefined ? { document: 'needDocument' as const } : {}),
    ...(until ? {} : { until: 'needUntil' as const }),
  };
  return { faults };
}

export interface RepresentativesPageProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly active: readonly RecordedRepresentative[];
  readonly values?: FormValues;
  readonly faults?: RepresentativeFaults;
  /** The form of a death was refused. */
  readonly deathFaults?: DeathFaults;
}

/** Who may act for the person: recorded with capacity, document seen and expiry, or ended. */
export function RepresentativesPage({
  visit,
  of,
  active,
  values = {},
  faults = {},
  deathFaults,
}: RepresentativesPageProps) {
  const t = useT(m);
  const dead = deathOf(of.life) !== undefined;
  const errors: FormErrors = Object.fromEntries(
    Object.entries(faults).map(([field, key]) => [field, t(key)]),
  );
  return (
    <VisitPage
      visit={visit}
      of={of}
      page="representatives"
      title={t('representatives')}
      plainTitle={t.text('representatives')}
      invalid={Object.keys(faults).length > 0}
    >
      {active.length === 0 ? (
        <EmptyState title={t('noRepresentative')}>
          <p>{t('noRepresentativeText')}</p>
        </EmptyState>
      ) : (
        active.map((one) => <Active visit={visit} one={one} />)
      )}
      <h2>{t('record')}</h2>
      <p>{t('representativesText')}</p>
      <Form values={values} errors={errors}>
        <Radios
          name="capacity"
          label={t('capacity')}
          options={CAPACITIES.filter((value) => (value === 'heir') === dead).map((value) => ({
            value,
            label: t(value),
          }))}
        />
        <TextField name="name" label={t('name')} maxlength={200} />
        <Radios
          name="document"
          label={t('documentSeen')}
          hint={t('documentHint')}
          options={CAPACITY_DOCUMENTS.map((value) => ({ value, label: t(DOCUMENT_LABELS[value]) }))}
        />
        <DateField name="until" label={t('until')} />
        <Button>{t('record')}</Button>
      </Form>
      <DeathPart visit={visit} of={of} values={values} faults={deathFaults} />
    </VisitPage>
  );
}

function Active({ visit, one }: { visit: Visit; one: RecordedRepresentative }) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <>
      <SummaryList
        items={[
          { term: t('name'), value: <bdi>{one.name}</bdi> },
          { term: t('capacity'), value: t(one.capacity) },
          { term: t('until'), value: <DateText value={one.until} /> },
        ]}
      />
      <Form action={`${visitHref(lang, visit, 'representatives')}/end`}>
        <input type="hidden" name="representative" value={one.representativeId} />
        <Button variant="tertiary">{t('stop')}</Button>
      </Form>
    </>
  );
}
