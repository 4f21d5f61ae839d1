import { type StaffMember, staffHref } from '../access/index.ts';
import type { Localized } from '../register/record.ts';
import {
  Alert,
  Button,
  DateText,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Page,
  PersonName,
  Radios,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import type { ReviewClock } from './clock.ts';
import { ClockText } from './clock-text.tsx';
import { ExtensionPart } from './desk-parts.tsx';
import type { ReviewRow } from './find.ts';
import { m } from './messages.ts';
import { kinds } from './messages-kinds.ts';
import { KindText, SystemName } from './queue-page.tsx';
import type { Ground } from './request.ts';
import type { TriedPart } from './request-routes.tsx';
import type { Candidate } from './reviewers.ts';
import type { Review } from './reviews-of-case.ts';

/** The choice that leaves it to the platform. */
export const LEAST_BUSY = 'least-busy';

export interface AssignProps {
  readonly review: ReviewRow;
  readonly full: Review;
  /** Who looks at the page: nobody gives a request to themselves. */
  readonly self: string;
  readonly saved?: boolean;
  readonly tried?: TriedPart | undefined;
  readonly reference: string;
  readonly systems: ReadonlyMap<string, Localized>;
  readonly clock: ReviewClock;
  readonly candidates: readonly Candidate[];
  /** Who has the request now. */
  readonly holder: StaffMember | undefined;
  /** The request was given to somebody just now. */
  readonly given?: boolean;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** What a supervisor needs for giving a request to a reviewer; nothing of the person's file. */
export function AssignPage(props: AssignProps) {
  const t = useT(m);
  const k = useT(kinds);
  const { lang } = useSite();
  const { review, candidates, holder, errors = {} } = props;
  const back = staffHref(lang, review.authority_id, 'reviews');
  const able = candidates.filter((c) => c.obstacle === undefined && c.staff.staffId !== review.assigned_to);
  const others = able.filter((c) => c.staff.staffId !== props.self);
  const tried = props.tried?.part === 'extend' ? props.tried : undefined;
  return (
    <Page kind="staff" wide title={t.text('assignTitle')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={back}>
          {t('back')}
        </a>
      </p>
      <h1>{t('assignTitle')}</h1>
      {props.saved && <Alert tone="good" live title={k('saved')} />}
      {props.given && holder && (
        <Alert tone="good" live title={t('given', { name: <PersonName>{holder.name}</PersonName> })} />
      )}
      <div class="ta-columns">
        <div>
          <SummaryList
            items={[
              { term: t('reference'), value: <Machine>{props.reference}</Machine> },
              { term: t('system'), value: <SystemName of={review.system_id} in={props.systems} /> },
              { term: t('kind'), value: <KindText row={review} /> },
              { term: t('ground'), value: t(review.ground as Ground) },
              { term: t('received'), value: <DateText value={review.requested_at} style="datetime" /> },
              {
                term: t('reviewer'),
                value: holder ? <PersonName>{holder.name}</PersonName> : t('nobody'),
              },
            ]}
          />
          <h2>{t('clock')}</h2>
          <ClockText of={props.clock} />
          <ExtensionPart review={props.full} values={tried?.values} errors={tried?.errors} />
          <p>
            <a class="ds-link" href={`${back}/${review.review_id}/qualify`}>
              {k('qualifyAgain')}
            </a>
          </p>
        </div>
        <div>
          {able.length > 0 ? (
            <Form
              action={`${back}/${review.review_id}/assign`}
              values={props.values ?? { to: others[0]?.staff.staffId ?? LEAST_BUSY }}
              errors={errors}
            >
              <Radios
                name="to"
                label={t(holder ? 'assignAgain' : 'toWhom')}
                hint={t('assignHint')}
                options={[
                  ...others.map(({ staff, load }) => ({
                    value: staff.staffId,
                    label: <PersonName>{staff.name}</PersonName>,
                    hint: t('load', { n: load }),
                  })),
                  { value: LEAST_BUSY, label: t('leastBusy') },
                ]}
              />
              <Button>{t('assign')}</Button>
            </Form>
          ) : (
            <Alert tone="attention" title={t('nobodyCan')}>
              <p>{t('nobodyCanText')}</p>
            </Alert>
          )}
          <Obstacles of={candidates} />
        </div>
      </div>
    </Page>
  );
}

const OBSTACLES = ['not-independent', 'not-certified', 'not-competent', 'forbidden'] as const;

function Obstacles({ of }: { of: readonly Candidate[] }) {
  const t = useT(m);
  const kept = of.flatMap(({ staff, obstacle }) => {
    const code = OBSTACLES.find((known) => known === obstacle?.code);
    return code === undefined ? [] : [{ staff, code }];
  });
  if (kept.length === 0) return null;
  return (
    <>
      <h2>{t('cannot')}</h2>
      <SummaryList
        items={kept.map(({ staff, code }) => ({
          term: <PersonName>{staff.name}</PersonName>,
          value: t(`obstacle-${code}`),
        }))}
      />
    </>
  );
}
