import { defineMessages, draft, toBeCommissioned } from '../web/messages.ts';

const zgh = toBeCommissioned;

/** The list of the public register, and the words that all of the register's pages share. */
export const m = defineMessages({
  title: { en: 'Public register', fr: 'Registre public', ar: 'السجل العمومي', zgh },
  lead: {
    en: 'Every system by which an administration here decides about people, or prepares a decision. What is not in service in this register decides nothing.',
    fr: 'Tous les systèmes par lesquels une administration décide ici du sort d’une personne, ou prépare une décision. Ce qui n’est pas en service dans ce registre ne décide de rien.',
    ar: 'جميع الأنظمة التي تتخذ بها إدارة هنا قرارات تخص الأشخاص أو تُعدّها. وما ليس قيد الخدمة في هذا السجل لا يقرر شيئًا.',
    zgh,
  },
  search: { en: 'Search the register', fr: 'Chercher dans le registre', ar: 'البحث في السجل', zgh },
  searchHint: {
    en: 'A word of the name, the purpose or the decision; accents do not matter.',
    fr: 'Un mot du nom, de la finalité ou de la décision ; les accents ne comptent pas.',
    ar: 'كلمة من الاسم أو الغاية أو القرار، دون اعتبار للتشكيل والهمزات.',
    zgh,
  },
  find: { en: 'Search', fr: 'Chercher', ar: 'بحث', zgh },
  filters: { en: 'More filters', fr: 'Plus de filtres', ar: 'مزيد من خيارات التصفية', zgh },
  filtersInvalid: {
    en: 'A filter in the address of this page was not understood and is left out.',
    fr: 'Un filtre de l’adresse de cette page n’a pas été compris ; il est ignoré.',
    ar: 'لم يُفهم أحد خيارات التصفية في عنوان هذه الصفحة فتم تجاهله.',
    zgh,
  },
  authority: { en: 'Administration', fr: 'Administration', ar: 'الإدارة', zgh },
  status: { en: 'Status', fr: 'État', ar: 'الحالة', zgh },
  level: { en: 'Impact level', fr: 'Niveau d’impact', ar: 'مستوى الأثر', zgh },
  levelOf: {
    en: 'Impact level {n, number} of 4',
    fr: 'Niveau d’impact {n, number} sur 4',
    ar: 'مستوى الأثر {n, number} من 4',
    zgh,
  },
  all: { en: 'All', fr: 'Tous', ar: 'الكل', zgh },
  live: { en: 'In service', fr: 'En service', ar: 'قيد الخدمة', zgh },
  suspended: { en: 'Suspended', fr: 'Suspendu', ar: 'موقوف', zgh },
  retired: { en: 'Retired', fr: 'Retiré', ar: 'مسحوب من الخدمة', zgh },
  draft: { en: 'Draft', fr: 'Projet', ar: 'مسودة', zgh },
  system: { en: 'System', fr: 'Système', ar: 'نظام', zgh: draft('ⴰⵏⴳⵔⴰⵡ') },
  nothingFound: { en: 'No system found', fr: 'Aucun système trouvé', ar: 'لم يُعثر على أي نظام', zgh },
  nothingFoundText: {
    en: 'Try fewer words, or <all>see every system</all>.',
    fr: 'Essayez avec moins de mots, ou <all>voyez tous les systèmes</all>.',
    ar: 'جرّبوا كلمات أقل، أو <all>اطلعوا على جميع الأنظمة</all>.',
    zgh,
  },
  nothingYet: { en: 'No system yet', fr: 'Aucun système pour l’instant', ar: 'لا يوجد أي نظام بعد', zgh },
  nothingYetText: {
    en: 'A system appears here the moment an administration puts it into service.',
    fr: 'Un système apparaît ici au moment où une administration le met en service.',
    ar: 'يظهر النظام هنا فور أن تضعه إدارة قيد الخدمة.',
    zgh,
  },
  asData: {
    en: 'The same list as data: <link>JSON</link>.',
    fr: 'La même liste sous forme de données : <link>JSON</link>.',
    ar: 'القائمة نفسها في شكل معطيات: <link>JSON</link>.',
    zgh,
  },
  logs: {
    en: 'What each administration decides is entered in a log that nobody can rewrite:',
    fr: 'Ce que chaque administration décide est inscrit dans un journal que personne ne peut réécrire :',
    ar: 'يُقيَّد ما تقرره كل إدارة في دفتر لا يمكن لأحد إعادة كتابته:',
    zgh,
  },
  nameOnlyIn: {
    en: 'The name exists in {language, select, ar {Arabic} fr {French} zgh {Tamazight} other {English}} only.',
    fr: 'Le nom n’existe qu’en {language, select, ar {arabe} fr {français} zgh {amazighe} other {anglais}}.',
    ar: 'الاسم متوفر {language, select, ar {بالعربية} fr {بالفرنسية} zgh {بالأمازيغية} other {بالإنجليزية}} فقط.',
    zgh,
  },
  consultations: {
    en: 'Public consultations on systems to come',
    fr: 'Consultations publiques sur des systèmes à venir',
    ar: 'الاستشارات العمومية حول الأنظمة المقبلة',
    zgh: toBeCommissioned,
  },
  backToList: { en: 'Public register', fr: 'Registre public', ar: 'السجل العمومي', zgh },
});
