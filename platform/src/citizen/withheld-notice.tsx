import type { DecisionView } from '../decisions/view.ts';
import { AgencyText, Alert, useSite, useT } from '../web/index.ts';
import { withheldMessages } from './messages-withheld.ts';

/** Says that part of the reasons is withheld, under which article, until when, and how to contest it. */
export function WithheldNotice({ of }: { of: DecisionView }) {
  const t = useT(withheldMessages);
  const { lang } = useSite();
  if (of.withheld === undefined) return null;
  return (
    <Alert tone="attention" title={t('title')}>
      {of.withheld.under.map(({ basis, because, until }) => (
        <>
          <p>
            {t('under', {
              law: <AgencyText text={basis.title} mark={false} />,
              article: <bdi>{basis.article}</bdi>,
              source: (
                <>
                  <bdi>{basis.source}</bdi> ({t(basis.certainty)})
                </>
              ),
            })}
          </p>
          <p>{t('because', { because: <AgencyText text={because} mark={false} /> })}</p>
          <p>{t('until', { day: until })}</p>
        </>
      ))}
      <p>{t('weighs')}</p>
      <p>
        {t('contest', {
          review: (text) => (
            <a class="ds-link" href={`/${lang}/case/review`}>
              {text}
            </a>
          ),
        })}
      </p>
    </Alert>
  );
}
