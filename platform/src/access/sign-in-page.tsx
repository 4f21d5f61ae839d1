import { Hono, type Context as HttpContext } from 'hono';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { authorities } from '../register/authorities.ts';
import {
  Alert,
  Button,
  ButtonLink,
  Form,
  type FormErrors,
  type FormValues,
  type Lang,
  localText,
  negotiateLanguage,
  Page,
  renderPage,
  Select,
  TextField,
  translator,
  useSite,
  useT,
} from '../web/index.ts';
import { clientAddress } from './address.ts';
import { dropCookie, publicOrigin, readCookie, writeCookie } from './cookies.ts';
import { csrfGuard, currentStaff, parseNext } from './guard.ts';
import { m } from './messages.ts';
import { staffHref } from './nav.tsx';
import { beginSignIn, endSignIn } from './oidc.ts';
import { signIn, signOut } from './sign-in.ts';
import type { WebEnv } from './web-env.ts';

/** Where identity providers send browsers back to: one address for all authorities and languages. */
const CALLBACK = '/staff/sign-in/callback';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SignInProps {
  readonly local: boolean;
  /** Authorities whose staff sign in at an identity provider. */
  readonly elsewhere?: readonly Choice[];
  readonly next?: string | undefined;
  /** Why an attempt at the identity provider did not end well. */
  readonly refused?: 'refused' | 'unknown' | undefined;
  readonly choices: readonly Choice[];
  readonly values: FormValues;
  readonly errors?: FormErrors;
}

function SignInPage({ local, elsewhere = [], next, refused, choices, values, errors = {} }: SignInProps) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" title={t.text('signInTitle')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('signInTitle')}</h1>
      <p>{t('signInLead')}</p>
      {refused && (
        <Alert tone="attention" live title={t(refused === 'unknown' ? 'oidcUnknown' : 'oidcRefused')} />
      )}
      <p>
        <a class="ds-link" href={`/${lang}/case`}>
          {t('openCase')}
        </a>
      </p>
      {elsewhere.map(({ value, label }) => (
        <p>
          <ButtonLink
            href={`/${lang}/staff/sign-in/${value}${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`}
          >
            {t('oidcSignIn', { authority: label })}
          </ButtonLink>
        </p>
      ))}
      {local ? (
        <Form values={values} errors={errors}>
          {choices.length > 1 && <Select name="authority" label={t('authority')} options={choices} />}
          <TextField name="account" label={t('account')} autocomplete="username" maxlength={200} dir="ltr" />
          <TextField
            name="password"
            label={t('password')}
            type="password"
            autocomplete="current-password"
            maxlength={1024}
            dir="ltr"
          />
          <Button>{t('signIn')}</Button>
        </Form>
      ) : (
        elsewhere.length === 0 && (
          <Alert title={t('productionTitle')}>
            <p>{t('productionText')}</p>
          </Alert>
        )
      )}
    </Page>
  );
}

function choicesOf(ctx: Context, lang: Lang): Choice[] {
  return [...authorities(ctx)].map(([value, { name }]) => ({
    value,
    label: localText(name, lang)?.text ?? value,
  }));
}

function elsewhereOf(ctx: Context, lang: Lang): Choice[] {
  return choicesOf(ctx, lang).filter(({ value }) => ctx.identity?.has(value));
}

const authorityIn = (next: string | undefined) => next?.split('?')[0]?.split('/')[3];

