import { defineMessages, toBeCommissioned } from '../web/messages.ts';

/** The access log's page. */
export const logMessages = defineMessages({
  title: { en: 'Access log', fr: 'Journal des consultations', ar: 'سجل الاطلاع', zgh: toBeCommissioned },
  lead: {
    en: 'Every reading of a person’s data, newest first. It holds identifiers only: no name, no fact of a case.',
    fr: 'Chaque consultation des données d’une personne, la plus récente d’abord. Il ne contient que des identifiants : aucun nom, aucun fait d’un dossier.',
    ar: 'كل اطلاع على معطيات شخص، الأحدث أولًا. لا يتضمن سوى معرّفات: لا اسم ولا واقعة من ملف.',
    zgh: toBeCommissioned,
  },
  filter: {
    en: 'Case: reference or identifier',
    fr: 'Dossier : référence ou identifiant',
    ar: 'الملف: المرجع أو المعرّف',
    zgh: toBeCommissioned,
  },
  filterHint: {
    en: 'Leave empty to see every case.',
    fr: 'Laissez vide pour voir tous les dossiers.',
    ar: 'اتركوه فارغًا لعرض كل الملفات.',
    zgh: toBeCommissioned,
  },
  show: { en: 'Show', fr: 'Afficher', ar: 'عرض', zgh: toBeCommissioned },
  unknownCase: {
    en: 'No case of this administration has this reference or identifier. Check it on the notice.',
    fr: 'Aucun dossier de cette administration n’a cette référence ou cet identifiant. Vérifiez sur l’avis.',
    ar: 'لا يوجد لدى هذه الإدارة ملف بهذا المرجع أو المعرّف. المرجو التحقق منه في الإشعار.',
    zgh: toBeCommissioned,
  },
  onlyCase: {
    en: 'Only the case {id}.',
    fr: 'Seulement le dossier {id}.',
    ar: 'الملف {id} فقط.',
    zgh: toBeCommissioned,
  },
  all: { en: 'Show every case', fr: 'Voir tous les dossiers', ar: 'عرض كل الملفات', zgh: toBeCommissioned },
  at: { en: 'When', fr: 'Quand', ar: 'متى', zgh: toBeCommissioned },
  actor: { en: 'Who', fr: 'Qui', ar: 'من', zgh: toBeCommissioned },
  action: { en: 'What', fr: 'Quoi', ar: 'ماذا', zgh: toBeCommissioned },
  case: { en: 'Case', fr: 'Dossier', ar: 'الملف', zgh: toBeCommissioned },
  purpose: { en: 'Why', fr: 'Pourquoi', ar: 'لماذا', zgh: toBeCommissioned },
  citizen: {
    en: 'the person concerned',
    fr: 'la personne concernée',
    ar: 'الشخص المعني',
    zgh: toBeCommissioned,
  },
  none: { en: 'none', fr: 'aucun', ar: 'لا يوجد', zgh: toBeCommissioned },
  emptyTitle: {
    en: 'Nobody has read anything yet',
    fr: 'Aucune consultation pour l’instant',
    ar: 'لا اطلاع بعد',
    zgh: toBeCommissioned,
  },
  emptyText: {
    en: 'As soon as somebody opens a case, a line appears here.',
    fr: 'Dès que quelqu’un ouvrira un dossier, une ligne apparaîtra ici.',
    ar: 'سيظهر سطر هنا بمجرد أن يفتح أحد ملفًا.',
    zgh: toBeCommissioned,
  },
});
