import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

export const m = defineMessages({
  title: {
    en: 'For agencies: the API',
    fr: "Pour les organismes : l'API",
    ar: 'للإدارات: الواجهة البرمجية',
    zgh,
  },
  lead: {
    en: 'An agency sends the facts of one case and gets a decision that is explained and sealed. An adverse outcome waits for a person.',
    fr: "Un organisme envoie les faits d'un dossier et reçoit une décision expliquée et inscrite. Une issue défavorable attend une personne.",
    ar: 'ترسل الإدارة وقائع ملف واحد فتتلقى قرارا مشروحا ومقيَّدا. والنتيجة غير المواتية تنتظر شخصا يقرر.',
    zgh,
  },
  document: {
    en: 'The machine-readable description: <link>OpenAPI 3.1</link>.',
    fr: 'La description lisible par machine : <link>OpenAPI 3.1</link>.',
    ar: 'الوصف المقروء آليا: <link>OpenAPI 3.1</link>.',
    zgh,
  },
  english: {
    en: 'The technical descriptions below are in English.',
    fr: 'Les descriptions techniques ci-dessous sont en anglais.',
    ar: 'الأوصاف التقنية أدناه بالإنجليزية.',
    zgh,
  },
  answers: { en: 'Answers', fr: 'Réponses', ar: 'الأجوبة', zgh },
  status: { en: 'Status', fr: 'Statut', ar: 'الحالة', zgh },
  meaning: { en: 'Meaning', fr: 'Signification', ar: 'المعنى', zgh },
  body: { en: 'Body', fr: 'Corps', ar: 'المحتوى', zgh },
  field: { en: 'Field', fr: 'Champ', ar: 'الحقل', zgh },
  type: { en: 'Type', fr: 'Type', ar: 'النوع', zgh },
  note: { en: 'Note', fr: 'Note', ar: 'ملاحظة', zgh },
  required: { en: 'required', fr: 'obligatoire', ar: 'إلزامي', zgh },
});
