import { createHash } from 'node:crypto';
import { openAssessment, saveAnswers } from '../../src/assessment/answering.ts';
import {
  answerComment,
  publishComment,
  refuseComment,
  submitComment,
} from '../../src/consultation/comments.ts';
import { openConsultation } from '../../src/consultation/consult.ts';
import { commentsOf } from '../../src/consultation/read.ts';
import type { Context } from '../../src/context.ts';
import { publishVersion } from '../../src/register/publish.ts';
import { dateOf } from './calendar.ts';
import { modelFile } from './model.ts';
import { AUTHORITY_ID, RECORD } from './record.ts';
import type { Account } from './staff.ts';

export const DRAFT_ID = 'aide-energie';

const t = (fr: string, ar: string, en: string) => ({ fr, ar, en });

/** A second invented programme: a draft that is put to the public before it decides anything. */
const DRAFT = {
  ...RECORD,
  name: t("Aide à l'énergie (projet)", 'دعم الطاقة (مشروع)', 'Energy support (draft)'),
  purpose: t(
    "Décider quels ménages reçoivent une aide d'hiver pour l'énergie, selon le même score que le soutien aux ménages. Programme inventé pour la démonstration, encore à l'état de projet.",
    'تحديد الأسر التي تستفيد من إعانة شتوية للطاقة، حسب المؤشر نفسه المعتمد في دعم الأسر. برنامج متخيّل لأغراض العرض، ما زال مشروعًا.',
    'Decide which households receive a winter support for energy, by the same score as the household support. A programme invented for demonstration, still a draft.',
  ),
  kindOfDecision: t(
    "Attribution ou refus d'une aide d'hiver à un ménage qui la demande",
    'منح أو رفض إعانة شتوية لأسرة طلبتها',
    'Award or refusal of a winter support to a household that asks for it',
  ),
};

const QUESTION = {
  fr: "Le score du soutien aux ménages convient-il pour une aide d'hiver ? Quels faits manquent, lesquels ne devraient pas compter ?",
  ar: 'هل يصلح مؤشر دعم الأسر لإعانة شتوية؟ أي معطيات تنقص، وأيها لا ينبغي احتسابه؟',
};

type Word =
  | { readonly publish: true; readonly answer?: { fr?: string; ar?: string } }
  | { readonly refuse: 'insult-or-threat' };

/** What the invented public wrote, and what became of it; what has no word waits to be read. */
const COMMENTS: readonly { readonly text: string; readonly word?: Word }[] = [
  {
    text: "Le score ne connaît pas l'altitude. À Imilchil on se chauffe cinq mois, à Agadir presque jamais : la même maison ne coûte pas la même chose.",
    word: {
      publish: true,
      answer: {
        fr: "Vous avez raison : ni l'altitude ni la zone climatique ne comptent aujourd'hui. La prochaine version les ajoutera, avec une source publique ; l'aide n'entrera pas en service sans elles.",
        ar: 'ملاحظتكم صائبة: لا يُحتسب اليوم الارتفاع ولا المنطقة المناخية. ستضيفهما النسخة المقبلة بمصدر معلن، ولن يبدأ العمل بالإعانة بدونهما.',
      },
    },
  },
  {
    text: 'السيارة القديمة في القرية تنقل المرضى والتلاميذ. لا تحتسبوها ضدنا.',
    word: {
      publish: true,
      answer: {
        fr: 'La règle gardera le véhicule, mais un véhicule de plus de quinze ans ne comptera plus. La fiche dira pourquoi.',
        ar: 'ستُبقي القاعدة على السيارة، لكن السيارة التي يفوق عمرها خمس عشرة سنة لن تُحتسب. وستبين البطاقة السبب.',
      },
    },
  },
  {
    text: "Que se passe-t-il si le registre compte encore quelqu'un qui est mort ? Ma voisine a attendu un an.",
    word: {
      publish: true,
      answer: {
        fr: "Un décès est une donnée que l'on peut faire rectifier à tout moment, et le guichet montre aussitôt ce que la correction changerait. Le projet ajoutera une vérification avant tout refus fondé sur un revenu ancien.",
      },
    },
  },
  {
    text: "Pourquoi un score pour cela ? L'hiver est le même pour tout le monde dans un douar. Donnez l'aide au douar.",
    word: { publish: true },
  },
  { text: 'Vous êtes tous des voleurs, on sait où vous habitez.', word: { refuse: 'insult-or-threat' } },
  { text: 'هل يمكن للمسنين الذين يعيشون وحدهم تقديم الطلب شفويا في الشباك؟' },
  {
    text: "Merci de publier aussi combien de refus ont été renversés, mois par mois, avant d'étendre ce score.",
  },
];

const at = (ctx: Context, now: Temporal.Instant): Context => ({
  ...ctx,
  clock: { now: () => now, virtual: true },
});

/** Registers the draft, begins its assessment, opens it to the public, and lets the comments come in over some days. */
export async function consultTheDraft(
  ctx: Context,
  registrar: Account,
  now: Temporal.Instant,
  closesOn: string,
): Promise<void> {
  const by = registrar.staffId;
  const first = at(ctx, now);
  const bytes = modelFile({ version: 2, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(first, AUTHORITY_ID, DRAFT_ID, DRAFT, { bytes, sha256 }, by);
  const hand = { authorityId: AUTHORITY_ID, by };
  const { assessmentId } = await openAssessment(first, {
    ...hand,
    systemId: DRAFT_ID,
    rule: 'ma.policy.level',
  });
  const begun = {
    decision: "Attribuer ou refuser une aide d'hiver.",
    effect: 'living',
    reversible: 'effort',
  };
  await saveAnswers(first, { ...hand, assessmentId, answers: begun, seen: 0 });
  const { consultationId } = await openConsultation(first, {
    ...hand,
    systemId: DRAFT_ID,
    question: QUESTION,
    closesOn,
  });
  for (const [i, { text, word }] of COMMENTS.entries()) {
    const received = now.add({ hours: 24 * 3 * (i + 1) + 2 });
    await submitComment(at(ctx, received), { authorityId: AUTHORITY_ID, consultationId, text });
    if (word === undefined) continue;
    const all = await commentsOf(ctx, { authorityId: AUTHORITY_ID, consultationId }, 'staff');
    const commentId = all.find((one) => one.text === text)?.commentId ?? '';
    const read = at(ctx, received.add({ hours: 20 }));
    if ('refuse' in word) await refuseComment(read, { ...hand, commentId, ground: word.refuse });
    else await publishComment(read, { ...hand, commentId });
    if ('publish' in word && word.answer)
      await answerComment(at(ctx, received.add({ hours: 44 })), { ...hand, commentId, answer: word.answer });
  }
}

/** The last day of a consultation that is still open when the world stands still. */
export const daysAfter = (end: Temporal.Instant, days: number): string =>
  Temporal.PlainDate.from(dateOf(end)).add({ days }).toString();
