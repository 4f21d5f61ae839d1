import { numbersOf } from '@taalil/fairness/plots';
import { can } from '../../access/index.ts';
import {
  Actions,
  AgencyText,
  Alert,
  ButtonLink,
  DateText,
  EmptyState,
  Integer,
  KeyFigures,
  SummaryList,
  Table,
  Tag,
  useT,
} from '../../web/index.ts';
import type { AlertRow } from '../alerts.ts';
import type { Part } from '../measure.ts';
import { Frame } from './frame.tsx';
import type { MonitorView, UnwatchedView } from './load.ts';
import { m } from './messages.ts';
import { alertMessages } from './messages-alerts.ts';
import { declarations } from './messages-declarations.ts';
import { Num } from './parts.tsx';

/** A system that nobody has declared how to watch. */
export function UnwatchedPage({ view }: { view: UnwatchedView }) {
  const t = useT(m);
  const d = useT(declarations);
  return (
    <Frame view={view} name={undefined}>
      <EmptyState title={t('notDeclared')}>
        <p>{t('notDeclaredText')}</p>
      </EmptyState>
      <Actions>
        {can(view.staff, 'monitoring.declare') && (
          <ButtonLink href={`${view.here}/plan`}>{d('planDeclare')}</ButtonLink>
        )}
        {can(view.staff, 'attribute-basis.record') && (
          <ButtonLink href={`${view.here}/basis`} variant="secondary">
            {d('basisRecord')}
          </ButtonLink>
        )}
      </Actions>
    </Frame>
  );
}

/** What matters first: alerts, verdicts, how far the count has come, what was declared. */
export function OverviewPage({ view, audited }: { view: MonitorView; audited: readonly Part[] }) {
  const t = useT(m);
  const a = useT(alertMessages);
  const d = useT(declarations);
  const { alerts, state, lag, here, staff } = view;
  const open = alerts.filter(({ status }) => status === 'open');
  const verdicts = audited
    .flatMap(({ audits }) => audits.flatMap(({ groups }) => groups))
    .map(({ verdict }) => verdict);
  const count = (...of: string[]) => verdicts.filter((verdict) => of.includes(verdict)).length;
  return (
    <Frame view={view} name="overview">
      {open.length > 0 && <Alert tone="bad" title={a('openOf', { n: open.length })} />}
      {alerts.length > 0 && <AlertsTable view={view} alerts={alerts} />}
      <KeyFigures
        items={[
          { label: t('beyond'), value: <Integer value={count('fail')} />, note: d('comparisons') },
          {
            label: t('unsettled'),
            value: <Integer value={count('inconclusive', 'insufficient-evidence')} />,
            note: d('comparisons'),
          },
          { label: t('within'), value: <Integer value={count('pass')} />, note: d('comparisons') },
          {
            label: t('counted'),
            value: <Integer value={state?.cases ?? 0} />,
            note:
              lag.events === 0 || lag.since === undefined
                ? t('upToDate')
                : t('lagOf', { n: lag.events, since: lag.since }),
          },
        ]}
      />
      {(state?.erased ?? 0) + (state?.late ?? 0) > 0 && (
        <p class="ta-note">{d('erased', { n: state?.erased ?? 0, late: state?.late ?? 0 })}</p>
      )}
      <DeclarationSection view={view} />
      {alerts.length === 0 && <AlertsTable view={view} alerts={alerts} />}
      <Actions>
        {can(staff, 'monitoring.declare') && (
          <ButtonLink href={`${here}/plan`} variant="secondary">
            {d('planChange')}
          </ButtonLink>
        )}
        {can(staff, 'monitoring.export') && (
          <ButtonLink href={`${here}/cells.csv`} variant="secondary">
            {d('download')}
          </ButtonLink>
        )}
      </Actions>
      {can(staff, 'monitoring.export') && <p class="ta-note">{d('downloadNote')}</p>}
    </Frame>
  );
}

/** What was declared, by whom it is bound, and on what legal basis attributes are opened. */
export function DeclarationSection({ view }: { view: MonitorView }) {
  const d = useT(declarations);
  const { watched, basis, labels } = view;
  const { plan, revision, declaredAt } = watched.declared;
  const numbers = numbersOf(labels.lang);
  const tolerance = (value: string) => <Num>{numbers.points(Number(value), 0).replace('+', '')}</Num>;
  return (
    <section>
      <h2>{d('declared')}</h2>
      <SummaryList
        items={[
          {
            term: d('compared'),
            value: watched.dimensions.map(({ name }) => labels.dimension(name)).join(' · '),
          },
          ...(plan.within.length === 0
            ? []
            : [
                {
                  term: d('comparedWithin'),
                  value: plan.within.map((name) => labels.dimension(name)).join(' · '),
                },
              ]),
          {
            term: d('tolerance'),
            value: d('tolerancePoints', { n: tolerance(plan.tolerance) }),
            note: Object.entries(plan.tolerances).map(([name, value]) => (
              <span>
                {labels.dimension(name)}: {d('tolerancePoints', { n: tolerance(value) })}{' '}
              </span>
            )),
          },
          { term: d('justification'), value: <AgencyText text={plan.justification} /> },
          { term: d('onBreach'), value: d(plan.on_breach) },
          {
            term: d('revision'),
            value: d('revisionOf', { n: revision, at: <DateText value={declaredAt} style="medium" /> }),
          },
          ...(basis === undefined
            ? []
            : [
                {
                  term: d('basis'),
                  value: (
                    <>
                      <AgencyText text={basis.title} />
                      {basis.article !== undefined && <> ({d('article', { article: basis.article })})</>}
                    </>
                  ),
                  note: d('basisPeriod', { from: basis.from, to: basis.to }),
                },
              ]),
        ]}
      />
    </section>
  );
}

function AlertsTable({ view, alerts }: { view: MonitorView; alerts: readonly AlertRow[] }) {
  const a = useT(alertMessages);
  const t = useT(m);
  return (
    <section>
      <h2>{a('alerts')}</h2>
      <Table
        caption={a('alerts')}
        captionHidden
        dense
        rows={alerts}
        empty={
          <EmptyState title={a('none')}>
            <p>{a('noneText')}</p>
          </EmptyState>
        }
        columns={[
          {
            header: a('what'),
            rowHeader: true,
            cell: (alert) => (
              <a class="ds-link" href={`${view.here}/alerts/${alert.alertId}`}>
                {view.labels.watch(alert.evidence.watch)}
              </a>
            ),
          },
          { header: a('opened'), cell: (alert) => <DateText value={alert.openedAt} style="medium" /> },
          {
            header: t('state'),
            cell: (alert) => (
              <>
                <Tag state={alert.status === 'open' ? 'bad' : 'neutral'}>{a(alert.status)}</Tag>
                {alert.suspended && <small class="ta-note">{a('suspendedNote')}</small>}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
