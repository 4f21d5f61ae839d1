import type { FactValue } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import type { Input } from '../register/record.ts';
import { AgencyText, Decimal, useT } from '../web/index.ts';
import { m } from './messages.ts';

/** A recorded fact in words: its number with the unit, the choice's own label, yes or no. */
export function FactText({ input, value }: { input: Input; value: FactValue | undefined }): Child {
  const t = useT(m);
  if (value === undefined) return <em>{t('notRecorded')}</em>;
  switch (input.type) {
    case 'boolean':
      return <>{t(value === true ? 'yes' : 'no')}</>;
    case 'choice': {
      const label = input.values.find((v) => v.value === value)?.label;
      return label === undefined ? String(value) : <AgencyText text={label} mark={false} />;
    }
    default:
      return (
        <>
          <Decimal value={String(value)} />
          {input.unit && (
            <>
              {'\u00a0'}
              <AgencyText text={input.unit} mark={false} />
            </>
          )}
        </>
      );
  }
}
