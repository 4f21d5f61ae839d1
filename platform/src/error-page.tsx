import type { PlatformError } from './errors.ts';
import { m } from './messages-errors.ts';
import { DefinitionHelp, Page, type PageKind, useSite, useT } from './web/index.ts';

type Story = 'notFound' | 'forbidden' | 'wait' | 'erased' | 'conflict' | 'broken';

function storyOf(error: PlatformError): Story {
  if (error.code === 'not-found') return 'notFound';
  if (error.code === 'rate-limited') return 'wait';
  if (error.code === 'erased') return 'erased';
  if (error.status === 401 || error.status === 403) return 'forbidden';
  return error.status >= 500 ? 'broken' : 'conflict';
}

/** An error as a page: what it means for the person, that nothing changed, and how to reach a human. */
export function ErrorPage({ error, kind }: { error: PlatformError; kind: PageKind }) {
  const t = useT(m);
  const { lang } = useSite();
  const story = storyOf(error);
  return (
    <Page kind={kind} title={t.text(`${story}Title`)}>
      <h1>{t(`${story}Title`)}</h1>
      <p class="ta-lead">{t(`${story}Text`)}</p>
      {story === 'erased' && (
        <p>
          {t('erasedCheck', {
            link: (text) => (
              <a class="ds-link" href={`/${lang}/receipt`}>
                {text}
              </a>
            ),
          })}
        </p>
      )}
      <p>{t('human')}</p>
      {kind === 'staff' && (
        <DefinitionHelp summary={t('technical')}>
          <p lang="en" dir="ltr">
            {error.message} {error.details.mend}
          </p>
        </DefinitionHelp>
      )}
    </Page>
  );
}
