import { AgencyText, localText, useSite, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { Localized } from './record.ts';

/** Says that a name does not exist in the page's language, where it cannot be said beside the name. */
export function NameOnlyIn({ name }: { name: Localized }) {
  const t = useT(m);
  const { lang } = useSite();
  const found = localText(name, lang);
  if (found === undefined || found.lang === lang) return null;
  return <>{t('nameOnlyIn', { language: found.lang })}</>;
}

/** A system's name as the page's heading, in the language it is really in. */
export function NameHeading({ name }: { name: Localized }) {
  const { lang } = useSite();
  return (
    <>
      <h1>
        <AgencyText text={name} mark={false} />
      </h1>
      {localText(name, lang)?.lang !== lang && (
        <p class="ta-only">
          <NameOnlyIn name={name} />
        </p>
      )}
    </>
  );
}
