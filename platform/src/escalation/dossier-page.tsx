import { roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import { archivePath, HandedFiles } from '../attachments/index.ts';
import { files } from '../attachments/messages.ts';
import { courtTime } from '../citizen/court-time.ts';
import { DeadlineText } from '../citizen/deadline-text.tsx';
import { dateOf, LawAndFact, Outcome, Who } from '../citizen/decision-parts.tsx';
import { FactText } from '../citizen/fact-text.tsx';
import { Events } from '../citizen/life-page.tsx';
import { review } from '../citizen/messages-review.ts';
import { GROUND_LABELS, Written } from '../citizen/review/check-answers.tsx';
import { answerDue } from '../citizen/review/follow-page.tsx';
import { DocumentsTold, ExtendedPart, KindTold } from '../citizen/review/request-parts.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { Review } from '../reviews/index.ts';
import {
  AgencyText,
  Alert,
  DateText,
  Decimal,
  LANGUAGES,
  Machine,
  SPECIMEN,
  SummaryList,
  Table,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { type BundleSource, decisionsOf } from './bundle-files.ts';
import { bundle } from './messages.ts';

const DECIMALS = 3;

export const PAGE_LANGUAGES = ['ar', 'fr', 'en'] as const;
export const STYLE = 'taalil.css';
export const SCRIPT = 'verify.js';

export interface DossierProps {
  readonly source: BundleSource;
  /** The other files of the archive. */
  readonly paths: readonly string[];
}

/** The whole file as a page that opens from the archive: it loads its style and script from beside it, nothing else. */
export function DossierPage({ source, paths }: DossierProps) {
  const t = useT(bundle);
  const { lang, demonstration } = useSite();
  const { of, requests, at } = source;
  const reference = of.present.case.reference;
  return (
    <html lang={LANGUAGES[lang].tag} dir={LANGUAGES[lang].page}>
      <head>
        <meta charset="utf-8" />
        <title>{t.text('title', { reference })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={STYLE} />
        <script src={SCRIPT} defer />
      </head>
      <body class="ta-public">
        <header class="ta-header">
          {demonstration && (
            <p class="ta-specimen">
              <span lang="fr" dir="ltr">
                {SPECIMEN.fr}
              </span>
              <span aria-hidden="true"> / </span>
              <span lang="ar" dir="rtl">
                {SPECIMEN.ar}
              </span>
            </p>
          )}
          <div class="ta-header-row">
            <nav
              class="ta-languages"
              aria-label={PAGE_LANGUAGES.map((one) => LANGUAGES[one].name).join(', ')}
            >
              <ul>
                {PAGE_LANGUAGES.map((one) => (
                  <li>
                    <a
                      href={`${one}.html`}
                      lang={LANGUAGES[one].tag}
                      dir={LANGUAGES[one].script}
                      aria-current={one === lang ? 'true' : undefined}
                    >
                      {LANGUAGES[one].name}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          </div>
        </header>
        <main id="main" class="ta-main">
          <h1>{t('title', { reference: <Machine>{reference}</Machine> })}</h1>
          <p class="ta-lead">
            <AgencyText text={of.authority.name} mark={false} />. {t('lead', { at })}
          </p>
          <Check source={source} />
          <h2>{t('decisions')}</h2>
          {of.waiting && <p>{t('waiting')}</p>}
          {decisionsOf(of).map((view) => (
            <Decision view={view} />
          ))}
          <h2>{t('requests')}</h2>
          {requests.length === 0 && <p>{t('noRequests')}</p>}
          {requests.map((request) => (
            <Request source={source} request={request} />
          ))}
          <h2>{t('life')}</h2>
          <Events of={of} />
          <h2>{t('files')}</h2>
          <ul>
            {paths.map((path) => (
              <li>
                <a class="ds-link" href={path} dir="ltr">
                  {path}
                </a>
              </li>
            ))}
          </ul>
        </main>
      </body>
    </html>
  );
}

function Check({ source: { vkeys } }: { source: BundleSource }): Child {
  const t = useT(bundle);
  return (
    <section class="ta-callout" aria-labelledby="check">
      <h2 id="check">{t('checkTitle')}</h2>
      <noscript>
        <p>{t('checkNoScript')}</p>
      </noscript>
      <form class="ta-form" data-check hidden>
        <p>{t('checkText')}</p>
        <div class="ds-field">
          <label for="archive">{t('checkFile')}</label>
          <input class="ds-input" id="archive" name="archive" type="file" accept=".zip" />
        </div>
        <div class="ds-field">
          <label for="key">{t('checkKey')}</label>
          <p class="ta-hint">{t('checkKeyText')}</p>
          <textarea class="ds-input" id="key" name="key" rows={3} dir="ltr" spellcheck={false}>
            {vkeys.join('\n')}
          </textarea>
        </div>
        <button class="ds-button" type="submit">
          {t('check')}
        </button>
      </form>
      <div data-verdict-place aria-live="polite" />
      <p>
        {t('checkCommand', {
          command: <Machine>{`./taalil bundle verify FILE --key ${vkeys.at(-1) ?? 'VKEY'}`}</Machine>,
        })}
      </p>
      <template data-verdict="valid">
        <Alert tone="good" title={t('valid')}>
          <p>{t('validText')}</p>
        </Alert>
      </template>
      {(['broken', 'untrusted', 'malformed', 'unsupported', 'nothing'] as const).map((verdict) => (
        <template data-verdict={verdict}>
          <Alert tone="bad" title={t(verdict)}>
            <p>{t('where', { file: <bdi data-slot="file" dir="ltr" /> })}</p>
          </Alert>
        </template>
      ))}
    </section>
  );
}

function Decision({ view }: { view: DecisionView }): Child {
  const t = useT(bundle);
  const { record } = view.system;
  return (
    <section>
      <h3>
        <Outcome of={view} />, <DateText value={dateOf(view)} />
      </h3>
      <p>
        <Tag state={view.row.superseded_by === null ? 'good' : 'neutral'}>
          {t(view.row.superseded_by === null ? 'inForce' : 'replaced')}
        </Tag>
      </p>
      <LawAndFact of={view} />
      <Who of={view} reference={view.case.reference} />
      <Weighed view={view} />
      <Table
        caption={t('facts')}
        rows={record.inputs}
        columns={[
          { header: t('fact'), rowHeader: true, cell: (i) => <AgencyText text={i.label} mark={false} /> },
          { header: t('value'), cell: (i) => <FactText input={i} value={view.facts[i.name]} /> },
        ]}
      />
    </section>
  );
}

function Weighed({ view: { explanation, system } }: { view: DecisionView }): Child {
  const t = useT(bundle);
  const model = { term: t('model'), value: <Machine>{explanation.model}</Machine> };
  const labelOf = (reason: string) => {
    const label = system.record.reasons.find(({ id }) => id === reason)?.label;
    return label ? <AgencyText text={label} mark={false} /> : reason;
  };
  if (explanation.form === 'trace') {
    return (
      <>
        <SummaryList items={[model]} />
        <h4>{t('weight')}</h4>
        <ol>
          {explanation.contributions.map(({ reason }) => (
            <li>{labelOf(reason)}</li>
          ))}
        </ol>
      </>
    );
  }
  const rounded = roundExplanation(explanation, DECIMALS);
  return (
    <>
      <SummaryList
        items={[
          { term: t('score'), value: <Decimal value={rounded.score} /> },
          { term: t('threshold'), value: <Decimal value={rounded.threshold} /> },
          model,
        ]}
      />
      <Table
        caption={t('weight')}
        rows={rounded.contributions}
        columns={[
          { header: t('weight'), rowHeader: true, cell: ({ reason }) => labelOf(reason) },
          { header: t('points'), cell: ({ value }) => <Decimal value={value} /> },
        ]}
      />
    </>
  );
}

function Request({ source: { of, at }, request }: { source: BundleSource; request: Review }): Child {
  const t = useT(bundle);
  const words = useT(review);
  const f = useT(files);
  const now = Temporal.Instant.from(at);
  const { asked, answered } = request;
  return (
    <section>
      <h3>{t('requestOf', { at: asked.at })}</h3>
      <SummaryList
        items={[
          {
            term: words(GROUND_LABELS[asked.ground]),
            value: asked.text === '' ? words('nothingWritten') : <Written text={asked.text} />,
          },
        ]}
      />
      <KindTold review={request} />
      <DocumentsTold review={request} />
      {request.files.length > 0 && (
        <>
          <h4>{f('handedIn')}</h4>
          {request.added.map(({ text }) => text !== '' && <Written text={text} />)}
          <HandedFiles files={request.files} hrefOf={archivePath} hashes />
        </>
      )}
      <ExtendedPart review={request} />
      <DeadlineText of={answerDue(request)} now={now} />
      {courtTime(of.record, of.life, request.decisionId).map((deadline) => (
        <DeadlineText of={deadline} now={now} />
      ))}
      {answered && (
        <>
          <h4>{words('answerTitle')}</h4>
          <p>{words(answered.outcome === 'upheld' ? 'stateUpheld' : 'stateRejected')}</p>
          <blockquote
            class="ta-quote"
            lang={LANGUAGES[answered.reasons.lang].tag}
            dir={LANGUAGES[answered.reasons.lang].script}
          >
            <Written text={answered.reasons.text} />
          </blockquote>
        </>
      )}
    </section>
  );
}
