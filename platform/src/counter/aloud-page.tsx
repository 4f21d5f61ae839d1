import type { CitizenCase } from '../citizen/case-view.ts';
import type { Review } from '../reviews/index.ts';
import { Alert, LANGUAGES, useSite, useT } from '../web/index.ts';
import { aloudParts } from './aloud.ts';
import { m } from './messages.ts';
import { VisitPage } from './shell.tsx';
import type { Visit } from './visits.ts';

export interface AloudPageProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly reviews: readonly Review[];
  /** Something was just recorded. */
  readonly done?: boolean;
}

/** The file to be read to the person, one sentence a line, large. */
export function AloudPage({ visit, of, reviews, done }: AloudPageProps) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <VisitPage visit={visit} of={of} page="aloud" title={t('aloud')} plainTitle={t.text('aloud')}>
      {done && (
        <Alert tone="good" live>
          <p>{t('recorded')}</p>
        </Alert>
      )}
      <p>{t('aloudHint')}</p>
      {aloudParts(of, reviews, lang).map(({ title, lines }) => (
        <>
          <h2 lang={LANGUAGES[title.lang].tag}>{title.text}</h2>
          <ol class="ta-aloud">
            {lines.map((line) => (
              <li lang={LANGUAGES[line.lang].tag} dir={LANGUAGES[line.lang].script}>
                {line.text}
              </li>
            ))}
          </ol>
        </>
      ))}
    </VisitPage>
  );
}
