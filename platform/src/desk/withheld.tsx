import type { DecisionView } from '../decisions/view.ts';
import { AgencyText, Alert, useT } from '../web/index.ts';
import { caseMessages } from './messages-case.ts';

/** What the person does not see of this file: for the reviewer, who decides on all of it. */
export function WithheldFromPerson({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  const { withheld, system } = of;
  if (withheld === undefined) return null;
  const { inputs, reasons } = system.record;
  const labels = [
    ...reasons.filter(({ id }) => withheld.reasons.includes(id)),
    ...inputs.filter(({ name }) => withheld.inputs.includes(name)),
  ].map(({ label }) => label);
  const last =
    withheld.under
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? '';
  return (
    <Alert tone="attention" title={t('withheldTitle')}>
      <p>{t('withheldText', { day: last })}</p>
      <ul>
        {labels.map((label) => (
          <li>
            <AgencyText text={label} mark={false} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
