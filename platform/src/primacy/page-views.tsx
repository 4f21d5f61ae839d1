import {
  AgencyText,
  Alert,
  Button,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  type LocalText,
  Page,
  PersonName,
  TextArea,
  TextField,
  Timeline,
  useT,
} from '../web/index.ts';
import type { Contest } from './contest.ts';
import type { Concern, PrimacyFigures } from './figures.ts';
import { m } from './messages.ts';
import type { Plan } from './plan.ts';
import { FiguresTable } from './views.tsx';

export interface SystemFigures {
  readonly systemId: string;
  readonly name: LocalText;
  readonly plan: Plan | undefined;
  readonly figures: PrimacyFigures;
  readonly concerns: readonly Concern[];
}

export interface Fault {
  readonly form: string;
  readonly values: FormValues;
  readonly errors: FormErrors;
}

export interface PrimacyPageProps {
  /** One's own figures by system; undefined for whoever does not sign at a desk. */
  readonly own: readonly Pick<SystemFigures, 'systemId' | 'name' | 'figures'>[] | undefined;
  readonly unread: readonly { readonly plan: Plan; readonly name: LocalText }[];
  readonly contests: readonly Contest[];
  /** Undefined for whoever sees only themselves. */
  readonly systems: readonly SystemFigures[] | undefined;
  readonly mayAnnounce: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly fault: Fault | undefined;
}

export function PrimacyPage(props: PrimacyPageProps) {
  const t = useT(m);
  const { own, unread, systems, fault } = props;
  return (
    <Page kind="staff" wide title={t.text('title')} invalid={fault !== undefined}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      {unread.map((announcement) => (
        <Announcement {...announcement} />
      ))}
      {own && <Own {...props} own={own} />}
      {systems && <Systems {...props} systems={systems} />}
    </Page>
  );
}

function Announcement({ plan, name }: { plan: Plan; name: LocalText }) {
  const t = useT(m);
  return (
    <Alert tone="attention" title={t('announced')}>
      <p>
        {t('announcedText', {
          at: <DateText value={plan.announcedAt} />,
          system: <AgencyText text={name} mark={false} />,
          permille: String(plan.judgeFirstPermille),
          every: String(plan.knownAnswerEvery),
          cap: String(plan.dayCap),
        })}
      </p>
      <Form>
        <input type="hidden" name="form" value="acknowledge" />
        <input type="hidden" name="system" value={plan.systemId} />
        <input type="hidden" name="announced" value={plan.announcedAt} />
        <Button variant="secondary">{t('acknowledge')}</Button>
      </Form>
    </Alert>
  );
}

function Own({ own, contests, fault }: PrimacyPageProps & { own: NonNullable<PrimacyPageProps['own']> }) {
  const t = useT(m);
  const some = own.filter(({ figures }) => figures.overridden.total > 0);
  const mine = fault?.form === 'contest' ? fault : undefined;
  return (
    <section>
      <h2>{t('mine')}</h2>
      {some.length === 0 && <p>{t('mineNone')}</p>}
      {some.map(({ name, figures }) => (
        <>
          <h3>
            <AgencyText text={name} mark={false} />
          </h3>
          <FiguresTable of={figures} name={name} />
        </>
      ))}
      {some.length > 0 && (
        <>
          <h3>{t('contestTitle')}</h3>
          <Form values={mine?.values} errors={mine?.errors}>
            <input type="hidden" name="form" value="contest" />
            <TextArea
              name="text"
              label={t('contestText')}
              hint={t('contestHint')}
              rows={4}
              maxlength={2_000}
            />
            <Button variant="secondary">{t('contestSend')}</Button>
          </Form>
        </>
      )}
      <Contests of={contests} />
    </section>
  );
}

function Contests({ of, names }: { of: readonly Contest[]; names?: ReadonlyMap<string, string> }) {
  const t = useT(m);
  if (of.length === 0) return null;
  return (
    <>
      <h3>{t('contests')}</h3>
      <Timeline
        events={of.map((one) => ({
          title: <DateText value={one.at} style="datetime" />,
          detail: (
            <>
              {names && <PersonName>{names.get(one.staffId) ?? one.staffId}</PersonName>}
              <p dir="auto">{one.text}</p>
            </>
          ),
          when: 'past' as const,
        }))}
      />
    </>
  );
}

function Systems(props: PrimacyPageProps & { systems: readonly SystemFigures[] }) {
  const t = useT(m);
  const { systems, names, contests, own } = props;
  return (
    <section>
      <h2>{t('systems')}</h2>
      {systems.length === 0 && (
        <EmptyState title={t('noSystem')}>
          <p>{t('noSystemText')}</p>
        </EmptyState>
      )}
      {systems.map((system) => (
        <System {...props} system={system} />
      ))}
      {own === undefined && <Contests of={contests} names={names} />}
    </section>
  );
}

function System({ system, names, mayAnnounce, fault }: PrimacyPageProps & { system: SystemFigures }) {
  const t = useT(m);
  const { plan, figures, concerns } = system;
  return (
    <section>
      <h3>
        <AgencyText text={system.name} mark={false} />
      </h3>
      <p>
        {plan === undefined
          ? t('notAnnounced')
          : t('plan', {
              at: <DateText value={plan.announcedAt} />,
              permille: String(plan.judgeFirstPermille),
              every: String(plan.knownAnswerEvery),
              cap: String(plan.dayCap),
            })}
      </p>
      <FiguresTable of={figures} name={system.name} />
      <h4>{t('concernsTitle')}</h4>
      {concerns.length === 0 ? (
        <p>{t('noConcern')}</p>
      ) : (
        <>
          <ul>
            {concerns.map((concern) => (
              <li>
                <ConcernText concern={concern} names={names} />
              </li>
            ))}
          </ul>
          <p class="ta-note">{t('concernNote')}</p>
        </>
      )}
      {mayAnnounce && (
        <Announce system={system} fault={fault?.form === `announce ${system.systemId}` ? fault : undefined} />
      )}
    </section>
  );
}

function ConcernText({ concern, names }: { concern: Concern; names: ReadonlyMap<string, string> }) {
  const t = useT(m);
  const share = ({ successes, total }: { successes: number; total: number }) =>
    t('ofTotal', { n: String(successes), total: String(total) });
  return (
    <>
      {t(concern.about === 'missed' ? 'concernMissed' : 'concernGlanced', {
        name: <PersonName>{names.get(concern.staffId) ?? concern.staffId}</PersonName>,
        own: <>{share(concern.own)}</>,
        others: <>{share(concern.others)}</>,
      })}
    </>
  );
}

function Announce({ system, fault }: { system: SystemFigures; fault: Fault | undefined }) {
  const t = useT(m);
  const { plan, systemId } = system;
  const field = (name: string, label: 'permille' | 'every' | 'cap', value: number | undefined) => (
    <TextField
      name={name}
      label={t(label)}
      inputmode="numeric"
      size={5}
      dir="ltr"
      value={String(value ?? 0)}
    />
  );
  return (
    <details class="ta-help" open={fault !== undefined}>
      <summary>{t('announce')}</summary>
      <p>{t('announceNote')}</p>
      <Form values={fault?.values} errors={fault?.errors}>
        <input type="hidden" name="form" value="announce" />
        <input type="hidden" name="system" value={systemId} />
        {field('permille', 'permille', plan?.judgeFirstPermille)}
        {field('every', 'every', plan?.knownAnswerEvery)}
        {field('cap', 'cap', plan?.dayCap)}
        <Button variant="secondary">{t('announce')}</Button>
      </Form>
    </details>
  );
}
