import type { CitizenCase } from '../citizen/case-view.ts';
import { m as citizen } from '../citizen/messages.ts';
import type { IssuedCode } from '../notices/index.ts';
import {
  AgencyText,
  Button,
  CodeText,
  Form,
  LetterPage,
  Machine,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { VisitPage, visitHref } from './shell.tsx';
import type { Visit } from './visits.ts';

export function CodePage({ visit, of }: { visit: Visit; of: CitizenCase }) {
  const t = useT(m);
  return (
    <VisitPage visit={visit} of={of} page="code" title={t('codeTitle')} plainTitle={t.text('codeTitle')}>
      <p>{t('codeText')}</p>
      <Form>
        <Button>{t('codeMake')}</Button>
      </Form>
    </VisitPage>
  );
}

export interface CodeLetterProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly issued: IssuedCode;
  /** Opens the case; never holds the code. */
  readonly address: string;
}

/** The letter with a new code: the one time that anybody can read it. */
export function CodeLetter({ visit, of, issued, address }: CodeLetterProps) {
  const t = useT(m);
  const shared = useT(citizen);
  const { lang } = useSite();
  const { telephone, counter, hours } = of.record.humanContact;
  return (
    <LetterPage
      title={t.text('letterSubject')}
      screen={
        <a class="ds-link" href={visitHref(lang, visit, 'aloud')}>
          {t('letterBack')}
        </a>
      }
      from={<AgencyText text={of.authority.name} mark={false} />}
      date={issued.at}
      reference={issued.reference}
      subject={t('letterSubject')}
      qr={{ text: address, label: address, caption: <Machine>{address}</Machine> }}
      foot={
        <p>
          <bdi>{telephone}</bdi> · <AgencyText text={counter} mark={false} /> ·{' '}
          <AgencyText text={hours} mark={false} />
        </p>
      }
    >
      <p>{t('letterText')}</p>
      <SummaryList
        items={[
          { term: shared('reference'), value: <Machine>{issued.reference}</Machine> },
          { term: t('codeWord'), value: <CodeText value={issued.code} /> },
        ]}
      />
      <p>{t('letterOld')}</p>
    </LetterPage>
  );
}
