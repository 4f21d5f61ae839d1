import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assetText } from './assets.ts';
import { Mark } from './components/icons.tsx';
import { LANGUAGES } from './languages.ts';
import { Specimen } from './layout.tsx';
import { webMessages } from './messages-web.ts';
import { useSite, useT } from './site.ts';

export interface StandaloneProps {
  /** Plain text for `<title>`. */
  readonly title: string;
  /** A script by asset name. */
  readonly script: string;
  readonly children: Child;
}

/**
 * A page that carries its script and its stylesheet inside, to be kept as one file and opened without a network. Its own
 * content security policy lets it run and paint just these, and neither fetch nor send anything.
 */
export function StandalonePage({ title, script, children }: StandaloneProps) {
  const { lang, demonstration } = useSite();
  const t = useT(webMessages);
  const code = assetText(script);
  const style = assetText('taalil.css');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(code)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return (
    <html lang={LANGUAGES[lang].tag} dir={LANGUAGES[lang].page} data-alone>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <title>{`${title} – Taalil`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {demonstration && <meta name="robots" content="noindex, nofollow" />}
        <style>{raw(style)}</style>
      </head>
      <body class="ta-public">
        <header class="ta-header">
          <Specimen />
          <div class="ta-header-row">
            <span class="ta-brand">
              <Mark />
              <span>{t('name')}</span>
            </span>
          </div>
        </header>
        <main id="main" class="ta-main">
          {children}
        </main>
        <script>{raw(code)}</script>
      </body>
    </html>
  );
}

/** CSP source of an inline element (CSP Level 3, section 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
