import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** That something is withheld, under what, until when, and what one can do: told whatever is withheld. */
export const withheldMessages = defineMessages({
  title: {
    en: 'Part of the reasons is not told to you',
    fr: 'Une partie des motifs ne vous est pas communiquée',
    ar: 'جزء من الأسباب غير مفصح عنه لكم',
    zgh,
  },
  under: {
    en: 'Under {law}, article {article}. Source: {source}.',
    fr: 'En vertu de {law}, article {article}. Source : {source}.',
    ar: 'بناء على {law}، المادة {article}. المصدر: {source}.',
    zgh,
  },
  because: {
    en: 'The administration says why: {because}',
    fr: "L'administration dit pourquoi : {because}",
    ar: 'تقول الإدارة لماذا: {because}',
    zgh,
  },
  until: {
    en: 'It is withheld until {day, date, long} at the latest. Then it appears here by itself.',
    fr: "Elle n'est pas communiquée jusqu'au {day, date, long} au plus tard. Ensuite elle s'affiche ici d'elle-même.",
    ar: 'يستمر عدم الإفصاح إلى غاية {day, date, long} على الأكثر. بعد ذلك يظهر هنا تلقائيا.',
    zgh,
  },
  weighs: {
    en: 'Its weight is counted and shown as “Withheld reason”.',
    fr: 'Son poids est compté et affiché sous « Motif non communiqué ».',
    ar: 'وزنه محتسب ومبين تحت «سبب غير مفصح عنه».',
    zgh,
  },
  contest: {
    en: 'You can contest this: <review>ask for a review</review>, or go to the competent judge. The whole reasons are kept sealed for the judge.',
    fr: 'Vous pouvez le contester : <review>demandez un réexamen</review>, ou saisissez le juge compétent. Les motifs complets sont gardés scellés pour le juge.',
    ar: 'يمكنكم الطعن في ذلك: <review>اطلبوا المراجعة</review>، أو الجؤوا إلى القاضي المختص. الأسباب الكاملة محفوظة مختومة للقاضي.',
    zgh,
  },
  aloud: {
    en: 'Part of the reasons is not told to you, under article {article}, until {day, date, long} at the latest. You can contest this: by a review, or before the competent judge, who can have the whole reasons opened.',
    fr: "Une partie des motifs ne vous est pas communiquée, en vertu de l'article {article}, jusqu'au {day, date, long} au plus tard. Vous pouvez le contester : par un réexamen, ou devant le juge compétent, qui peut faire ouvrir les motifs complets.",
    ar: 'جزء من الأسباب غير مفصح عنه لكم بناء على المادة {article} إلى غاية {day, date, long} على الأكثر. يمكنكم الطعن في ذلك: بطلب المراجعة، أو أمام القاضي المختص الذي يمكنه طلب فتح الأسباب الكاملة.',
    zgh,
  },
  certain: { en: 'law in force', fr: 'droit en vigueur', ar: 'نص نافذ', zgh },
  'secondary source': { en: 'from a secondary source', fr: 'de source secondaire', ar: 'من مصدر ثانوي', zgh },
  unsure: { en: 'not certain', fr: 'incertain', ar: 'غير مؤكد', zgh },
  'announced, not law': {
    en: 'announced, not law',
    fr: 'annoncé, pas encore du droit',
    ar: 'معلن عنه وليس قانونا بعد',
    zgh,
  },
  'platform policy': {
    en: 'a rule of this office, not a law',
    fr: "règle de l'office, pas une loi",
    ar: 'قاعدة لدى المكتب وليست قانونا',
    zgh,
  },
});
