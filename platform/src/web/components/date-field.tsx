import { webMessages } from '../messages-web.ts';
import { useT } from '../site.ts';
import { type FieldProps, type FormValues, fieldId, Group, useField } from './form.tsx';

const PARTS = [
  { part: 'day', size: 2 },
  { part: 'month', size: 2 },
  { part: 'year', size: 4 },
] as const;

/**
 * A date typed as day, month and year, in the fields `name-day`, `name-month`, `name-year`; read it with
 * {@link readDate}. Its error is the one of `name`.
 */
export function DateField(props: FieldProps & { value?: string }) {
  const t = useT(webMessages);
  const group = useField(props.name, props.hint);
  const [year, month, day] = props.value?.split('-') ?? [];
  const defaults = { day, month, year };
  return (
    <Group {...props} field={group}>
      <div class="ta-date">
        {PARTS.map(({ part, size }) => (
          <DatePart
            name={`${props.name}-${part}`}
            id={part === 'day' ? group.id : fieldId(`${props.name}-${part}`)}
            label={t(part)}
            value={defaults[part]}
            size={size}
            invalid={Boolean(group.error)}
          />
        ))}
      </div>
    </Group>
  );
}

interface DatePartProps {
  readonly name: string;
  readonly id: string;
  readonly label: ReturnType<ReturnType<typeof useT>>;
  readonly value: string | undefined;
  readonly size: number;
  readonly invalid: boolean;
}

function DatePart(props: DatePartProps) {
  const field = useField(props.name, undefined, props.value);
  return (
    <div>
      <label class="ds-label" for={props.id}>
        {props.label}
      </label>
      <input
        class="ds-input"
        type="text"
        inputmode="numeric"
        id={props.id}
        name={props.name}
        value={field.value}
        maxlength={props.size}
        dir="ltr"
        autocomplete="off"
        aria-invalid={props.invalid ? 'true' : undefined}
      />
    </div>
  );
}

/**
 * The date typed into a {@link DateField}.
 *
 * @returns `YYYY-MM-DD`; `''` when all three parts are empty; undefined when it is no date of the calendar.
 */
export function readDate(values: FormValues, name: string): string | undefined {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => {
    const value = values[`${name}-${part}`];
    return typeof value === 'string' ? value.trim() : '';
  });
  if (!year && !month && !day) return '';
  if (![year, month, day].every((part) => part && /^\d{1,4}$/.test(part)) || year?.length !== 4)
    return undefined;
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}
