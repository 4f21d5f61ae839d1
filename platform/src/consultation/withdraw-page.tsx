import type { OwnSystem } from '../register/own-systems.ts';
import {
  Button,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { staffMessages as m, m as publicMessages } from './messages.ts';
import { Lines } from './public-views.tsx';
import type { Comment } from './read.ts';
import { consultationStaffHref } from './staff-views.tsx';

interface WithdrawProps {
  readonly system: OwnSystem;
  readonly comment: Comment;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** A published comment, and taking it back where personal data was found in it. */
export function WithdrawPage({ system, comment, values, errors = {} }: WithdrawProps) {
  const t = useT(m);
  const said = useT(publicMessages);
  const { lang } = useSite();
  return (
    <Page kind="staff" title={t.text('withdraw')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={consultationStaffHref(lang, system)}>
          {t('backToOne')}
        </a>
      </p>
      <h1>{t('withdraw')}</h1>
      {comment.status === 'published' ? (
        <>
          <p class="ta-lead">{t('withdrawLead')}</p>
          <p>{said('commentOf', { day: comment.receivedAt })}</p>
          <blockquote class="ta-quote" dir="auto">
            <Lines text={comment.text ?? ''} />
          </blockquote>
          <Form values={values} errors={errors}>
            <TextArea
              name="because_ar"
              label={t('becauseAr')}
              hint={t('becauseHint')}
              rows={3}
              maxlength={2_000}
            />
            <TextArea name="because_fr" label={t('becauseFr')} rows={3} maxlength={2_000} />
            <Button grave>{t('withdraw')}</Button>
          </Form>
        </>
      ) : (
        comment.withdrawnAt && <p>{said('withdrawn', { day: comment.withdrawnAt })}</p>
      )}
    </Page>
  );
}
