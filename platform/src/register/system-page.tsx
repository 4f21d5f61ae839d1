import type { Child } from 'hono/jsx';
import {
  AgencyText,
  Alert,
  ButtonLink,
  Callout,
  DateText,
  Integer,
  localText,
  Machine,
  Page,
  Table,
  Timeline,
  useSite,
  useT,
} from '../web/index.ts';
import type { AuthorityProfile } from './authorities.ts';
import { FiguresSection } from './figures-section.tsx';
import { GroupsSection, type PublicWatch } from './groups-section.tsx';
import { NameHeading } from './localized-name.tsx';
import { m } from './messages.ts';
import { systemMessages } from './messages-system.ts';
import { DecidesSection, ModelSection, ReasonsSection } from './model-section.tsx';
import type { PublicModel } from './public-model.ts';
import type { PublicStatusChange, PublicSystem } from './public-register.ts';
import { modelUrl, systemUrl } from './public-schema.ts';
import { InputsSection, RecordSection } from './record-section.tsx';
import { StatusTag } from './status-tag.tsx';

interface SystemProps {
  readonly system: PublicSystem;
  readonly authority: AuthorityProfile;
  /** How it decides; undefined where the stored file cannot be read. */
  readonly model: PublicModel | undefined;
  /** How differences between its groups are watched, where that is declared. */
  readonly watch?: PublicWatch | undefined;
  /** What other rooms publish of it. */
  readonly more?: Child;
}

/** Everything that the public may know of one system. */
export function SystemPage({ system, authority, model, watch, more }: SystemProps) {
  const t = useT(systemMessages);
  const shared = useT(m);
  const { lang } = useSite();
  const { record } = system;
  return (
    <Page kind="public" title={localText(record.name, lang)?.text ?? system.systemId}>
      <p>
        <a class="ds-link" href={`/${lang}/register`}>
          {shared('backToList')}
        </a>
      </p>
      <NameHeading name={record.name} />
      <p>
        <StatusTag status={system.status} /> <AgencyText text={authority.name} mark={false} />
        {' · '}
        {t('versionNumber', { n: system.version })}
      </p>
      <Standing system={system} />
      <Callout title={t('personTitle')}>
        <p>{t('personText')}</p>
        <ButtonLink href={`/${lang}/case`} variant="secondary">
          {t('openCase')}
        </ButtonLink>
      </Callout>
      <RecordSection record={record} />
      <DecidesSection system={system} model={model} />
      <FiguresSection published={system.figures} />
      {watch && <GroupsSection system={system} watch={watch} groups={system.figures?.groups} />}
      {more}
      <InputsSection record={record} />
      <ReasonsSection system={system} model={model} />
      <ModelSection system={system} model={model} />
      <HistorySection system={system} />
      <p>
        {t('asData', {
          link: (text) => (
            <a class="ds-link" href={systemUrl(system)}>
              {text}
            </a>
          ),
          log: (text) => (
            <a class="ds-link" href={`/${lang}/log/${system.authorityId}`}>
              {text}
            </a>
          ),
        })}
      </p>
    </Page>
  );
}

/** What a reader must know before anything else: that it is stopped and what happens instead, or that this is old. */
function Standing({ system }: { system: PublicSystem }) {
  const t = useT(systemMessages);
  const { lang } = useSite();
  const [changed] = system.history;
  return (
    <>
      {system.status !== 'live' && changed && (
        <Alert
          tone={system.status === 'suspended' ? 'bad' : 'attention'}
          title={t(system.status === 'suspended' ? 'suspendedTitle' : 'retiredTitle', { at: changed.at })}
        >
          <p>
            <strong>{t('reason')}</strong>
            <br />
            {changed.reason ? <AgencyText text={changed.reason} /> : t('noReason')}
          </p>
          {system.status === 'suspended' && (
            <p>
              <strong>{t('meanwhile')}</strong>
              <br />
              <AgencyText text={system.record.manualFallback} />
            </p>
          )}
        </Alert>
      )}
      {system.version !== system.presentVersion && (
        <Alert tone="attention" title={t('earlierTitle', { version: system.version })}>
          <p>
            {t('earlierText', {
              link: (text) => (
                <a class="ds-link" href={`/${lang}/register/${system.authorityId}/${system.systemId}`}>
                  {text}
                </a>
              ),
            })}
          </p>
        </Alert>
      )}
    </>
  );
}

const BECAME = {
  live: 'becameLive',
  suspended: 'becameSuspended',
  retired: 'becameRetired',
  draft: 'becameDraft',
} as const;

function titleOf({ from, to }: PublicStatusChange) {
  return from === 'suspended' && to === 'live' ? 'becameLiveAgain' : BECAME[to];
}

function HistorySection({ system }: { system: PublicSystem }) {
  const t = useT(systemMessages);
  const { lang } = useSite();
  const address = `/${lang}/register/${system.authorityId}/${system.systemId}`;
  return (
    <section>
      <h2 id="history">{t('history')}</h2>
      <Timeline
        events={system.history.toReversed().map((change) => ({
          at: change.at,
          title: t(titleOf(change)),
          detail: change.reason && <AgencyText text={change.reason} />,
        }))}
      />
      <Table
        caption={t('versions')}
        dense
        rows={system.versions}
        columns={[
          {
            header: t('version'),
            rowHeader: true,
            cell: ({ version }) =>
              version === system.version ? (
                t('versionNumber', { n: version })
              ) : (
                <a class="ds-link" href={`${address}/versions/${version}`}>
                  {t('versionNumber', { n: version })}
                </a>
              ),
          },
          { header: t('published'), cell: ({ publishedAt }) => <DateText value={publishedAt} /> },
          {
            header: t('model'),
            cell: ({ model }) => (
              <a class="ds-link" href={modelUrl(system, model.sha256)}>
                <Machine>{`${model.sha256.slice(0, 12)}…`}</Machine>
              </a>
            ),
          },
          { header: t('logEntry'), cell: ({ logIndex }) => <Integer value={logIndex} /> },
        ]}
      />
    </section>
  );
}
