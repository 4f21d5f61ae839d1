import type { Child } from 'hono/jsx';
import { staffHref } from '../access/index.ts';
import { CapAlert } from '../primacy/index.ts';
import { AgencyText, Alert, useSite, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { Block } from './standing.ts';
import type { DeskSystem } from './systems.ts';

interface BlockProps {
  readonly block: Block;
  readonly authorityId: string;
  readonly system?: DeskSystem | undefined;
}

/** Why nobody, or not this person, decides here, and what to do about it. */
export function BlockAlert({ block, authorityId, system }: BlockProps) {
  const t = useT(m);
  switch (block.kind) {
    case 'certificate':
      return (
        <Alert tone="attention" title={t('blockCertificate')}>
          <p>
            {certificateText(t, block.last)}{' '}
            {t('certificateRenew', {
              own: ownLink(authorityId),
              training: (text: Child) => (
                <OwnLink authorityId={authorityId} page="training">
                  {text}
                </OwnLink>
              ),
            })}
          </p>
        </Alert>
      );
    case 'delegation':
      return (
        <Alert tone="attention" title={t('blockDelegation')}>
          <p>
            {delegationText(t, block.last)} {t('delegationRenew', { own: ownLink(authorityId) })}
          </p>
        </Alert>
      );
    case 'cap':
      return <CapAlert cap={block.cap} />;
    default:
      return <SystemBlock suspended={block.kind === 'suspended'} authorityId={authorityId} system={system} />;
  }
}

type Say = ReturnType<typeof useT<keyof typeof m.messages>>;
type Held<Kind extends Block['kind']> =
  Extract<Block, { kind: Kind }> extends { last: infer Last } ? Last : never;

function certificateText(t: Say, last: Held<'certificate'>): Child {
  switch (last?.standing) {
    case 'ended':
      return t('certificateEnded', { day: last.to });
    case 'future':
      return t('certificateFuture', { day: last.from });
    case 'revoked':
      return t('certificateRevoked');
    default:
      return t('certificateNone');
  }
}

function delegationText(t: Say, last: Held<'delegation'>): Child {
  const instrument = <bdi>{last?.instrument}</bdi>;
  switch (last?.standing) {
    case 'ended':
      return t('delegationEnded', { instrument, day: last.to });
    case 'future':
      return t('delegationFuture', { instrument, day: last.from });
    case 'revoked':
      return t('delegationRevoked', { instrument });
    default:
      return t('delegationNone');
  }
}

function ownLink(authorityId: string) {
  return (text: Child) => <OwnLink authorityId={authorityId}>{text}</OwnLink>;
}

interface OwnLinkProps {
  readonly authorityId: string;
  readonly page?: 'own' | 'training';
  readonly children?: Child;
}

function OwnLink({ authorityId, page = 'own', children }: OwnLinkProps) {
  const { lang } = useSite();
  return (
    <a class="ds-link" href={staffHref(lang, authorityId, page)}>
      {children}
    </a>
  );
}

function SystemBlock({
  suspended,
  authorityId,
  system,
}: {
  suspended: boolean;
  authorityId: string;
  system: DeskSystem | undefined;
}) {
  const t = useT(m);
  const { lang } = useSite();
  const fallback = <AgencyText text={system?.record.manualFallback ?? {}} />;
  return (
    <Alert tone={suspended ? 'bad' : 'attention'} title={t(suspended ? 'blockSuspended' : 'blockNotLive')}>
      <p>{t(suspended ? 'suspendedText' : 'notLiveText', { fallback })}</p>
      {system && (
        <p>
          <a class="ds-link" href={`/${lang}/register/${authorityId}/${system.systemId}`}>
            {t('whySuspended')}
          </a>
        </p>
      )}
    </Alert>
  );
}
