import type { DecisionView } from '../../src/decisions/view.ts';
import type { Input } from '../../src/register/record.ts';
import type { Random } from '../random.ts';

type Lang = 'fr' | 'ar';

const WORDS = {
  fr: {
    yes: 'oui',
    no: 'non',
    confirm: (score: string, threshold: string, facts: string) =>
      `Vu l'article 7 du règlement du programme, qui fixe le seuil à ${threshold}. Le score du ménage est de ${score}, au-dessus du seuil. Faits retenus : ${facts}.`,
    override: (score: string, facts: string) =>
      `Vu l'article 4 du règlement du programme. Malgré un score de ${score}, les pièces du dossier montrent une situation moins favorable que celle inscrite. Faits retenus : ${facts}.`,
    rejected: (facts: string) =>
      `Vu l'article 7 du règlement du programme. Après un nouvel examen du dossier, les faits sont exacts : ${facts}. La décision est maintenue.`,
    upheld: (facts: string) =>
      `Vu l'article 4 du règlement du programme. Le nouvel examen montre que la décision reposait sur un fait inexact ou mal apprécié : ${facts}. Elle est remplacée.`,
    closings: [
      'Le dossier ne contient aucune pièce contraire.',
      'Les pièces ont été vérifiées une à une.',
      'La personne a été invitée à produire ses observations.',
      'Aucun élément nouveau ne modifie cette appréciation.',
    ],
  },
  ar: {
    yes: 'نعم',
    no: 'لا',
    confirm: (score: string, threshold: string, facts: string) =>
      `بناء على المادة 7 من نظام البرنامج التي تحدد العتبة في ${threshold}. مؤشر الأسرة هو ${score} ويتجاوز العتبة. الوقائع المعتمدة: ${facts}.`,
    override: (score: string, facts: string) =>
      `بناء على المادة 4 من نظام البرنامج. رغم أن المؤشر هو ${score}، تبين وثائق الملف وضعية أقل مما هو مقيد. الوقائع المعتمدة: ${facts}.`,
    rejected: (facts: string) =>
      `بناء على المادة 7 من نظام البرنامج. بعد دراسة جديدة للملف تبين أن الوقائع صحيحة: ${facts}. يبقى القرار قائما.`,
    upheld: (facts: string) =>
      `بناء على المادة 4 من نظام البرنامج. تبين من الدراسة الجديدة أن القرار استند إلى واقعة غير صحيحة أو أسيء تقديرها: ${facts}. وقد تم تعويضه.`,
    closings: [
      'لا توجد في الملف أي وثيقة مخالفة.',
      'تم التحقق من الوثائق واحدة واحدة.',
      'تمت دعوة الشخص المعني إلى الإدلاء بملاحظاته.',
      'لا يوجد أي عنصر جديد يغير هذا التقدير.',
    ],
  },
} as const;

function citedValue(input: Input, value: string | number | boolean, lang: Lang): string {
  if (input.type === 'boolean') return value ? WORDS[lang].yes : WORDS[lang].no;
  if (input.type === 'choice')
    return input.values.find((v) => v.value === value)?.label[lang] ?? String(value);
  return `${value} ${input.unit?.[lang] ?? ''}`.trim();
}

/** The facts that weighed most for an effect, as a reviewer cites them. */
function cited(view: DecisionView, lang: Lang, effect: 'favourable' | 'adverse', most: number): string {
  const names = view.explanation.contributions.filter((c) => c.effect === effect).flatMap((c) => c.facts);
  const inputs = [...new Set(names)]
    .slice(0, most)
    .map((n) => view.system.record.inputs.find((i) => i.name === n));
  return inputs
    .filter((input) => input !== undefined)
    .map((input) => `${input.label[lang]} : ${citedValue(input, view.facts[input.name] as string, lang)}`)
    .join(lang === 'fr' ? ' ; ' : '؛ ');
}

/** A score as a person writes it: three decimals, a comma in French. */
function shown(decimal: string | null | undefined, lang: Lang): string {
  if (decimal === null || decimal === undefined)
    throw new Error('the household programme decides by a score');
  const text = Number(decimal).toFixed(3);
  return lang === 'fr' ? text.replace('.', ',') : text;
}

const languageOf = (random: Random): Lang => (random.chance(0.6) ? 'fr' : 'ar');

export function reasonsFor(random: Random, view: DecisionView, effect: 'favourable' | 'adverse') {
  const lang = languageOf(random);
  const score = shown(view.explanation.score, lang);
  const threshold = shown(view.explanation.form === 'additive' ? view.explanation.threshold : null, lang);
  const facts = cited(view, lang, effect, random.whole(2, 4));
  const words = WORDS[lang];
  const text = effect === 'adverse' ? words.confirm(score, threshold, facts) : words.override(score, facts);
  return { lang, text: `${text} ${random.pick(words.closings)}` };
}

export function reviewText(random: Random, view: DecisionView, upheld: boolean) {
  const lang = languageOf(random);
  const words = WORDS[lang];
  const facts = cited(view, lang, 'adverse', random.whole(2, 4));
  const text = upheld ? words.upheld(facts) : words.rejected(facts);
  return { lang, text: `${text} (${shown(view.explanation.score, lang)}) ${random.pick(words.closings)}` };
}

const REQUESTS = {
  'data-wrong': [
    'Mon père est décédé mais il est encore inscrit avec un revenu. Merci de corriger.',
    'توفي أبي وما زال مقيدا بدخل في السجلات. المرجو التصحيح.',
    'Ma mère est décédée il y a deux ans. Son revenu est encore compté.',
  ],
  'reasons-wrong': [
    'Je ne comprends pas ce score. Notre situation est plus difficile que ce qui est écrit.',
    'لا أفهم هذا المؤشر. وضعيتنا أصعب مما هو مكتوب.',
  ],
  'want-person': ['Je voudrais expliquer ma situation à une personne.', 'أريد أن أشرح وضعيتي لشخص.'],
  other: ['Je demande que mon dossier soit revu.', 'أطلب إعادة النظر في ملفي.'],
} as const;

export function requestText(random: Random, ground: keyof typeof REQUESTS): string {
  return random.pick(REQUESTS[ground]);
}
