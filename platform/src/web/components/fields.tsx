import type { Child } from 'hono/jsx';
import { webMessages } from '../messages-web.ts';
import { useT } from '../site.ts';
import { FieldFrame, type FieldProps, Group, useField } from './form.tsx';

export interface TextFieldProps extends FieldProps {
  /** Shown until the person types something else. */
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url';
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'tel';
  readonly autocomplete?: string;
  /** Number of characters expected: the field is that wide. */
  readonly size?: number;
  readonly maxlength?: number;
  /** `ltr` for codes, numbers and addresses in an Arabic page; by default the text decides. */
  readonly dir?: 'ltr' | 'rtl' | 'auto';
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const field = useField(props.name, props.hint, props.value);
  return (
    <FieldFrame {...props} field={field}>
      <input
        class="ds-input"
        type={props.type ?? 'text'}
        id={field.id}
        name={props.name}
        value={props.type === 'password' ? '' : field.value}
        inputmode={props.inputmode}
        autocomplete={props.autocomplete ?? 'off'}
        size={props.size}
        maxlength={props.maxlength}
        dir={props.dir ?? 'auto'}
        aria-invalid={field.error ? 'true' : undefined}
        aria-describedby={field.describedBy}
      />
    </FieldFrame>
  );
}

/** A 12-digit code as printed in groups of four; read it with `parseCode`, which forgives spaces and digits' script. */
export function CodeField(props: FieldProps) {
  const t = useT(webMessages);
  return (
    <TextField
      {...props}
      hint={props.hint ?? t('codeHint')}
      inputmode="numeric"
      size={18}
      maxlength={24}
      dir="ltr"
    />
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { value?: string; rows?: number; maxlength?: number }) {
  const field = useField(props.name, props.hint, props.value);
  return (
    <FieldFrame {...props} field={field}>
      <textarea
        class="ds-input"
        id={field.id}
        name={props.name}
        rows={props.rows ?? 6}
        maxlength={props.maxlength}
        dir="auto"
        aria-invalid={field.error ? 'true' : undefined}
        aria-describedby={field.describedBy}
      >
        {`\n${field.value}`}
      </textarea>
    </FieldFrame>
  );
}

export interface Option {
  readonly value: string;
  readonly label: Child;
  readonly hint?: Child;
}

export interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[];
}

/** One answer among a few. */
export function Radios(props: ChoiceProps & { value?: string }) {
  return <Choices {...props} type="radio" fallback={props.value} />;
}

/** Any number of answers among a few. */
export function Checkboxes(props: ChoiceProps & { value?: readonly string[] }) {
  return <Choices {...props} type="checkbox" fallback={props.value} />;
}

type ChoicesProps = ChoiceProps & {
  type: 'radio' | 'checkbox';
  fallback?: string | readonly string[] | undefined;
};

function Choices(props: ChoicesProps) {
  const field = useField(props.name, props.hint, props.fallback);
  return (
    <Group {...props} field={field}>
      {props.options.map((option, index) => {
        const id = index === 0 ? field.id : `${field.id}-${index + 1}`;
        return (
          <div class="ds-field ta-choice">
            <input
              class="ds-input"
              type={props.type}
              id={id}
              name={props.name}
              value={option.value}
              checked={field.values.includes(option.value)}
              aria-describedby={option.hint ? `${id}-about` : undefined}
            />
            <label class="ds-label" for={id}>
              {option.label}
            </label>
            {option.hint && (
              <p class="ta-hint" id={`${id}-about`}>
                {option.hint}
              </p>
            )}
          </div>
        );
      })}
    </Group>
  );
}

/** One answer among many. `<option>` holds text only, so its labels are strings. */
export function Select(
  props: FieldProps & { value?: string; options: readonly { value: string; label: string }[] },
) {
  const t = useT(webMessages);
  const field = useField(props.name, props.hint, props.value);
  return (
    <FieldFrame {...props} field={field}>
      <select
        class="ds-input"
        id={field.id}
        name={props.name}
        data-width="auto"
        aria-invalid={field.error ? 'true' : undefined}
        aria-describedby={field.describedBy}
      >
        <option value="" lang={t.lang('choose')}>
          {t.text('choose')}
        </option>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === field.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** A file to send; the form needs `files`. A browser never sends back a file: ask for it again after an error. */
export function FileField(props: FieldProps & { accept?: string; multiple?: boolean }) {
  const field = useField(props.name, props.hint);
  return (
    <FieldFrame {...props} field={field}>
      <input
        class="ta-file"
        type="file"
        id={field.id}
        name={props.name}
        accept={props.accept}
        multiple={props.multiple}
        aria-invalid={field.error ? 'true' : undefined}
        aria-describedby={field.describedBy}
      />
    </FieldFrame>
  );
}
