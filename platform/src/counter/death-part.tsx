import type { Child } from 'hono/jsx';
import type { CitizenCase } from '../citizen/case-view.ts';
import { deathOf } from '../citizen/index.ts';
import {
  Button,
  DateField,
  DefinitionHelp,
  Form,
  type FormErrors,
  type FormValues,
  Radios,
  readDate,
  useSite,
  useT,
} from '../web/index.ts';
import { DEATH_DOCUMENTS, type Death } from './death.ts';
import { death } from './messages-death.ts';
import { visitHref } from './shell.tsx';
import type { Visit } from './visits.ts';

export type DeathFaults = Readonly<Record<string, 'needDocument' | 'needDay'>>;

/** A death as typed, or what is wrong with it. */
export function readDeath(values: FormValues): { given: Death } | { faults: DeathFaults } {
  const document = DEATH_DOCUMENTS.find((one) => one === values.deathDocument);
  const on = readDate(values, 'on');
  if (document !== undefined && on) return { given: { document, on } };
  return {
    faults: {
      ...(document === undefined ? { deathDocument: 'needDocument' as const } : {}),
      ...(on ? {} : { on: 'needDay' as const }),
    },
  };
}

interface DeathPartProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly values: FormValues;
  readonly faults?: DeathFaults | undefined;
}

/** The death of the person: recorded on a document, mended when it was wrong. */
export function DeathPart({ visit, of, values, faults }: DeathPartProps): Child {
  const t = useT(death);
  const { lang } = useSite();
  const recorded = deathOf(of.life);
  const at = `${visitHref(lang, visit, 'representatives')}/death`;
  if (recorded !== undefined) {
    return (
      <>
        <h2>{t('title')}</h2>
        <p>{t('recorded', { on: recorded.on })}</p>
        <p>{t('open')}</p>
        <Form action={`${at}/correct`}>
          <Button variant="tertiary">{t('correct')}</Button>
        </Form>
      </>
    );
  }
  const errors: FormErrors = Object.fromEntries(
    Object.entries(faults ?? {}).map(([field, key]) => [field, t(key)]),
  );
  return (
    <DefinitionHelp summary={t('title')} open={faults !== undefined}>
      <p>{t('open')}</p>
      <Form action={at} values={values} errors={errors}>
        <Radios
          name="deathDocument"
          label={t('document')}
          options={DEATH_DOCUMENTS.map((value) => ({ value, label: t(value) }))}
        />
        <DateField name="on" label={t('day')} />
        <Button variant="secondary">{t('record')}</Button>
      </Form>
    </DefinitionHelp>
  );
}
