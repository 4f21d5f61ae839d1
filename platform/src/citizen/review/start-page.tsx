import { collective } from '../../reviews/collective/messages.ts';
import { Actions, Button, ButtonLink, Callout, Form, useSite, useT } from '../../web/index.ts';
import { review } from '../messages-review.ts';
import { CasePage } from '../shell.tsx';

/** What a review is, before the first question. `begun`: answers are kept from before. */
export function StartPage({ begun, next }: { begun: boolean; next: string }) {
  const t = useT(review);
  const c = useT(collective);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('title')}>
      <h1>{t('title')}</h1>
      <Callout>
        <p>{t('can')}</p>
        <Actions>
          <ButtonLink href={`/${lang}/case/review/${next}`}>{t(begun ? 'goOn' : 'start')}</ButtonLink>
        </Actions>
        <p>{t('canCounter')}</p>
      </Callout>
      <ul>
        <li>{t('whatFree')}</li>
        <li>{t('whatOther')}</li>
        <li>{t('whatDates')}</li>
        <li>{t('whatCourt')}</li>
        <li>
          <a class="ds-link" href={`/${lang}/case/collective`}>
            {c('joinTitle')}
          </a>
        </li>
      </ul>
      {begun && (
        <Form action={`/${lang}/case/review/discard`}>
          <Button variant="tertiary">{t('startOver')}</Button>
        </Form>
      )}
    </CasePage>
  );
}
