import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, siteOf, type WebEnv } from '../http.ts';
import type { WitnessOverview } from '../ledger/ledger.ts';
import {
  AgencyText,
  Integer,
  localText,
  Machine,
  Page,
  renderPage,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import { type AuthorityProfile, authorities } from './authorities.ts';
import { LogWitnesses } from './log-witnesses.tsx';
import { logMessages } from './messages-log.ts';

interface LogProps {
  readonly authorityId: string;
  readonly profile: AuthorityProfile;
  readonly origin: string;
  readonly vkey: string;
  /** C2SP checkpoint; undefined for an empty log. */
  readonly checkpoint: string | undefined;
  readonly witnesses: WitnessOverview | undefined;
}

function LogPage({ authorityId, profile, origin, vkey, checkpoint, witnesses }: LogProps) {
  const t = useT(logMessages);
  const { lang } = useSite();
  const path = `/log/${authorityId}/checkpoint`;
  const link = (href: string) => (text: Child) => (
    <a class="ds-link" href={href}>
      {text}
    </a>
  );
  return (
    <Page
      kind="public"
      title={t.text('title', { authority: localText(profile.name, lang)?.text ?? authorityId })}
    >
      <h1>{t('heading')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      <p>{t('noData')}</p>
      <h2>{t('state')}</h2>
      <SummaryList
        items={[
          { term: t('authority'), value: <AgencyText text={profile.name} /> },
          { term: t('origin'), value: <Machine>{origin}</Machine> },
          { term: t('vkey'), value: <Machine>{vkey}</Machine> },
          { term: t('size'), value: <Integer value={checkpoint?.split('\n')[1] ?? 0} /> },
        ]}
      />
      <h3>{t('checkpoint')}</h3>
      {checkpoint === undefined ? (
        <p>{t('empty')}</p>
      ) : (
        <>
          <p>
            {checkpoint.split('\n').map((line) => (
              <>
                <Machine>{line}</Machine>
                <br />
              </>
            ))}
          </p>
          <p>{t('plain', { link: link(path), path: <Machine>{path}</Machine> })}</p>
        </>
      )}
      <LogWitnesses of={witnesses} authorityId={authorityId} />
      <h2>{t('verify')}</h2>
      <p>{t('verifyHere', { link: link(`/${lang}/receipt`) })}</p>
      <p>{t('verifyAlone')}</p>
      <p>
        <Machine>{`./taalil receipt verify FILE --key '${vkey}'`}</Machine>
      </p>
      <p>{t('verifyLog')}</p>
      <p>
        <Machine>
          {`./taalil log verify ADDRESS/log/${authorityId} --key '${vkey}'${witnesses ? ' --policy FILE' : ''}`}
        </Machine>
      </p>
      <p>{t('verifyWhat')}</p>
      <p>{t('formats')}</p>
      <p>{t('register', { link: link(`/${lang}/register?authority=${authorityId}`) })}</p>
    </Page>
  );
}

function profileOf(ctx: Context, authorityId: string): AuthorityProfile {
  const profile = authorities(ctx).get(authorityId);
  if (profile === undefined) throw new PlatformError('not-found', 'There is no such log.');
  return profile;
}

/** The public page of each authority's log; tools read the log itself below `/log/`. */
export function logPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(`${LANG}/log/:authority`, async (c) => {
    const authorityId = c.req.param('authority');
    const profile = profileOf(ctx, authorityId);
    const [origin, vkey, head, witnesses] = await Promise.all([
      ctx.ledger.origin(authorityId),
      ctx.ledger.vkey(authorityId),
      ctx.ledger.published(authorityId),
      ctx.ledger.witnesses(authorityId),
    ]);
    const props = { authorityId, profile, origin, vkey, checkpoint: head?.note, witnesses };
    return renderPage(c, siteOf(ctx, c, authorityId), <LogPage {...props} />);
  });
  return app;
}
