import { numbersOf } from '@taalil/fairness/plots';
import { can } from '../../access/index.ts';
import {
  Alert,
  Button,
  DateText,
  Form,
  type FormErrors,
  type FormValues,
  PersonName,
  SummaryList,
  TextArea,
  useSite,
  useT,
} from '../../web/index.ts';
import type { AlertRow } from '../alerts.ts';
import { Frame } from './frame.tsx';
import type { MonitorView } from './load.ts';
import { alertMessages } from './messages-alerts.ts';
import { declarations } from './messages-declarations.ts';
import { groupsIn, Num, PointsText, RateText, tolerancePoints } from './parts.tsx';
import { large } from './time.tsx';

interface AlertPageProps {
  readonly view: MonitorView;
  readonly alert: AlertRow;
  /** Name of who acknowledged it. */
  readonly by: string | undefined;
  readonly done?: boolean;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One alert: what stood when it was opened, and what was done about it. */
export function AlertPage({ view, alert, by, done, values, errors = {} }: AlertPageProps) {
  const a = useT(alertMessages);
  const { evidence, acknowledged } = alert;
  return (
    <Frame view={view} name={undefined}>
      <h2>{view.labels.watch(evidence.watch)}</h2>
      {done && (
        <Alert tone="good" live title={a('done')}>
          {null}
        </Alert>
      )}
      <Facts alert={alert} labels={view.labels} />
      <p>{a('meaning')}</p>
      <p>
        <a class="ds-link" href={`${view.here}/time?watch=${encodeURIComponent(evidence.watch.id)}`}>
          {a('read')}
        </a>
      </p>
      {acknowledged !== undefined && (
        <Alert
          tone="info"
          title={a('acknowledgedBy', {
            at: <DateText value={acknowledged.at} style="medium" />,
            name: <PersonName>{by ?? acknowledged.by}</PersonName>,
          })}
        >
          <p>{acknowledged.note}</p>
        </Alert>
      )}
      {acknowledged === undefined && can(view.staff, 'alert.acknowledge') && (
        <Form values={values} errors={errors}>
          <TextArea name="note" label={a('note')} hint={a('noteHint')} rows={5} maxlength={2000} />
          <Button>{a('acknowledge')}</Button>
        </Form>
      )}
    </Frame>
  );
}

function Facts({ alert, labels }: { alert: AlertRow; labels: MonitorView['labels'] }) {
  const a = useT(alertMessages);
  const d = useT(declarations);
  const numbers = numbersOf(useSite().lang);
  const { evidence, month, openedAt, suspended } = alert;
  const { watch, group, others, size, reached, needed, since, setAside } = evidence;
  const record = watch.kind === 'record';
  const count = ({ successes, total }: { successes: number; total: number }) =>
    a('countOf', { n: successes, of: total });
  const whole = <Num>{numbers.whole(Math.round(needed))}</Num>;
  return (
    <SummaryList
      items={[
        {
          term: a('opened'),
          value: <DateText value={openedAt} style="datetime" />,
          ...(suspended ? { note: a('suspendedNote') } : {}),
        },
        { term: a('inGroup'), value: count(group) },
        ...(record
          ? []
          : [
              {
                term: a('amongOthers'),
                value: count(others),
                ...(setAside.length === 0
                  ? {}
                  : { note: a('setAside', { groups: groupsIn(labels, watch, setAside) }) }),
              },
            ]),
        ...(size === null
          ? []
          : [
              {
                term: a('size'),
                value: record ? <RateText rate={size} /> : <PointsText difference={size} />,
              },
            ]),
        {
          term: a('tolerance'),
          value: d('tolerancePoints', {
            n: <Num>{tolerancePoints(watch.tolerance, numbers)}</Num>,
          }),
        },
        { term: a('since'), value: <Num>{since}</Num> },
        { term: a('month'), value: <Num>{month}</Num> },
        {
          term: a('evidence'),
          value:
            reached === null
              ? a('evidenceSequence', { needed: whole })
              : a('evidenceReached', { reached: <Num>{large(reached, numbers)}</Num>, needed: whole }),
        },
      ]}
    />
  );
}