/** The sign-in page and the sign-out button's address. */
export function signInPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  const local = ctx.kind !== 'production';

  app.get(`${LANG}/staff/sign-in`, guard, async (c) => {
    const staff = await currentStaff(ctx, c);
    const next = parseNext(c.req.query('next'));
    if (staff !== undefined) {
      const home = staffHref(langOf(c), staff.authorityId);
      return c.redirect(authorityIn(next) === staff.authorityId && next !== undefined ? next : home, 303);
    }
    const values = { authority: authorityIn(next) ?? '' };
    return renderPage(
      c,
      siteOf(ctx, c),
      <SignInPage
        local={local}
        elsewhere={elsewhereOf(ctx, langOf(c))}
        next={next}
        refused={
          c.req.query('refused') === undefined
            ? undefined
            : c.req.query('refused') === 'unknown'
              ? 'unknown'
              : 'refused'
        }
        choices={choicesOf(ctx, langOf(c))}
        values={values}
      />,
    );
  });

  app.post(`${LANG}/staff/sign-in`, guard, async (c) => {
    const lang = langOf(c);
    const t = translator(m, lang);
    const body = await c.req.parseBody();
    const field = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
    const choices = choicesOf(ctx, lang);
    const authority = choices.length > 1 ? field('authority') : (choices[0]?.value ?? '');
    const values = { authority, account: field('account') };
    const again = (errors: FormErrors, status: 401 | 422 | 429) =>
      renderPage(
        c,
        siteOf(ctx, c),
        <SignInPage local={local} choices={choices} values={values} errors={errors} />,
        { status },
      );
    const missing: FormErrors = {
      ...(choices.some(({ value }) => value === authority) ? {} : { authority: t('authorityMissing') }),
      ...(values.account.trim() === '' ? { account: t('accountMissing') } : {}),
      ...(field('password') === '' ? { password: t('passwordMissing') } : {}),
    };
    if (Object.keys(missing).length > 0) return again(missing, 422);
    try {
      const { token } = await signIn(ctx, {
        authorityId: authority,
        account: values.account,
        password: field('password'),
        address: clientAddress(ctx, c),
        earlier: readCookie(ctx, c, 'staff'),
      });
      writeCookie(ctx, c, 'staff', token);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.code === 'unauthenticated') return again({ password: t('wrong') }, 401);
      if (error.code !== 'rate-limited') throw error;
      const seconds = error.details.retryAfter ?? 60;
      c.header('Retry-After', String(seconds));
      return again({ account: t('tooMany', { minutes: Math.ceil(seconds / 60) }) }, 429);
    }
    const next = parseNext(c.req.query('next'));
    const back = next !== undefined && authorityIn(next) === authority;
    return c.redirect(back ? next : staffHref(lang, authority), 303);
  });

  const callbackOf = (c: HttpContext) => `${publicOrigin(ctx, c)}${CALLBACK}`;
  app.get(`${LANG}/staff/sign-in/:authority`, async (c) => {
    const { url, flow } = await beginSignIn(ctx, {
      authorityId: c.req.param('authority'),
      lang: langOf(c),
      next: parseNext(c.req.query('next')),
      callback: callbackOf(c),
    });
    writeCookie(ctx, c, 'signing-in', flow);
    return c.redirect(url, 303);
  });

  app.get(CALLBACK, async (c) => {
    const flow = readCookie(ctx, c, 'signing-in');
    dropCookie(ctx, c, 'signing-in');
    try {
      const answer = new URL(callbackOf(c));
      answer.search = new URL(c.req.url).search;
      const done = await endSignIn(ctx, { flow, answer, earlier: readCookie(ctx, c, 'staff') });
      writeCookie(ctx, c, 'staff', done.token);
      const back = done.next !== undefined && authorityIn(done.next) === done.authorityId;
      return c.redirect(back ? (done.next as string) : `/${done.lang}/staff/${done.authorityId}`, 303);
    } catch (error) {
      if (!(error instanceof PlatformError) || !['unauthenticated', 'forbidden'].includes(error.code))
        throw error;
      const lang = negotiateLanguage(c.req.header('accept-language'));
      return c.redirect(
        `/${lang}/staff/sign-in?refused=${error.code === 'forbidden' ? 'unknown' : 'yes'}`,
        303,
      );
    }
  });

  app.post(`${LANG}/staff/sign-out`, guard, async (c) => {
    await signOut(ctx, readCookie(ctx, c, 'staff'));
    dropCookie(ctx, c, 'staff');
    return c.redirect(`/${langOf(c)}/staff/sign-in`, 303);
  });
  app.get(`${LANG}/staff/sign-out`, (c) => c.redirect(`/${langOf(c)}/staff/sign-in`, 303));
  return app;
}
