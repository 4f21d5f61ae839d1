import { roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import type { Assessment } from '../../decisions/assess.ts';
import { type Corrections, previewCorrections } from '../../reviews/index.ts';
import { AgencyText, Callout, Decimal, useT } from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { request } from '../messages-request.ts';
import { mayBeAdvised } from '../what-would-change.ts';

const DECIMALS = 3;

/**
 * Whether a person is shown what their corrections would lead to: only where every fact that they correct is one that may
 * be spoken of at all (I6). For other facts the desk sees it, the person does not.
 */
export function mayPreview({ record }: CitizenCase, corrections: Corrections): boolean {
  const names = Object.keys(corrections);
  return (
    names.length > 0 &&
    names.every((name) => record.inputs.some((input) => input.name === name && mayBeAdvised(input)))
  );
}

/** What the rule gives on the facts as the person says they are, before anything is sent. Nothing is decided by it. */
export async function previewFor(of: CitizenCase, corrections: Corrections): Promise<Assessment | undefined> {
  if (!mayPreview(of, corrections)) return undefined;
  const { system, facts } = of.present;
  return (await previewCorrections(system, facts, corrections)).assessed;
}

export function CorrectedPreview({ of, assessed }: { of: CitizenCase; assessed: Assessment }): Child {
  const t = useT(request);
  const { explanation, effect } = of.present;
  const now = assessed.explanation;
  return (
    <Callout title={t('previewTitle')}>
      <p>
        {assessed.effect === 'favourable' && effect !== 'favourable'
          ? t('previewFavourable', {
              outcome: <AgencyText text={of.record.outcomes.favourable} mark={false} />,
            })
          : t('previewSame')}
      </p>
      {now.form === 'additive' && explanation.form === 'additive' && (
        <p>
          {t('previewScore', {
            score: <Decimal value={roundExplanation(now, DECIMALS).score} />,
            before: <Decimal value={roundExplanation(explanation, DECIMALS).score} />,
            threshold: <Decimal value={roundExplanation(now, DECIMALS).threshold} />,
          })}
        </p>
      )}
    </Callout>
  );
}
