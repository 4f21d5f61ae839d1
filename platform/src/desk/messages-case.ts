import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** One proposal as its reviewer reads it, and a decided one. */
export const caseMessages = defineMessages({
  title: { en: 'File {reference}', fr: 'Dossier {reference}', ar: 'الملف {reference}', zgh },
  back: { en: 'All that wait', fr: 'Tout ce qui attend', ar: 'كل ما ينتظر', zgh },
  lead: {
    en: '{system}. Waiting since {at} ({days}).',
    fr: '{system}. En attente depuis le {at} ({days}).',
    ar: '{system}. في الانتظار منذ {at} ({days}).',
    zgh,
  },
  toDecision: { en: 'Go to your decision', fr: 'Aller à votre décision', ar: 'الانتقال إلى قراركم', zgh },
  facts: { en: 'Recorded facts', fr: 'Faits inscrits', ar: 'المعطيات المقيَّدة', zgh },
  fact: { en: 'Fact', fr: 'Fait', ar: 'المعطى', zgh },
  value: { en: 'Value', fr: 'Valeur', ar: 'القيمة', zgh },
  correctable: { en: 'Can be corrected', fr: 'Rectifiable', ar: 'قابل للتصحيح', zgh },
  yes: { en: 'yes', fr: 'oui', ar: 'نعم', zgh },
  no: { en: 'no', fr: 'non', ar: 'لا', zgh },
  source: { en: 'Source: {source}', fr: 'Source : {source}', ar: 'المصدر: {source}', zgh },
  factsNote: {
    en: 'A fact that can be corrected may be wrong or out of date in the record.',
    fr: 'Un fait rectifiable peut être faux ou ancien dans le registre.',
    ar: 'المعطى القابل للتصحيح قد يكون خاطئا أو قديما في السجل.',
    zgh,
  },

  proposal: { en: 'What the rule proposes', fr: 'Ce que la règle propose', ar: 'ما تقترحه القاعدة', zgh },
  proposed: {
    en: 'What the rule had proposed',
    fr: 'Ce que la règle avait proposé',
    ar: 'ما اقترحته القاعدة',
    zgh,
  },
  outcome: { en: 'Outcome proposed', fr: 'Issue proposée', ar: 'النتيجة المقترحة', zgh },
  score: { en: 'Score', fr: 'Score', ar: 'المؤشر', zgh },
  threshold: { en: 'Threshold', fr: 'Seuil', ar: 'العتبة', zgh },
  side: {
    en: '{side, select, above {{gap} above the threshold} below {{gap} below the threshold} other {exactly the threshold}}',
    fr: '{side, select, above {{gap} au-dessus du seuil} below {{gap} au-dessous du seuil} other {exactement le seuil}}',
    ar: '{side, select, above {أعلى من العتبة بـ {gap}} below {أقل من العتبة بـ {gap}} other {مساوٍ للعتبة بالضبط}}',
    zgh,
  },
  thresholdNote: {
    en: 'Up to it: {atMost}. Above it: {above}.',
    fr: 'Jusqu’au seuil : {atMost}. Au-dessus : {above}.',
    ar: 'إلى غاية العتبة: {atMost}. فوقها: {above}.',
    zgh,
  },
  bars: {
    en: 'Every reason of the rule, in points',
    fr: 'Tous les motifs de la règle, en points',
    ar: 'كل أسباب القاعدة بالنقاط',
    zgh,
  },
  against: { en: 'against the person', fr: 'contre la personne', ar: 'ضد الشخص المعني', zgh },
  inFavour: { en: 'for the person', fr: 'pour la personne', ar: 'لصالح الشخص المعني', zgh },
  lineBase: { en: 'The average file', fr: 'Le dossier moyen', ar: 'الملف المتوسط', zgh },
  lineBaseOf: {
    en: 'The average file ({kind})',
    fr: 'Le dossier moyen ({kind})',
    ar: 'الملف المتوسط ({kind})',
    zgh,
  },
  lineScore: {
    en: 'This file: all added up',
    fr: 'Ce dossier : tout additionné',
    ar: 'هذا الملف: مجموع كل شيء',
    zgh,
  },
  checked: {
    en: 'Run again when this page was made: same result, and the points add up. Model file, version {version}: {model}',
    fr: 'Relancé pour cette page : même résultat, et les points s’additionnent. Fichier du modèle, version {version} : {model}',
    ar: 'أُعيد التشغيل لإعداد هذه الصفحة: نفس النتيجة، ومجموع النقاط صحيح. ملف النموذج، النسخة {version}: {model}',
    zgh,
  },

  law: { en: 'Legal basis', fr: 'Base légale', ar: 'الأساس القانوني', zgh },
  article: {
    en: '{title}, article {article}',
    fr: '{title}, article {article}',
    ar: '{title}، المادة {article}',
    zgh,
  },
  life: { en: 'Life of the file so far', fr: 'Vie du dossier jusqu’ici', ar: 'مسار الملف إلى الآن', zgh },
  entry: { en: 'log entry {index}', fr: 'journal, numéro {index}', ar: 'الدفتر، رقم {index}', zgh },

  decidedTag: { en: 'decided', fr: 'décidé', ar: 'تم البت فيه', zgh },
  decided: { en: 'What was decided', fr: 'Ce qui a été décidé', ar: 'ما تقرر', zgh },
  decidedLead: {
    en: '{system}. Decided on {at}.',
    fr: '{system}. Décidé le {at}.',
    ar: '{system}. تم البت فيه يوم {at}.',
    zgh,
  },
  replaced: {
    en: 'A later decision has taken the place of this one, after a request for review.',
    fr: 'Une décision ultérieure a remplacé celle-ci, après une demande de réexamen.',
    ar: 'حل محل هذا القرار قرار لاحق، بعد طلب مراجعة.',
    zgh,
  },
  decision: { en: 'Decision', fr: 'Décision', ar: 'القرار', zgh: draft('ⵜⴰⵖⵜⴰⵙⵜ') },
  agreed: { en: 'as the rule proposed', fr: 'comme la règle le proposait', ar: 'كما اقترحته القاعدة', zgh },
  disagreed: {
    en: 'against what the rule proposed',
    fr: 'contre la proposition de la règle',
    ar: 'خلافا لما اقترحته القاعدة',
    zgh,
  },
  reasons: {
    en: 'Reasons of law and fact',
    fr: 'Motifs de droit et de fait',
    ar: 'الأسباب القانونية والواقعية',
    zgh: draft('ⵜⵉⵎⵏⵜⵉⵍⵉⵏ'),
  },
  writtenIn: { en: 'Language: {language}', fr: 'Langue : {language}', ar: 'اللغة: {language}', zgh },
  lawNamed: { en: 'Law named', fr: 'Droit nommé', ar: 'الأساس القانوني المذكور', zgh },
  factsNamed: { en: 'Facts named', fr: 'Faits nommés', ar: 'المعطيات المذكورة', zgh },
  by: { en: 'By', fr: 'Par', ar: 'من طرف', zgh },
  delegation: {
    en: 'Delegation of signature',
    fr: 'Délégation de signature',
    ar: 'تفويض الإمضاء',
    zgh,
  },
  delegationDates: {
    en: 'from {from, date, medium} to {to, date, medium}, {scope, select, all {for every system} other {for this system}}',
    fr: 'du {from, date, medium} au {to, date, medium}, {scope, select, all {pour tous les systèmes} other {pour ce système}}',
    ar: 'من {from, date, medium} إلى {to, date, medium}، {scope, select, all {لكل الأنظمة} other {لهذا النظام}}',
    zgh,
  },
  logIndex: { en: 'Entry of the log', fr: 'Inscription au journal', ar: 'التقييد في الدفتر', zgh },
  spent: {
    en: 'Time from opening to signing',
    fr: 'Temps entre l’ouverture et la signature',
    ar: 'المدة بين فتح الملف والتوقيع',
    zgh,
  },

  citeArticle: { en: 'article {article}', fr: 'article {article}', ar: 'المادة {article}', zgh },
  citeFact: { en: '{label}: {value}', fr: '{label} : {value}', ar: '{label}: {value}', zgh },
});
