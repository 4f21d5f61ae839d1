import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** The death of a person, at the counter. */
export const death = defineMessages({
  title: { en: 'The person has died', fr: 'La personne est décédée', ar: 'توفي المعني(ة) بالأمر', zgh },
  open: {
    en: 'A death closes nothing: the case and its requests go on, and the heirs act. Record them once the death is recorded.',
    fr: 'Un décès ne ferme rien : le dossier et ses demandes continuent, et les héritiers agissent. Inscrivez-les une fois le décès inscrit.',
    ar: 'الوفاة لا تغلق شيئا: يستمر الملف وطلباته، ويتصرف الورثة. سجلوهم بعد تقييد الوفاة.',
    zgh,
  },
  document: { en: 'Document seen', fr: 'Document présenté', ar: 'الوثيقة المدلى بها', zgh },
  'death-certificate': { en: 'death certificate', fr: 'acte de décès', ar: 'رسم الوفاة', zgh },
  'family-booklet': { en: 'family booklet', fr: 'livret de famille', ar: 'دفتر الحالة المدنية', zgh },
  'court-order': { en: 'court order', fr: 'décision de justice', ar: 'حكم قضائي', zgh },
  day: { en: 'Day of the death', fr: 'Jour du décès', ar: 'يوم الوفاة', zgh },
  record: { en: 'Record the death', fr: 'Inscrire le décès', ar: 'تقييد الوفاة', zgh },
  recorded: {
    en: 'A death on {on, date, long} is recorded.',
    fr: 'Un décès du {on, date, long} est inscrit.',
    ar: 'قُيدت وفاة بتاريخ {on, date, long}.',
    zgh,
  },
  correct: {
    en: 'This was recorded wrongly: the person is alive',
    fr: 'Inscrit par erreur : la personne est vivante',
    ar: 'قُيد خطأ: المعني(ة) بالأمر على قيد الحياة',
    zgh,
  },
  needDocument: { en: 'Choose the document.', fr: 'Choisissez le document.', ar: 'اختاروا الوثيقة.', zgh },
  needDay: {
    en: 'Give the day, not later than today.',
    fr: 'Donnez le jour, au plus tard aujourd’hui.',
    ar: 'حددوا اليوم، على ألا يتجاوز تاريخ اليوم.',
    zgh,
  },
});
