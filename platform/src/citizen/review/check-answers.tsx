import type { Child } from 'hono/jsx';
import { type FileFacts, StagedNames } from '../../attachments/index.ts';
import { files } from '../../attachments/messages.ts';
import type { Assessment } from '../../decisions/assess.ts';
import type { Ground } from '../../reviews/index.ts';
import {
  AgencyText,
  Button,
  Callout,
  Form,
  type SummaryItem,
  SummaryList,
  useSite,
  useT,
} from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { FactText } from '../fact-text.tsx';
import { review } from '../messages-review.ts';
import { CasePage } from '../shell.tsx';
import type { Representative, ReviewAnswers, Step } from './answers.ts';
import { CorrectedPreview } from './preview.tsx';

export const GROUND_LABELS = {
  'data-wrong': 'dataWrong',
  'reasons-wrong': 'reasonsWrong',
  'want-person': 'wantPerson',
  other: 'otherGround',
} as const satisfies Record<Ground, string>;

/** The facts said to be wrong, each with the right value where it is known. */
export function Corrections({ of, answers }: { of: CitizenCase; answers: ReviewAnswers }): Child {
  const t = useT(review);
  return (
    <ul>
      {of.record.inputs
        .filter((input) => answers.wrongFacts.includes(input.name))
        .map((input) => {
          const right = answers.corrections[input.name];
          const values = {
            fact: <AgencyText text={input.label} mark={false} />,
            recorded: <FactText input={input} value={of.present.facts[input.name]} />,
          };
          return (
            <li>
              {right === undefined
                ? t('wrongUnknown', values)
                : t('insteadOf', { ...values, right: <FactText input={input} value={right} /> })}
            </li>
          );
        })}
    </ul>
  );
}

export interface CheckAnswersProps {
  readonly of: CitizenCase;
  readonly answers: ReviewAnswers;
  readonly representatives: readonly Representative[];
  readonly staged: readonly FileFacts[];
  /** What the rule gives on the corrected facts, where the person may see it. */
  readonly preview?: Assessment | undefined;
}

/** Check your answers: everything once more, each with the way back to its question. */
export function CheckAnswers({ of, answers, representatives, staged, preview }: CheckAnswersProps) {
  const t = useT(review);
  const f = useT(files);
  const { lang } = useSite();
  const item = (step: Step, term: Child, value: Child): SummaryItem => ({
    term,
    value,
    action: { href: `/${lang}/case/review/${step}`, label: t('change'), about: term },
  });
  const acting = representatives.find((r) => r.representativeId === answers.representativeId);
  const items = [
    item('ground', t('groundTitle'), t(GROUND_LABELS[answers.ground])),
    ...(answers.ground === 'data-wrong'
      ? [item('facts', t('factsTitle'), <Corrections of={of} answers={answers} />)]
      : []),
    item('text', t('textTitle'), answers.text === '' ? t('nothingWritten') : <Written text={answers.text} />),
    item('files', f('staged'), <StagedNames staged={staged} />),
    item(
      'contact',
      t('contactTitle'),
      answers.contact === '' ? t('nothingWritten') : <bdi>{answers.contact}</bdi>,
    ),
    item('who', t('whoTitle'), acting ? t('forThem', { name: <bdi>{acting.name}</bdi> }) : t('self')),
  ];
  return (
    <CasePage title={t.text('checkTitle')} back={{ href: `/${lang}/case/review/who`, label: t('back') }}>
      <h1>{t('checkTitle')}</h1>
      <Callout>
        <p>{t('checkCan')}</p>
      </Callout>
      <SummaryList items={items} />
      {preview && <CorrectedPreview of={of} assessed={preview} />}
      <Form action={`/${lang}/case/review/check`}>
        <Button>{t('send')}</Button>
      </Form>
    </CasePage>
  );
}

/** What a person typed, with its own line breaks and its own direction. */
export function Written({ text }: { text: string }): Child {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => <p dir="auto">{line}</p>);
}
