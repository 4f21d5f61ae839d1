import { say, type Texts } from '@taalil/norms';
import { LANGUAGES, useSite } from '../web/index.ts';

/** Words of a norm pack in the reader's language, or in the one they exist in, marked as such for screen readers. */
export function NormText({ texts }: { texts: Texts }) {
  const { lang } = useSite();
  const said = say(texts, lang);
  if (said.lang === lang) return <>{said.text}</>;
  const { tag, script } = LANGUAGES[said.lang];
  return (
    <span lang={tag} dir={script}>
      {said.text}
    </span>
  );
}

/** The same as a string, for titles and options. */
export function useNormText(): (texts: Texts) => string {
  const { lang } = useSite();
  return (texts) => say(texts, lang).text;
}
