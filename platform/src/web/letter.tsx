import type { Child } from 'hono/jsx';
import { QrCode } from './components/qr.tsx';
import { DateText, Machine } from './components/text.tsx';
import type { When } from './format.ts';
import { Shell, Specimen } from './layout.tsx';
import { webMessages } from './messages-web.ts';
import { useT } from './site.ts';

export interface LetterProps {
  /** Plain text for `<title>`. */
  readonly title: string;
  /** Who writes: authority, service, address. */
  readonly from: Child;
  /** To whom. */
  readonly to?: Child;
  readonly place?: Child;
  readonly date: When;
  readonly reference: string;
  readonly subject: Child;
  readonly children: Child;
  /** Name, quality and delegation of who signs. */
  readonly signature?: Child;
  readonly qr?: { readonly text: string; readonly label: string; readonly caption?: Child };
  /** Shown on screen only, above the sheet: the way back, "print". */
  readonly screen?: Child;
  /** Small print at the foot: where to object, how to reach a person. */
  readonly foot?: Child;
}

/** A letter or a receipt on A4: the accessible original of what is printed. */
export function LetterPage(props: LetterProps) {
  const t = useT(webMessages);
  return (
    <Shell title={props.title} class="ta-letter-page ta-citizen">
      {props.screen && <nav class="ta-letter-screen">{props.screen}</nav>}
      <main id="main" class="ta-letter">
        <Specimen />
        <header class="ta-letter-head">
          <div class="ta-letter-from">{props.from}</div>
          <div class="ta-letter-place">
            {props.place && <>{props.place} · </>}
            <DateText value={props.date} />
          </div>
        </header>
        {props.to && <address class="ta-letter-to">{props.to}</address>}
        <p class="ta-letter-reference">
          {t('reference')} <Machine>{props.reference}</Machine>
        </p>
        <h1>{props.subject}</h1>
        <div class="ta-letter-body">{props.children}</div>
        {props.signature && <div class="ta-letter-signature">{props.signature}</div>}
        {props.qr && (
          <figure class="ta-letter-qr">
            <QrCode text={props.qr.text} label={props.qr.label} />
            {props.qr.caption && <figcaption>{props.qr.caption}</figcaption>}
          </figure>
        )}
        {props.foot && <footer class="ta-letter-foot">{props.foot}</footer>}
      </main>
    </Shell>
  );
}
