import type { Child } from 'hono/jsx';
import { assetUrl } from './assets.ts';
import { Mark } from './components/icons.tsx';
import { AgencyText, PersonName } from './components/text.tsx';
import { LANGS, LANGUAGES, pathInLanguage } from './languages.ts';
import { webMessages } from './messages-web.ts';
import { type NavItem, useSite, useT } from './site.ts';

/** Who the page is for: citizens read at 18 px, one idea a screen; staff at 16 px, denser; the public like citizens. */
export type PageKind = 'citizen' | 'public' | 'staff';

export const SPECIMEN = { fr: 'SPÉCIMEN – sans valeur', ar: 'نموذج بدون قيمة' } as const;

export interface PageProps {
  readonly kind: PageKind;
  /** Plain text for `<title>`; the visible `<h1>` is the page's own. */
  readonly title: string;
  readonly children: Child;
  /** Replaces the site's navigation. */
  readonly nav?: readonly NavItem[];
  /** The page carries form errors: its title says so first. */
  readonly invalid?: boolean;
  /** Uses the full width instead of a column of text: queues, side-by-side pages. */
  readonly wide?: boolean;
  /** Scripts by asset name; pages work without them. */
  readonly scripts?: readonly string[];
}

/** The whole HTML document of a page. Everything inside `<main>` is the caller's. */
export function Page(props: PageProps) {
  const t = useT(webMessages);
  const title = props.invalid ? t.text('errorTitle', { title: props.title }) : props.title;
  return (
    <Shell title={title} scripts={props.scripts} class={`ta-${props.kind}${props.wide ? ' ta-wide' : ''}`}>
      <a class="ds-skip-link ta-skip" href="#main">
        {t('skip')}
      </a>
      <Header nav={props.nav} />
      <main id="main" tabindex={-1} class="ta-main">
        {props.children}
      </main>
      <Footer />
    </Shell>
  );
}

interface ShellProps {
  readonly title: string;
  readonly class: string;
  readonly children: Child;
  readonly scripts?: readonly string[] | undefined;
}

/** `<html>` and `<head>`: language, direction, stylesheets. Shared by pages and letters. */
export function Shell({ title, class: className, children, scripts = [] }: ShellProps) {
  const { lang, demonstration } = useSite();
  return (
    <html lang={LANGUAGES[lang].tag} dir={LANGUAGES[lang].page}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} – Taalil`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {demonstration && <meta name="robots" content="noindex, nofollow" />}
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('taalil.css')} />
        {lang === 'zgh' && <link rel="stylesheet" href={assetUrl('tifinagh.css')} />}
        {scripts.map((name) => (
          <script src={assetUrl(name)} defer />
        ))}
      </head>
      <body class={className}>{children}</body>
    </html>
  );
}

/** The band that marks every page and letter of a demonstration as worthless. */
export function Specimen() {
  if (!useSite().demonstration) return null;
  return (
    <p class="ta-specimen">
      <span lang="fr" dir="ltr">
        {SPECIMEN.fr}
      </span>
      <span aria-hidden="true"> / </span>
      <span lang="ar" dir="rtl">
        {SPECIMEN.ar}
      </span>
    </p>
  );
}

function Header({ nav }: { nav?: readonly NavItem[] | undefined }) {
  const site = useSite();
  const t = useT(webMessages);
  const items = nav ?? site.nav ?? [];
  return (
    <header class="ta-header">
      <Specimen />
      <div class="ta-header-row">
        <a class="ta-brand" href={`/${site.lang}`}>
          <Mark />
          <span>{t('name')}</span>
        </a>
        <LanguageSwitch />
      </div>
      {(items.length > 0 || site.staff) && (
        <div class="ta-header-row ta-header-second">
          {items.length > 0 && <Navigation items={items} />}
          {site.staff && <Account />}
        </div>
      )}
      <ZghBanner />
    </header>
  );
}

function Navigation({ items }: { items: readonly NavItem[] }) {
  const t = useT(webMessages);
  return (
    <nav aria-label={t.text('navigation')} class="ta-nav">
      <ul>
        {items.map((item) => (
          <li>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function LanguageSwitch() {
  const { lang, path } = useSite();
  const t = useT(webMessages);
  return (
    <nav aria-label={t.text('languages')} class="ta-languages">
      <ul>
        {LANGS.map((other) => (
          <li>
            <a
              href={pathInLanguage(path, other)}
              lang={LANGUAGES[other].tag}
              hreflang={LANGUAGES[other].tag}
              dir={LANGUAGES[other].script}
              aria-current={other === lang ? 'true' : undefined}
            >
              {LANGUAGES[other].name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Account() {
  const { staff, signOut, csrf } = useSite();
  const t = useT(webMessages);
  if (!staff) return null;
  return (
    <div class="ta-account">
      <span>{t('signedIn', { name: <PersonName>{staff.name}</PersonName> })}</span>
      {signOut && (
        <form method="post" action={signOut}>
          {csrf && <input type="hidden" name="csrf" value={csrf} />}
          <button type="submit" class="ta-linkbutton">
            {t('signOut')}
          </button>
        </form>
      )}
    </div>
  );
}

function ZghBanner() {
  const t = useT(webMessages);
  if (useSite().lang !== 'zgh') return null;
  return (
    <div class="ta-zgh" role="note">
      {t('awaitingReview')}
    </div>
  );
}

function Footer() {
  const t = useT(webMessages);
  const { human } = useSite();
  return (
    <footer class="ta-footer">
      <section class="ta-human" aria-labelledby="human">
        <h2 id="human">{t('humanTitle')}</h2>
        {human ? (
          <dl>
            <div>
              <dt>{t('humanTelephone')}</dt>
              <dd>
                <a href={`tel:${human.telephone.replace(/[^+\d]/g, '')}`} dir="ltr">
                  {human.telephone}
                </a>
              </dd>
            </div>
            <div>
              <dt>{t('humanCounter')}</dt>
              <dd>
                <AgencyText text={human.counter} mark={false} />
              </dd>
            </div>
            <div>
              <dt>{t('humanHours')}</dt>
              <dd>
                <AgencyText text={human.hours} mark={false} />
              </dd>
            </div>
          </dl>
        ) : (
          <p>{t('humanNone')}</p>
        )}
      </section>
      <p class="ta-colophon">{t('footer')}</p>
    </footer>
  );
}
