import {
  Actions,
  AgencyText,
  Alert,
  Button,
  ButtonLink,
  Callout,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Integer,
  localText,
  Machine,
  Page,
  PersonName,
  type SummaryItem,
  SummaryList,
  Table,
  Tag,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { NameHeading } from './localized-name.tsx';
import { m } from './messages.ts';
import { staffMessages } from './messages-staff.ts';
import type { OwnSystem } from './own-systems.ts';
import type { StaffAction } from './staff-status.ts';
import { StatusTag } from './status-tag.tsx';

function addressOf(lang: string, { authorityId, systemId }: OwnSystem): string {
  return `/${lang}/staff/${authorityId}/systems/${systemId}`;
}

/** Every system of the authority, drafts included. */
export function SystemsPage({ systems }: { systems: readonly OwnSystem[] }) {
  const t = useT(staffMessages);
  const { lang } = useSite();
  return (
    <Page kind="staff" wide title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <Table
        caption={t('title')}
        captionHidden
        dense
        rows={systems}
        empty={
          <EmptyState title={t('emptyTitle')}>
            <p>{t('emptyText')}</p>
          </EmptyState>
        }
        columns={[
          {
            header: t('name'),
            rowHeader: true,
            cell: (system) => (
              <a class="ds-link" href={addressOf(lang, system)}>
                <AgencyText text={system.record.name} mark={false} />
              </a>
            ),
          },
          {
            header: t('status'),
            cell: (system) => (
              <>
                <StatusTag status={system.status} />{' '}
                {system.rearm && <Tag state="wait">{t('rearmWaiting')}</Tag>}
              </>
            ),
          },
          { header: t('version'), cell: ({ version }) => <Integer value={version} /> },
          {
            header: t('model'),
            cell: ({ model }) => <Machine>{`${model.sha256.slice(0, 12)}…`}</Machine>,
          },
          { header: t('since'), cell: ({ updatedAt }) => <DateText value={updatedAt} style="datetime" /> },
        ]}
      />
    </Page>
  );
}

interface OwnSystemProps {
  readonly system: OwnSystem;
  readonly actions: readonly StaffAction[];
  /** Who asked to re-arm it. */
  readonly rearmBy: { readonly name: string; readonly own: boolean } | undefined;
  readonly done: 'done' | 'asked' | undefined;
}

/** One system: how it stands, and what the person may do. */
export function OwnSystemPage({ system, actions, rearmBy, done }: OwnSystemProps) {
  const t = useT(staffMessages);
  const { lang } = useSite();
  const here = addressOf(lang, system);
  const offered = actions.filter((action) => action !== 'rearm' || rearmBy?.own !== true);
  return (
    <Page kind="staff" title={localText(system.record.name, lang)?.text ?? system.systemId}>
      <p>
        <a class="ds-link" href={here.slice(0, here.lastIndexOf('/'))}>
          {t('backToList')}
        </a>
      </p>
      <NameHeading name={system.record.name} />
      {done && (
        <Alert tone="good" live title={t(done)}>
          {null}
        </Alert>
      )}
      {system.rearm && rearmBy && <RearmAsked system={system} rearmBy={rearmBy} />}
      <SummaryList items={useSummary(system)} />
      <Callout title={t('actions')}>
        {offered.length === 0 ? (
          <p>{t('nothingToDo')}</p>
        ) : (
          <Actions>
            {offered.map((action) => (
              <ButtonLink
                href={`${here}/${action}`}
                variant={action === 'retire' || action === 'suspend' ? 'secondary' : 'primary'}
              >
                {t(action === 'rearm' && rearmBy ? 'confirmRearm' : action)}
              </ButtonLink>
            ))}
          </Actions>
        )}
      </Callout>
      <h2>{t('file')}</h2>
      <ul>
        {(['assessments', 'consultation', 'applicability', 'conformity'] as const).map((part) => (
          <li>
            <a class="ds-link" href={`${here}/${part}`}>
              {t(part)}
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function RearmAsked({
  system,
  rearmBy,
}: Required<Pick<OwnSystemProps, 'system'>> & { rearmBy: { name: string; own: boolean } }) {
  const t = useT(staffMessages);
  const { rearm } = system;
  if (rearm === undefined) return null;
  return (
    <Alert tone="attention" title={t('rearmWaiting')}>
      <p>{t('rearmAsked', { name: <PersonName>{rearmBy.name}</PersonName>, at: rearm.at })}</p>
      {rearm.reason && (
        <blockquote>
          <AgencyText text={rearm.reason} />
        </blockquote>
      )}
      {rearmBy.own && <p>{t('rearmOwn')}</p>}
    </Alert>
  );
}

function useSummary(system: OwnSystem): SummaryItem[] {
  const t = useT(staffMessages);
  const shared = useT(m);
  const { lang } = useSite();
  const { record } = system;
  return [
    { term: t('status'), value: <StatusTag status={system.status} /> },
    ...(system.statusReason === undefined
      ? []
      : [{ term: t('lastReason'), value: <AgencyText text={system.statusReason} /> }]),
    { term: t('since'), value: <DateText value={system.updatedAt} style="datetime" /> },
    { term: t('version'), value: <Integer value={system.version} /> },
    {
      term: t('model'),
      value: <Machine>{system.model.sha256}</Machine>,
    },
    { term: shared('level'), value: shared('levelOf', { n: record.impactLevel }) },
    { term: t('fallback'), value: <AgencyText text={record.manualFallback} /> },
    ...(system.status === 'draft'
      ? []
      : [
          {
            term: t('publicPage'),
            value: (
              <a class="ds-link" href={`/${lang}/register/${system.authorityId}/${system.systemId}`}>
                <Machine>{`/register/${system.authorityId}/${system.systemId}`}</Machine>
              </a>
            ),
          },
        ]),
  ];
}

interface ActionProps {
  readonly system: OwnSystem;
  readonly action: StaffAction;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

const TEXTS = {
  publish: 'publishText',
  suspend: 'suspendText',
  rearm: 'rearmText',
  retire: 'retireText',
} as const satisfies Record<StaffAction, string>;

/** One act, its consequence, and the reason that is published with it. */
export function ActionPage({ system, action, values, errors = {} }: ActionProps) {
  const t = useT(staffMessages);
  const { lang } = useSite();
  const title = action === 'rearm' && system.rearm ? 'confirmRearm' : action;
  return (
    <Page kind="staff" title={t.text(title)} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={addressOf(lang, system)}>
          {t('back')}
        </a>
      </p>
      <h1>{t(title)}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} /> <StatusTag status={system.status} />
      </p>
      <p>{t(TEXTS[action])}</p>
      {action === 'suspend' && (
        <SummaryList
          items={[{ term: t('fallback'), value: <AgencyText text={system.record.manualFallback} /> }]}
        />
      )}
      <Form values={values} errors={errors}>
        <TextArea
          name="reason_ar"
          label={t('reasonAr')}
          hint={t('reasonHint')}
          rows={4}
          maxlength={1000}
          optional={action === 'publish'}
        />
        <TextArea
          name="reason_fr"
          label={t('reasonFr')}
          rows={4}
          maxlength={1000}
          optional={action === 'publish'}
        />
        <Button grave={action === 'suspend' || action === 'retire'}>{t(title)}</Button>
      </Form>
    </Page>
  );
}
