import { defineMessages, toBeCommissioned } from '../../web/messages.ts';

const zgh = toBeCommissioned;

/** Alerts of the monitor. */
export const alertMessages = defineMessages({
  alerts: { en: 'Alerts', fr: 'Alertes', ar: 'التنبيهات', zgh },
  alert: { en: 'Alert', fr: 'Alerte', ar: 'تنبيه', zgh },
  none: { en: 'No alert', fr: 'Aucune alerte', ar: 'لا تنبيه', zgh },
  noneText: {
    en: 'An alert opens when a closed month makes it certain that a tolerance is broken.',
    fr: 'Une alerte s’ouvre quand un mois achevé établit qu’une tolérance est dépassée.',
    ar: 'يُفتح تنبيه عندما يثبت، بعد شهر منتهٍ، تجاوز حد مقبول.',
    zgh,
  },
  what: { en: 'What', fr: 'Objet', ar: 'الموضوع', zgh },
  opened: { en: 'Opened', fr: 'Ouverte', ar: 'تاريخ الفتح', zgh },
  openOf: {
    en: '{n, plural, one {# alert is open} other {# alerts are open}}',
    fr: '{n, plural, one {# alerte ouverte} other {# alertes ouvertes}}',
    ar: '{n, plural, zero {لا تنبيه مفتوحا} one {تنبيه واحد مفتوح} two {تنبيهان مفتوحان} few {# تنبيهات مفتوحة} many {# تنبيها مفتوحا} other {# تنبيه مفتوح}}',
    zgh,
  },
  openedOn: { en: 'Alert of {at}.', fr: 'Alerte du {at}.', ar: 'تنبيه بتاريخ {at}.', zgh },
  read: { en: 'Read the evidence', fr: 'Lire les éléments de preuve', ar: 'قراءة الأدلة', zgh },
  open: { en: 'open', fr: 'ouverte', ar: 'مفتوح', zgh },
  acknowledged: { en: 'acknowledged', fr: 'prise en charge', ar: 'تم التكفل به', zgh },
  suspendedNote: {
    en: 'the system was suspended',
    fr: 'le système a été suspendu',
    ar: 'تم إيقاف النظام',
    zgh,
  },
  tolerance: { en: 'Tolerated', fr: 'Toléré', ar: 'المقبول', zgh },
  since: { en: 'Counted since', fr: 'Compté depuis', ar: 'محتسب منذ', zgh },
  month: { en: 'Month that settled it', fr: 'Mois qui l’a établi', ar: 'الشهر الذي أثبته', zgh },
  inGroup: { en: 'In the group', fr: 'Dans le groupe', ar: 'في الفئة', zgh },
  amongOthers: { en: 'Among the others', fr: 'Chez les autres', ar: 'عند الآخرين', zgh },
  setAside: {
    en: 'without {groups}: alerted to before',
    fr: 'sans {groups} : déjà objet d’une alerte',
    ar: 'دون احتساب {groups}: فُتح تنبيه بشأنها من قبل',
    zgh,
  },
  setAsideLine: {
    en: 'Compared with the others without {groups}, alerted to before: two groups with the same excess would hide each other.',
    fr: 'Comparaison avec les autres sans {groups}, déjà objet d’une alerte : deux groupes au même excès se cacheraient l’un l’autre.',
    ar: 'المقارنة مع الآخرين دون احتساب {groups}، إذ فُتح تنبيه بشأنها من قبل: فئتان بنفس الفائض تحجب إحداهما الأخرى.',
    zgh,
  },
  countOf: {
    en: '{n, number} of {of, number}',
    fr: '{n, number} sur {of, number}',
    ar: '{n, number} من {of, number}',
    zgh,
  },
  size: { en: 'Size', fr: 'Ampleur', ar: 'الحجم', zgh },
  evidence: { en: 'Evidence', fr: 'Force de la preuve', ar: 'قوة الدليل', zgh },
  evidenceReached: {
    en: 'e-value {reached}; {needed} is needed for an alert. If the tolerance were kept, the chance of ever reaching it, however often one looks, is one in {needed}.',
    fr: 'valeur e de {reached} ; il faut {needed} pour une alerte. Si la tolérance était respectée, la probabilité d’y arriver un jour, quel que soit le nombre d’examens, serait de une sur {needed}.',
    ar: 'قيمة e هي {reached}؛ يلزم {needed} لفتح تنبيه. لو كان الحد محترما لكان احتمال بلوغها يوما ما، مهما تكرر الفحص، واحدا من {needed}.',
    zgh,
  },
  evidenceSequence: {
    en: 'the whole confidence sequence lies beyond the tolerance; it holds at every look, with a chance of error of one in {needed}.',
    fr: 'toute la suite de confiance est au-delà de la tolérance ; elle tient à chaque examen, avec un risque d’erreur de un sur {needed}.',
    ar: 'تقع متتالية الثقة كلها فوق الحد المقبول، وهي صالحة عند كل فحص، باحتمال خطأ قدره واحد من {needed}.',
    zgh,
  },
  meaning: {
    en: 'A measured difference is not yet an explanation. Look at the model’s version, at the records and at the procedure before concluding.',
    fr: 'Un écart mesuré n’est pas encore une explication. Examinez la version du modèle, les données et la procédure avant de conclure.',
    ar: 'التفاوت المقيس ليس تفسيرا بعد. افحصوا نسخة النموذج والمعطيات والمسطرة قبل الاستنتاج.',
    zgh,
  },
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge', ar: 'التكفل بالتنبيه', zgh },
  note: {
    en: 'What was found and what is done about it',
    fr: 'Ce qui a été constaté et ce qui est fait',
    ar: 'ما تمت معاينته وما يُتخذ بشأنه',
    zgh,
  },
  noteHint: {
    en: 'Ten characters at least. It is sealed in the log: no name of a person.',
    fr: 'Dix caractères au moins. La note est scellée au journal : aucun nom de personne.',
    ar: 'عشرة أحرف على الأقل. تُختم الملاحظة في الدفتر: لا تذكروا اسم أي شخص.',
    zgh,
  },
  noteShort: {
    en: 'Say in 10 to 2,000 characters what was found and what is done.',
    fr: 'Dites en 10 à 2 000 caractères ce qui a été constaté et ce qui est fait.',
    ar: 'بيّنوا في 10 إلى 2000 حرف ما تمت معاينته وما يُتخذ.',
    zgh,
  },
  already: {
    en: 'Somebody has acknowledged this alert meanwhile.',
    fr: 'Quelqu’un a pris cette alerte en charge entre-temps.',
    ar: 'تكفل شخص آخر بهذا التنبيه في هذه الأثناء.',
    zgh,
  },
  acknowledgedBy: {
    en: 'Acknowledged on {at} by {name}',
    fr: 'Prise en charge le {at} par {name}',
    ar: 'تكفل به {name} بتاريخ {at}',
    zgh,
  },
  done: {
    en: 'The alert is acknowledged.',
    fr: 'L’alerte est prise en charge.',
    ar: 'تم التكفل بالتنبيه.',
    zgh,
  },
});
