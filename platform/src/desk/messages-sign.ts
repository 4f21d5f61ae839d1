import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Check before you sign; what follows a signature. */
export const signMessages = defineMessages({
  checkTitle: { en: 'Check before you sign', fr: 'Vérifiez avant de signer', ar: 'تحققوا قبل التوقيع', zgh },
  checkLead: {
    en: 'This is exactly what will be sealed for file {reference}. The person will read your name and your text.',
    fr: 'Voici exactement ce qui sera scellé pour le dossier {reference}. La personne lira votre nom et votre texte.',
    ar: 'هذا بالضبط ما سيُقيَّد للملف {reference}. سيقرأ الشخص المعني اسمكم ونصكم.',
    zgh,
  },
  outcome: { en: 'Decision', fr: 'Décision', ar: 'القرار', zgh },
  text: { en: 'Your text', fr: 'Votre texte', ar: 'نصكم', zgh },
  signer: { en: 'Signed by', fr: 'Signature', ar: 'التوقيع', zgh },
  takesEffect: {
    en: 'The decision takes effect as soon as you sign, and cannot be taken back here. A request for review is decided by somebody else.',
    fr: 'La décision prend effet dès votre signature et ne peut pas être retirée ici. Une demande de réexamen est confiée à une autre personne.',
    ar: 'يسري القرار فور توقيعكم ولا يمكن سحبه من هنا. يبت شخص آخر في طلب المراجعة.',
    zgh,
  },
  firstOfTwo: {
    en: 'This is the first of two signatures: nothing takes effect until another person has examined the file and signed too.',
    fr: 'C’est la première de deux signatures : rien ne prend effet tant qu’une autre personne n’a pas examiné le dossier et signé à son tour.',
    ar: 'هذا أول توقيعين: لا يسري أي شيء قبل أن يدرس شخص آخر الملف ويوقع بدوره.',
    zgh,
  },
  signedFirstTitle: {
    en: 'First signature sealed',
    fr: 'Première signature scellée',
    ar: 'قُيّد التوقيع الأول',
    zgh,
  },
  signedFirst: {
    en: 'File {reference} waits for a second person',
    fr: 'Le dossier {reference} attend une seconde personne',
    ar: 'الملف {reference} ينتظر شخصا ثانيا',
    zgh,
  },
  sign: { en: 'Sign: {outcome}', fr: 'Signer : {outcome}', ar: 'توقيع: {outcome}', zgh },
  change: { en: 'Change my text', fr: 'Modifier mon texte', ar: 'تعديل نصي', zgh },
  changed: {
    en: 'Something changed since you saw this page: nothing was signed',
    fr: 'Quelque chose a changé depuis l’affichage de cette page : rien n’a été signé',
    ar: 'تغير شيء ما منذ عرض هذه الصفحة: لم يُوقَّع أي شيء',
    zgh,
  },
  changedText: {
    en: 'Read once more what will be sealed, then sign.',
    fr: 'Relisez ce qui sera scellé, puis signez.',
    ar: 'اقرؤوا من جديد ما سيُقيَّد، ثم وقّعوا.',
    zgh,
  },

  signedTitle: { en: 'Decision signed', fr: 'Décision signée', ar: 'تم توقيع القرار', zgh },
  signed: {
    en: 'File {reference}: {outcome}',
    fr: 'Dossier {reference} : {outcome}',
    ar: 'الملف {reference}: {outcome}',
    zgh,
  },
  sealed: {
    en: 'In force since {at}, entry {index} of the log.',
    fr: 'En vigueur depuis le {at}, numéro {index} du journal.',
    ar: 'ساري المفعول منذ {at}، رقم {index} في الدفتر.',
    zgh,
  },
  nextTitle: { en: 'What happens next', fr: 'La suite', ar: 'ما سيأتي بعد ذلك', zgh },
  nextNotice: {
    en: 'The notice is ready: decision, your reasons, reference {reference} and a receipt that anybody can check. The counter or the agency gives it to the person with a code.',
    fr: 'L’avis est prêt : la décision, vos motifs, la référence {reference} et une preuve d’inscription que chacun peut vérifier. Le guichet ou l’agence le remet à la personne avec un code.',
    ar: 'الإشعار جاهز: القرار وأسبابكم والمرجع {reference} وإثبات التقييد الذي يمكن لأي كان التحقق منه. يسلمه الشباك أو الوكالة إلى الشخص المعني مع رمز.',
    zgh,
  },
  nextNotification: {
    en: 'The notification (by hand, registered letter or electronically, with date and proof) is recorded as a step of its own. No time runs against the person before it is proven.',
    fr: 'La notification (en main propre, par lettre recommandée ou par voie électronique, avec date et preuve) est inscrite comme une étape à part. Aucun délai ne court contre la personne avant qu’elle soit prouvée.',
    ar: 'يُقيَّد التبليغ (باليد أو برسالة مضمونة أو إلكترونيا، مع التاريخ والإثبات) كمرحلة مستقلة. لا يسري أي أجل ضد الشخص المعني قبل إثباته.',
    zgh,
  },
  nextReview: {
    en: 'The person may ask for a review. Somebody who took no part in this decision answers it: not you.',
    fr: 'La personne peut demander un réexamen. Quelqu’un qui n’a pas participé à cette décision y répond : pas vous.',
    ar: 'يمكن للشخص المعني طلب المراجعة. يبت فيه من لم يشارك في هذا القرار: لستم أنتم.',
    zgh,
  },
  left: {
    en: '{n, plural, =0 {Nothing more waits for you.} one {# proposal still waits for you.} other {# proposals still wait for you.}}',
    fr: '{n, plural, =0 {Plus rien ne vous attend.} one {# proposition vous attend encore.} other {# propositions vous attendent encore.}}',
    ar: '{n, plural, =0 {لم يبق شيء في انتظاركم.} zero {لم يبق شيء في انتظاركم.} one {مقترح واحد لا يزال في انتظاركم.} two {مقترحان لا يزالان في انتظاركم.} few {# مقترحات لا تزال في انتظاركم.} many {# مقترحا لا يزال في انتظاركم.} other {# مقترح لا يزال في انتظاركم.}}',
    zgh,
  },
  next: {
    en: 'Next file: {reference}',
    fr: 'Dossier suivant : {reference}',
    ar: 'الملف التالي: {reference}',
    zgh,
  },
  queue: { en: 'Back to the queue', fr: 'Retour à la file', ar: 'العودة إلى اللائحة', zgh },
  read: { en: 'Read the decision', fr: 'Lire la décision', ar: 'قراءة القرار', zgh },
  readFile: { en: 'Read the file', fr: 'Lire le dossier', ar: 'قراءة الملف', zgh },

  twiceTitle: {
    en: 'You have already signed this decision',
    fr: 'Vous avez déjà signé cette décision',
    ar: 'لقد سبق لكم توقيع هذا القرار',
    zgh,
  },
  twiceText: {
    en: 'It was sealed once, on {at}: {outcome}. The second sending changed nothing.',
    fr: 'Elle a été scellée une seule fois, le {at} : {outcome}. Le second envoi n’a rien changé.',
    ar: 'قُيِّد مرة واحدة، يوم {at}: {outcome}. لم يغير الإرسال الثاني أي شيء.',
    zgh,
  },
  otherTitle: {
    en: 'Somebody else has decided meanwhile',
    fr: 'Une autre personne a décidé entre-temps',
    ar: 'قرر شخص آخر في هذه الأثناء',
    zgh,
  },
  otherText: {
    en: '{name} signed on {at}: {outcome}. Your decision was not sealed.',
    fr: '{name} a signé le {at} : {outcome}. Votre décision n’a pas été scellée.',
    ar: 'وقّع(ت) {name} يوم {at}: {outcome}. لم يُقيَّد قراركم.',
    zgh,
  },
});
