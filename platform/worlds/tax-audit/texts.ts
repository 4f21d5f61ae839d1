import type { DecisionView } from '../../src/decisions/view.ts';
import type { Input } from '../../src/register/record.ts';
import type { Random } from '../random.ts';

type Lang = 'fr' | 'ar';

const WORDS = {
  fr: {
    yes: 'oui',
    no: 'non',
    confirm: (facts: string) =>
      `Vu l'article 12 du code spécimen du contrôle. La déclaration présente les points suivants, à vérifier sur place : ${facts}. L'article 15 vous ouvre le droit d'être assisté.`,
    override: (facts: string) =>
      `Vu l'article 12 du code spécimen du contrôle. Les pièces du dossier expliquent les points relevés : ${facts}. Un contrôle n'est pas nécessaire.`,
    draw: (ticket: string) =>
      `Vu l'article 21 du code spécimen du contrôle. Numéro tiré : ${ticket}, sur 10 000. Le tirage est public et ne tient compte d'aucun fait de l'entreprise.`,
    rejected: (facts: string) =>
      `Vu l'article 12 du code spécimen du contrôle. Après un nouvel examen, les points relevés demeurent : ${facts}. Le contrôle est maintenu.`,
    upheld: (facts: string) =>
      `Vu l'article 15 du code spécimen du contrôle. Le nouvel examen montre que ces points sont expliqués par les pièces : ${facts}. Le contrôle est retiré.`,
    closings: [
      "Aucune conséquence n'est tirée de ces points avant le contrôle.",
      'Les pièces ont été relues une à une.',
      "L'entreprise a été invitée à présenter ses observations.",
      'La date du contrôle sera convenue avec vous.',
    ],
  },
  ar: {
    yes: 'نعم',
    no: 'لا',
    confirm: (facts: string) =>
      `بناء على المادة 12 من المدونة النموذجية للمراقبة. يتضمن التصريح النقط التالية التي يتعين التحقق منها بعين المكان: ${facts}. تخولكم المادة 15 حق الاستعانة بمن يساعدكم.`,
    override: (facts: string) =>
      `بناء على المادة 12 من المدونة النموذجية للمراقبة. تفسر وثائق الملف النقط المسجلة: ${facts}. لا حاجة إلى المراقبة.`,
    draw: (ticket: string) =>
      `بناء على المادة 21 من المدونة النموذجية للمراقبة. الرقم المسحوب: ${ticket} من أصل 10000. القرعة علنية ولا تأخذ بعين الاعتبار أي معطى عن المقاولة.`,
    rejected: (facts: string) =>
      `بناء على المادة 12 من المدونة النموذجية للمراقبة. بعد دراسة جديدة، تبقى النقط المسجلة قائمة: ${facts}. تبقى المراقبة مقررة.`,
    upheld: (facts: string) =>
      `بناء على المادة 15 من المدونة النموذجية للمراقبة. تبين من الدراسة الجديدة أن الوثائق تفسر هذه النقط: ${facts}. تُسحب المراقبة.`,
    closings: [
      'لا يترتب عن هذه النقط أي أثر قبل المراقبة.',
      'أُعيدت قراءة الوثائق واحدة واحدة.',
      'دُعيت المقاولة إلى تقديم ملاحظاتها.',
      'سيُتفق معكم على تاريخ المراقبة.',
    ],
  },
} as const;

function citedValue(input: Input, value: string | number | boolean, lang: Lang): string {
  if (input.type === 'boolean') return value ? WORDS[lang].yes : WORDS[lang].no;
  if (input.type === 'choice')
    return input.values.find((v) => v.value === value)?.label[lang] ?? String(value);
  return `${value} ${input.unit?.[lang] ?? ''}`.trim();
}

/** The recorded facts that weighed most for an effect and that the person may know of, as a reviewer cites them. */
function cited(view: DecisionView, lang: Lang, most: number): string {
  const closed = new Set(view.withheld?.inputs ?? []);
  const names = view.explanation.contributions.filter((c) => c.effect === 'adverse').flatMap((c) => c.facts);
  const inputs = [...new Set(names)]
    .filter((name) => !closed.has(name) && view.facts[name] !== undefined)
    .slice(0, most)
    .map((name) => view.system.record.inputs.find((i) => i.name === name));
  return inputs
    .filter((input) => input !== undefined)
    .map((input) => `${input.label[lang]} : ${citedValue(input, view.facts[input.name] as string, lang)}`)
    .join(lang === 'fr' ? ' ; ' : '؛ ');
}

export const languageOf = (random: Random): Lang => (random.chance(0.6) ? 'fr' : 'ar');

export function reasonsFor(
  random: Random,
  view: DecisionView,
  word: 'confirm' | 'override' | 'rejected' | 'upheld',
) {
  const lang = languageOf(random);
  const words = WORDS[lang];
  const facts = cited(view, lang, random.whole(3, 5));
  return { lang, text: `${words[word](facts)} ${random.pick(words.closings)}` };
}

export function drawReasons(random: Random, ticket: number) {
  const lang = languageOf(random);
  const words = WORDS[lang];
  return { lang, text: `${words.draw(String(ticket))} ${random.pick(words.closings)}` };
}

const REQUESTS = [
  "Nous avons déjà été contrôlés l'an dernier, sans résultat. Pourquoi encore nous ?",
  'نحن محل صغير ونتعامل نقدا مثل كل جيراننا. لماذا نحن؟',
  'Les factures manquantes ont été annulées ; les pièces sont jointes au dossier.',
  'صرح المورد بمبلغ خاطئ وقد صححه بعد ذلك.',
] as const;

export const requestText = (random: Random): string => random.pick(REQUESTS);
