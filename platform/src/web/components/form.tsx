import { type Child, createContext, useContext } from 'hono/jsx';
import { webMessages } from '../messages-web.ts';
import { useSite, useT } from '../site.ts';
import { Icon } from './icons.tsx';

/** What the person typed, by field name, exactly as received. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>;
/** What is wrong, by field name, in words that say how to mend it. */
export type FormErrors = Readonly<Record<string, Child>>;

interface FormState {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

const FormContext = createContext<FormState>({ values: {}, errors: {} });

export interface FormProps {
  /** Default: the page's own address. */
  readonly action?: string;
  readonly method?: 'post' | 'get';
  /** Every value typed so far: nothing is lost when something is wrong. */
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
  /** The form sends files. */
  readonly files?: boolean;
  readonly children: Child;
}

/** A form. Shows the error summary above itself, and sends the CSRF token with every POST. */
export function Form({ action, method = 'post', values = {}, errors = {}, files, children }: FormProps) {
  const { csrf } = useSite();
  return (
    <>
      <ErrorSummary errors={errors} />
      <form
        class="ta-form"
        method={method}
        action={action}
        enctype={files ? 'multipart/form-data' : undefined}
        novalidate
      >
        {method === 'post' && csrf && <input type="hidden" name="csrf" value={csrf} />}
        <FormContext.Provider value={{ values, errors }}>{children}</FormContext.Provider>
      </form>
    </>
  );
}

/** Every error of a form, each a link to its field. `<Form>` already shows it. */
export function ErrorSummary({ errors }: { errors: FormErrors }) {
  const t = useT(webMessages);
  const entries = Object.entries(errors).filter(([, message]) => message);
  if (entries.length === 0) return null;
  return (
    <div class="ds-error-summary ta-errors" role="alert" tabindex={-1} aria-labelledby="errors">
      <h2 id="errors">{t('errorSummary', { n: entries.length })}</h2>
      <ul>
        {entries.map(([name, message]) => (
          <li>
            <a class="ds-link" href={`#${fieldId(name)}`}>
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The `id` of the control of a field, or of the first control of a group. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^\w-]/g, '_')}`;
}

export interface FieldState {
  readonly id: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly error: Child;
  /** For `aria-describedby`. */
  readonly describedBy: string | undefined;
}

/** What a field shows: the value typed before the default, its error, its identifiers. */
export function useField(name: string, hint: Child, fallback?: string | readonly string[]): FieldState {
  const { values, errors } = useContext(FormContext);
  const id = fieldId(name);
  const raw = values[name] ?? fallback ?? '';
  const list = typeof raw === 'string' ? (raw === '' ? [] : [raw]) : raw;
  const error = errors[name];
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return { id, value: list[0] ?? '', values: list, error, describedBy: described || undefined };
}

export interface FieldProps {
  readonly name: string;
  readonly label: Child;
  readonly hint?: Child;
  /** Says "(optional)" after the label; everything else is expected. */
  readonly optional?: boolean;
}

/** Label, hint and error around one control. */
export function FieldFrame(props: FieldProps & { field: FieldState; children: Child }) {
  const { field } = props;
  return (
    <div class="ds-field ta-field" data-invalid={field.error ? '' : undefined}>
      <label class="ds-label" for={field.id}>
        {props.label}
        {props.optional && <Optional />}
      </label>
      {props.hint && (
        <p class="ta-hint" id={`${field.id}-hint`}>
          {props.hint}
        </p>
      )}
      <FieldError field={field} />
      {props.children}
    </div>
  );
}

/** Legend, hint and error around several controls that answer one question. */
export function Group(props: FieldProps & { field: FieldState; children: Child }) {
  const { field } = props;
  return (
    <div class="ta-field" data-invalid={field.error ? '' : undefined}>
      <fieldset class="ds-fieldset" aria-describedby={field.describedBy}>
        <legend class="ds-label">
          {props.label}
          {props.optional && <Optional />}
        </legend>
        {props.hint && (
          <p class="ta-hint" id={`${field.id}-hint`}>
            {props.hint}
          </p>
        )}
        <FieldError field={field} />
        {props.children}
      </fieldset>
    </div>
  );
}

function Optional() {
  const t = useT(webMessages);
  return <span class="ta-optional"> {t('optional')}</span>;
}

function FieldError({ field }: { field: FieldState }) {
  if (!field.error) return null;
  return (
    <p class="ta-error" id={`${field.id}-error`}>
      <Icon name="warning" />
      <span>{field.error}</span>
    </p>
  );
}
