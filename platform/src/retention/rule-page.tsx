import { CERTAINTIES, CERTAINTY_TEXTS } from '@taalil/norms';
import { useNormText } from '../conformity/norm-text.tsx';
import {
  AgencyText,
  Button,
  Form,
  type FormErrors,
  type FormValues,
  type LocalText,
  Page,
  Radios,
  TextField,
  useT,
} from '../web/index.ts';
import type { RuleInForce } from './in-force.ts';
import { m } from './messages.ts';
import { PLATFORM } from './rules.ts';

export interface RulePageProps {
  readonly inForce: RuleInForce;
  /** Of the system; undefined for what belongs to none. */
  readonly name: LocalText | undefined;
  readonly home: string;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** Sets how long something of a system is kept. */
export function RulePage({ inForce, name, home, values, errors = {} }: RulePageProps) {
  const t = useT(m);
  const normText = useNormText();
  const { rule, days, basis } = inForce;
  const [least = 0, most = 0] = rule.settable ?? [];
  const own = basis.source === PLATFORM ? undefined : basis;
  return (
    <Page kind="staff" title={t.text(rule.id)} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={home}>
          {t('back')}
        </a>
      </p>
      <h1>{t(rule.id)}</h1>
      <p class="ta-lead">{name === undefined ? t('ofNoSystem') : <AgencyText text={name} />}</p>
      <p>{t('setLead')}</p>
      <Form values={values} errors={errors}>
        <TextField
          name="days"
          label={t('daysField')}
          hint={t('daysHint', { least, most })}
          inputmode="numeric"
          size={6}
          maxlength={5}
          dir="ltr"
          value={String(days ?? '')}
        />
        <TextField
          name="basis"
          label={t('basisField')}
          hint={t('basisHint')}
          maxlength={300}
          value={own?.source ?? ''}
        />
        <Radios
          name="certainty"
          label={t('certaintyField')}
          value={own?.certainty ?? ''}
          options={CERTAINTIES.map((value) => ({ value, label: normText(CERTAINTY_TEXTS[value]) }))}
        />
        <Button>{t('save')}</Button>
      </Form>
    </Page>
  );
}
