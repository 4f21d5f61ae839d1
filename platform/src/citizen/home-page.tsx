import type { AuthorityProfile } from '../register/authorities.ts';
import {
  Actions,
  AgencyText,
  ButtonLink,
  Callout,
  EmptyState,
  Page,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import { open } from './messages-public.ts';

/** The first page: a letter in hand, or a voice; then what is there for everybody. */
export function HomePage() {
  const t = useT(open);
  const { lang } = useSite();
  return (
    <Page kind="public" title={t.text('homeTitle')}>
      <h1>{t('homeTitle')}</h1>
      <p class="ta-lead">{t('homeLead')}</p>
      <Callout>
        <p>{t('haveLetter')}</p>
        <Actions>
          <ButtonLink href={`/${lang}/case`}>{t('openFile')}</ButtonLink>
        </Actions>
      </Callout>
      <h2>{t('noLetter')}</h2>
      <p>{t('noLetterText')}</p>
      <p>
        <ButtonLink href={`/${lang}/human`} variant="secondary">
          {t('talk')}
        </ButtonLink>
      </p>
      <h2>{t('forAll')}</h2>
      <ul class="ta-tasks">
        <Way href={`/${lang}/register`} label={t('registerLink')} text={t('registerText')} />
        <Way href={`/${lang}/receipt`} label={t('receiptLink')} text={t('receiptText')} />
      </ul>
    </Page>
  );
}

type Said = ReturnType<ReturnType<typeof useT>>;

function Way({ href, label, text }: { href: string; label: Said; text: Said }) {
  return (
    <li>
      <div>
        <a class="ds-link" href={href}>
          {label}
        </a>
        <small class="ta-note">{text}</small>
      </div>
    </li>
  );
}

/** How to reach a human being of every administration here. */
export function HumanPage({ authorities }: { authorities: readonly AuthorityProfile[] }) {
  const t = useT(open);
  return (
    <Page kind="public" title={t.text('humanTitle')}>
      <h1>{t('humanTitle')}</h1>
      <Callout>
        <p>{t('humanCan')}</p>
      </Callout>
      <p>{t('humanHelps')}</p>
      <p>{t('humanSomebody')}</p>
      {authorities.length === 0 && (
        <EmptyState title={t('noneTitle')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      )}
      {authorities.map(({ name, humanContact: { telephone, counter, hours } }) => (
        <>
          <h2>
            <AgencyText text={name} mark={false} />
          </h2>
          <SummaryList
            items={[
              {
                term: t('telephone'),
                value: (
                  <a class="ds-link" href={`tel:${telephone.replace(/[^+\d]/g, '')}`} dir="ltr">
                    {telephone}
                  </a>
                ),
              },
              { term: t('counter'), value: <AgencyText text={counter} /> },
              { term: t('hours'), value: <AgencyText text={hours} /> },
            ]}
          />
        </>
      ))}
    </Page>
  );
}
