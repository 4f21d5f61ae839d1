import type { Context } from '../../context.ts';
import { type Chosen, type FiledBy, type RequestedReview, requestReview } from '../../reviews/index.ts';
import { type Lang, localText, translator } from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { review } from '../messages-review.ts';
import { plainFact } from '../plain-fact.ts';
import type { ReviewAnswers } from './answers.ts';

/**
 * The words that are sent: what was typed and, for facts said to be wrong whose right value nobody knows, a line each.
 * "Check your answers" shows both before they go.
 */
export function wordsToSend({ record, present }: CitizenCase, answers: ReviewAnswers, lang: Lang): string {
  const t = translator(review, lang);
  const unknown = record.inputs.filter(
    (i) => answers.wrongFacts.includes(i.name) && answers.corrections[i.name] === undefined,
  );
  const lines = unknown.map((input) =>
    t.text('wrongUnknown', {
      fact: localText(input.label, lang)?.text ?? input.name,
      recorded: plainFact(input, present.facts[input.name], lang),
    }),
  );
  return [answers.text, ...lines].filter((part) => part !== '').join('\n');
}

/** Who files: the person, somebody recorded to act for them, or an agent with them at the counter. */
export function filedBy(answers: ReviewAnswers, staffId?: string): FiledBy {
  if (staffId !== undefined) return { kind: 'counter', staffId };
  const { representativeId } = answers;
  return representativeId === undefined ? { kind: 'person' } : { kind: 'representative', representativeId };
}

/** Sends the request about the decision in force. Throws what `requestReview` throws. */
export function sendRequest(
  ctx: Context,
  of: CitizenCase,
  answers: ReviewAnswers,
  { lang, staffId, files }: { readonly lang: Lang; readonly staffId?: string; readonly files?: Chosen },
): Promise<RequestedReview> {
  return requestReview(ctx, {
    authorityId: of.authorityId,
    caseId: of.caseId,
    decisionId: of.present.row.decision_id,
    ground: answers.ground,
    text: wordsToSend(of, answers, lang),
    corrections: answers.corrections,
    contact: answers.contact,
    filedBy: filedBy(answers, staffId),
    files,
  });
}
