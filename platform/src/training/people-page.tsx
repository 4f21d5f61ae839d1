import { Roles, type StaffMember, staffHref } from '../access/index.ts';
import {
  Alert,
  ButtonLink,
  DateText,
  Machine,
  Page,
  PersonName,
  SummaryList,
  Table,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { CertificateTable, CertificateTag, present } from './certificate-parts.tsx';
import type { Certificate } from './certificates.ts';
import { DelegationTable } from './delegation-parts.tsx';
import type { ListedDelegation } from './delegations.ts';
import { m } from './messages.ts';

export interface Standings {
  readonly certificates: readonly Certificate[];
  readonly delegations: readonly ListedDelegation[];
}

interface PeopleProps extends Standings {
  readonly authorityId: string;
  readonly people: readonly StaffMember[];
  readonly today: string;
}

function Name({ person }: { person: StaffMember }) {
  const t = useT(m);
  return person.name === '' ? t('erased') : <PersonName>{person.name}</PersonName>;
}

/** Everybody of the authority, with what they may sign. */
export function PeoplePage({ authorityId, people, certificates, delegations, today }: PeopleProps) {
  const t = useT(m);
  const { lang } = useSite();
  const here = staffHref(lang, authorityId, 'people');
  const running = (staffId: string) =>
    delegations.filter((d) => d.staffId === staffId && d.standing === 'valid').length;
  return (
    <Page kind="staff" wide title={t.text('peopleTitle')}>
      <h1>{t('peopleTitle')}</h1>
      <p>{t('peopleLead')}</p>
      <Table
        caption={t('peopleTitle')}
        captionHidden
        rows={people.toSorted((a, b) => Number(b.active) - Number(a.active))}
        columns={[
          {
            header: t('name'),
            rowHeader: true,
            cell: (p) => (
              <a class="ds-link" href={`${here}/${p.staffId}`}>
                <Name person={p} />
              </a>
            ),
          },
          {
            header: t('roles'),
            cell: (p) => (p.active ? <Roles roles={p.roles} /> : <Tag state="neutral">{t('left')}</Tag>),
          },
          {
            header: t('certificate'),
            cell: (p) => (
              <CertificateTag
                certificate={present(certificates.filter((c) => c.staffId === p.staffId))}
                today={today}
              />
            ),
          },
          { header: t('delegations'), cell: (p) => t('running', { n: running(p.staffId) }) },
        ]}
      />
    </Page>
  );
}

interface PersonProps extends Standings {
  readonly person: StaffMember;
  /** Whoever looks: nobody records their own. */
  readonly viewer: string;
  readonly today: string;
}

/** One person: certificates and delegations, and the way to record new ones. */
export function PersonPage({ person, viewer, certificates, delegations, today }: PersonProps) {
  const t = useT(m);
  const { lang } = useSite();
  const people = staffHref(lang, person.authorityId, 'people');
  const here = `${people}/${person.staffId}`;
  const open = person.active && person.staffId !== viewer;
  return (
    <Page kind="staff" wide title={person.name || person.staffId}>
      <p>
        <a class="ds-link" href={people}>
          {t('back')}
        </a>
      </p>
      <h1>
        <Name person={person} />
      </h1>
      <PersonFacts person={person} />
      {person.staffId === viewer && <Alert title={t('ownRecord')} />}
      <h2>{t('certificates')}</h2>
      <CertificateTable
        certificates={certificates}
        today={today}
        revoke={open ? `${here}/certificates/withdraw` : undefined}
      />
      {open && (
        <ButtonLink variant="secondary" href={`${here}/certificates`}>
          {t('grantCertificate')}
        </ButtonLink>
      )}
      <h2>{t('delegations')}</h2>
      <DelegationTable delegations={delegations} revoke={open ? `${here}/delegations/withdraw` : undefined} />
      {open && (
        <ButtonLink variant="secondary" href={`${here}/delegations`}>
          {t('grantDelegation')}
        </ButtonLink>
      )}
    </Page>
  );
}

function PersonFacts({ person }: { person: StaffMember }) {
  const t = useT(m);
  return (
    <SummaryList
      items={[
        { term: t('roles'), value: <Roles roles={person.roles} /> },
        { term: t('account'), value: <Machine>{person.subject}</Machine> },
        { term: t('identifier'), value: <Machine>{person.staffId}</Machine> },
        {
          term: t('since'),
          value: <DateText value={person.since} />,
          ...(person.active ? {} : { note: t('left') }),
        },
      ]}
    />
  );
}
