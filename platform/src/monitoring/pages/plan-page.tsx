import type { Child } from 'hono/jsx';
import {
  AgencyText,
  Button,
  DateField,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  Radios,
  TextArea,
  TextField,
  useT,
} from '../../web/index.ts';
import type { MonitorView, UnwatchedView } from './load.ts';
import { m } from './messages.ts';
import { declarations } from './messages-declarations.ts';

interface FormPageProps {
  readonly view: MonitorView | UnwatchedView;
  readonly values: FormValues;
  readonly errors?: FormErrors | undefined;
}

function FormFrame({
  view,
  title,
  text,
  errors = {},
  children,
}: FormPageProps & { title: 'planTitle' | 'basisTitle'; text: 'planText' | 'basisText'; children: Child }) {
  const t = useT(m);
  const d = useT(declarations);
  return (
    <Page kind="staff" title={d.text(title)} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={view.here}>
          {t('overview')}
        </a>
      </p>
      <h1>{d(title)}</h1>
      <p class="ta-lead">
        <AgencyText text={view.system.record.name} mark={false} />
      </p>
      <p>{d(text)}</p>
      {children}
    </Page>
  );
}

/** A supervisor declares how a system is watched. */
export function PlanPage(props: FormPageProps) {
  const d = useT(declarations);
  return (
    <FormFrame {...props} title="planTitle" text="planText">
      <Form values={props.values} errors={props.errors ?? {}}>
        <TextArea name="groups" label={d('groupsField')} hint={d('groupsHint')} rows={7} maxlength={2000} />
        <TextField
          name="tolerance"
          label={d('toleranceField')}
          hint={d('toleranceHint')}
          size={6}
          maxlength={5}
          inputmode="decimal"
          dir="ltr"
        />
        <TextArea name="justification_ar" label={d('justificationAr')} rows={4} maxlength={1000} optional />
        <TextArea name="justification_fr" label={d('justificationFr')} rows={4} maxlength={1000} optional />
        <Radios
          name="on_breach"
          label={d('onBreach')}
          options={[
            { value: 'notify', label: d('notify') },
            { value: 'suspend', label: d('suspend') },
          ]}
        />
        <Button>{d('declare')}</Button>
      </Form>
    </FormFrame>
  );
}

/** The data protection officer records on what ground protected attributes may be opened. */
export function BasisPage(props: FormPageProps) {
  const d = useT(declarations);
  return (
    <FormFrame {...props} title="basisTitle" text="basisText">
      <Form values={props.values} errors={props.errors ?? {}}>
        <TextArea name="title_ar" label={d('basisTitleAr')} rows={2} maxlength={400} optional />
        <TextArea name="title_fr" label={d('basisTitleFr')} rows={2} maxlength={400} optional />
        <TextField name="article" label={d('basisArticle')} size={12} maxlength={60} optional />
        <TextField
          name="attributes"
          label={d('basisAttributes')}
          hint={d('basisAttributesHint')}
          size={40}
          maxlength={400}
          dir="ltr"
        />
        <DateField name="from" label={d('basisFrom')} />
        <DateField name="to" label={d('basisTo')} />
        <Button>{d('record')}</Button>
      </Form>
    </FormFrame>
  );
}
