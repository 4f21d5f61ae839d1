import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** The page of what is kept how long and goes by itself. */
export const m = defineMessages({
  title: { en: 'Other records', fr: 'Autres enregistrements', ar: 'تسجيلات أخرى', zgh },
  lead: {
    en: 'What is listed here goes by itself when its time is over. Files never do: two people erase them.',
    fr: 'Ce qui figure ici s’efface de lui-même une fois sa durée écoulée. Les dossiers, jamais : deux personnes les effacent.',
    ar: 'ما يرد هنا يُمحى تلقائيا عند انتهاء مدته. أما الملفات فلا تُمحى أبدا إلا من طرف شخصين.',
    zgh,
  },
  stays: {
    en: 'The log, the register and its figures are kept for good, so that every receipt can be proved.',
    fr: 'Le journal, le registre et ses chiffres sont gardés sans limite, pour que chaque preuve reste vérifiable.',
    ar: 'يُحفظ الدفتر والسجل وأرقامه بلا حد زمني، حتى يظل كل إثبات قابلا للتحقق.',
    zgh,
  },
  files: { en: 'Erasure of files', fr: 'Effacement des dossiers', ar: 'محو الملفات', zgh },
  ofNoSystem: {
    en: 'What belongs to no system',
    fr: 'Ce qui ne relève d’aucun système',
    ar: 'ما لا يتبع أي نظام',
    zgh,
  },
  what: { en: 'Record', fr: 'Enregistrement', ar: 'التسجيل', zgh },
  kept: { en: 'Kept', fr: 'Conservation', ar: 'مدة الحفظ', zgh },
  noTime: {
    en: 'No time is set: kept',
    fr: 'Aucune durée fixée : conservé',
    ar: 'لم تُحدد أي مدة: محفوظ',
    zgh,
  },
  days: {
    en: '{n, plural, one {# day} other {# days}}',
    fr: '{n, plural, one {# jour} other {# jours}}',
    ar: '{n, plural, zero {لا شيء} one {يوم واحد} two {يومان} few {# أيام} many {# يوما} other {# يوم}}',
    zgh,
  },
  ground: { en: 'Ground', fr: 'Fondement', ar: 'الأساس', zgh },
  rows: { en: 'Records', fr: 'Enregistrements', ar: 'التسجيلات', zgh },
  due: { en: 'Would go now', fr: 'S’effaceraient maintenant', ar: 'قد تُمحى الآن', zgh },
  stay: { en: 'Stay all the same', fr: 'Restent malgré tout', ar: 'تبقى رغم ذلك', zgh },
  review: {
    en: '{n, plural, one {# for a pending request} other {# for pending requests}}',
    fr: '{n, plural, one {# pour une demande en cours} other {# pour des demandes en cours}}',
    ar: '{n, plural, zero {لا شيء} one {واحد بسبب طلب معلق} two {اثنان بسبب طلبات معلقة} few {# بسبب طلبات معلقة} many {# بسبب طلبات معلقة} other {# بسبب طلبات معلقة}}',
    zgh,
  },
  awaiting: {
    en: '{n, plural, one {# because a person has still to decide} other {# because a person has still to decide}}',
    fr: '{n, plural, one {# car une personne doit encore décider} other {# car une personne doit encore décider}}',
    ar: '{n, plural, zero {لا شيء} one {واحد لأن شخصا لم يقرر بعد} two {اثنان لأن شخصا لم يقرر بعد} few {# لأن شخصا لم يقرر بعد} many {# لأن شخصا لم يقرر بعد} other {# لأن شخصا لم يقرر بعد}}',
    zgh,
  },
  set: { en: 'Set', fr: 'Fixer', ar: 'تحديد', zgh },
  setDone: { en: 'The time is set.', fr: 'La durée est fixée.', ar: 'تم تحديد المدة.', zgh },
  back: {
    en: 'Back to other records',
    fr: 'Retour aux autres enregistrements',
    ar: 'العودة إلى التسجيلات الأخرى',
    zgh,
  },
  setLead: {
    en: 'The time holds from the next hour on, and is an entry of the log. What has gone does not come back.',
    fr: 'La durée vaut dès l’heure suivante et fait l’objet d’une inscription au journal. Ce qui est effacé ne revient pas.',
    ar: 'تسري المدة ابتداء من الساعة الموالية وتُقيد في الدفتر. وما مُحي لا يعود.',
    zgh,
  },
  daysField: { en: 'Days to keep it', fr: 'Jours de conservation', ar: 'عدد أيام الحفظ', zgh },
  daysHint: {
    en: 'From {least, number} to {most, number}. Leave it empty to keep everything.',
    fr: 'De {least, number} à {most, number}. Laissez vide pour tout conserver.',
    ar: 'من {least, number} إلى {most, number}. اتركه فارغا للاحتفاظ بكل شيء.',
    zgh,
  },
  basisField: { en: 'Act that sets it', fr: 'Acte qui la fixe', ar: 'السند الذي يحددها', zgh },
  basisHint: {
    en: 'As it is cited, such as a decision of the authority and its date.',
    fr: 'Tel qu’on le cite, par exemple une décision de l’autorité et sa date.',
    ar: 'كما يُستشهد به، مثل قرار للسلطة وتاريخه.',
    zgh,
  },
  certaintyField: {
    en: 'How far can it be relied on?',
    fr: 'Dans quelle mesure peut-on s’y fier ?',
    ar: 'إلى أي حد يمكن الاعتماد عليه؟',
    zgh,
  },
  save: { en: 'Set this time', fr: 'Fixer cette durée', ar: 'تحديد هذه المدة', zgh },
  badDays: {
    en: 'Write whole days within these bounds, or nothing.',
    fr: 'Écrivez un nombre entier de jours dans ces limites, ou rien.',
    ar: 'اكتب عددا صحيحا من الأيام ضمن هذه الحدود، أو لا تكتب شيئا.',
    zgh,
  },
  badBasis: {
    en: 'Cite the act in 5 to 300 characters.',
    fr: 'Citez l’acte en 5 à 300 caractères.',
    ar: 'اذكر السند في 5 إلى 300 حرف.',
    zgh,
  },
  badCertainty: { en: 'Choose one.', fr: 'Choisissez une réponse.', ar: 'اختر جوابا.', zgh },

  'access-log': {
    en: 'Who read whose file',
    fr: 'Qui a lu quel dossier',
    ar: 'من اطلع على أي ملف',
    zgh,
  },
  'idempotency-keys': {
    en: 'Keys of repeated requests',
    fr: 'Clés des requêtes répétées',
    ar: 'مفاتيح الطلبات المكررة',
    zgh,
  },
  'dead-letters': {
    en: 'Events that a receiver never took',
    fr: 'Événements jamais reçus par leur destinataire',
    ar: 'أحداث لم يتسلمها المتلقي قط',
    zgh,
  },
  'desk-drafts': {
    en: 'Reasons written and not signed',
    fr: 'Motifs rédigés et non signés',
    ar: 'تعليلات كُتبت ولم تُوقَّع',
    zgh,
  },
  'request-drafts': {
    en: 'Requests for review begun and not sent',
    fr: 'Demandes de réexamen commencées et non envoyées',
    ar: 'طلبات إعادة نظر بدأت ولم تُرسل',
    zgh,
  },
  sessions: {
    en: 'Ended sessions of the staff',
    fr: 'Sessions terminées du personnel',
    ar: 'جلسات الموظفين المنتهية',
    zgh,
  },
  'code-guesses': {
    en: 'Counts of wrong codes',
    fr: 'Décomptes de codes erronés',
    ar: 'عدد الرموز الخاطئة',
    zgh,
  },
  'api-secrets': {
    en: 'Replaced secrets of API keys',
    fr: 'Secrets remplacés des clés d’API',
    ar: 'أسرار مفاتيح الواجهة التي استُبدلت',
    zgh,
  },
});
