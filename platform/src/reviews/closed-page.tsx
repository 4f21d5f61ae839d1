import { staffHref } from '../access/index.ts';
import { Alert, ButtonLink, Page, useSite, useT } from '../web/index.ts';
import type { ReviewClock } from './clock.ts';
import type { ReviewRow } from './find.ts';
import type { Involvement } from './involvement.ts';
import { m } from './messages.ts';
import { closed } from './messages-closed.ts';

/** Why a request for review stays closed to somebody. */
export type Closure =
  | { readonly why: 'involved'; readonly how: Involvement }
  | { readonly why: 'other' | 'not-certified' | 'not-competent' | 'contested' };

interface ClosedProps {
  readonly closure: Closure;
  readonly review: ReviewRow;
  readonly clock: ReviewClock;
  readonly staffId: string;
}

/** The request is closed to this person: why, and what happens to it. Nothing of the file is on this page. */
export function ClosedPage({ closure, review, clock, staffId }: ClosedProps) {
  const t = useT(closed);
  const words = useT(m);
  const { lang } = useSite();
  const mine = review.status === 'assigned' && review.assigned_to === staffId;
  const next =
    review.status === 'decided'
      ? 'nextDecided'
      : mine
        ? 'nextMine'
        : review.status === 'open'
          ? 'nextOpen'
          : 'nextAssigned';
  return (
    <Page kind="staff" title={t.text(`${closure.why}Title`)}>
      <h1>{t(`${closure.why}Title`)}</h1>
      {closure.why === 'involved' ? (
        <Alert tone="attention" title={t(closure.how)}>
          <p>{t('involvedText')}</p>
        </Alert>
      ) : (
        <p class="ta-lead">{t(`${closure.why}Text`)}</p>
      )}
      <h2>{t('next')}</h2>
      <p>{next === 'nextDecided' ? t(next) : t(next, { due: clock.due.toString() })}</p>
      <p>{t('nothingShown')}</p>
      <ButtonLink href={staffHref(lang, review.authority_id, 'reviews')} variant="secondary">
        {words('back')}
      </ButtonLink>
    </Page>
  );
}
