import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Opening a file, leaving it, and what every page of a file shares. */
export const m = defineMessages({
  openTitle: { en: 'Open your file', fr: 'Ouvrir votre dossier', ar: 'فتح ملفكم', zgh },
  openCan: {
    en: 'Take the letter you received. Type the reference and the code that are on it.',
    fr: 'Prenez la lettre reçue. Tapez la référence et le code qui y figurent.',
    ar: 'خذوا الرسالة التي توصلتم بها. اكتبوا المرجع والرمز الموجودين فيها.',
    zgh,
  },
  openNoCode: {
    en: 'You have no letter, or no code? The counter makes you a new one. Bring your identity document.',
    fr: "Pas de lettre ou pas de code ? Le guichet vous en fait un nouveau. Venez avec une pièce d'identité.",
    ar: 'ليست لديكم رسالة أو رمز؟ الشباك يمنحكم رمزا جديدا. أحضروا وثيقة تعريفكم.',
    zgh,
  },
  reference: { en: 'Reference', fr: 'Référence', ar: 'المرجع', zgh },
  referenceHint: {
    en: '10 letters and digits, for example {example}',
    fr: '10 lettres et chiffres, par exemple {example}',
    ar: '10 حروف وأرقام، مثلا {example}',
    zgh,
  },
  code: { en: 'Code', fr: 'Code', ar: 'الرمز', zgh },
  open: { en: 'Open my file', fr: 'Ouvrir mon dossier', ar: 'فتح ملفي', zgh },
  badReference: {
    en: 'Type the 10 letters and digits of the reference.',
    fr: 'Tapez les 10 lettres et chiffres de la référence.',
    ar: 'اكتبوا الحروف والأرقام العشرة للمرجع.',
    zgh,
  },
  badCode: {
    en: 'Type the 12 digits of the code.',
    fr: 'Tapez les 12 chiffres du code.',
    ar: 'اكتبوا الأرقام الاثني عشر للرمز.',
    zgh,
  },
  noMatch: {
    en: 'This reference and this code do not go together. Check both on the letter. An older code no longer works.',
    fr: "Cette référence et ce code ne vont pas ensemble. Vérifiez les deux sur la lettre. Un ancien code n'ouvre plus rien.",
    ar: 'هذا المرجع وهذا الرمز غير متطابقين. تحققوا منهما في الرسالة. الرمز القديم لم يعد صالحا.',
    zgh,
  },
  lockedTitle: {
    en: 'Too many wrong codes',
    fr: 'Trop de codes erronés',
    ar: 'رموز خاطئة كثيرة',
    zgh,
  },
  locked: {
    en: 'You can try again in {minutes, plural, one {# minute} other {# minutes}}. The counter can also make you a new code: it works at once.',
    fr: 'Vous pourrez réessayer dans {minutes, plural, one {# minute} other {# minutes}}. Le guichet peut aussi vous faire un nouveau code : il marche tout de suite.',
    ar: 'يمكنكم المحاولة من جديد بعد {minutes, plural, zero {أقل من دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}. ويمكن للشباك أن يمنحكم رمزا جديدا يعمل فورا.',
    zgh,
  },
  endedTitle: { en: 'Your file was closed', fr: 'Votre dossier a été fermé', ar: 'تم إغلاق ملفكم', zgh },
  ended: {
    en: 'Nobody used it for half an hour, or a new code was made. Type the reference and the code again.',
    fr: "Personne ne l'a utilisé pendant une demi-heure, ou un nouveau code a été fait. Tapez à nouveau la référence et le code.",
    ar: 'لم يستعمله أحد لمدة نصف ساعة، أو تم إصدار رمز جديد. اكتبوا المرجع والرمز من جديد.',
    zgh,
  },
  endedKept: {
    en: 'What you have just typed is kept. It comes back when you open the file.',
    fr: "Ce que vous venez d'écrire est gardé. Vous le retrouverez en ouvrant le dossier.",
    ar: 'ما كتبتموه قبل قليل محفوظ، وستجدونه عند فتح الملف.',
    zgh,
  },
  backToDecision: {
    en: 'Back to the decision',
    fr: 'Retour à la décision',
    ar: 'الرجوع إلى القرار',
    zgh,
  },
  leave: { en: 'Close my file', fr: 'Fermer mon dossier', ar: 'إغلاق ملفي', zgh },
  leaveHint: {
    en: 'On a phone or computer that others use, always close your file.',
    fr: 'Sur un téléphone ou un ordinateur partagé, fermez toujours votre dossier.',
    ar: 'في هاتف أو حاسوب يستعمله غيركم، أغلقوا ملفكم دائما.',
    zgh,
  },
  leftTitle: { en: 'Your file is closed', fr: 'Votre dossier est fermé', ar: 'ملفكم مغلق', zgh },
  leftText: {
    en: 'Nobody can read it on this device without your code.',
    fr: 'Personne ne peut le lire sur cet appareil sans votre code.',
    ar: 'لا يمكن لأحد أن يقرأه على هذا الجهاز بدون رمزكم.',
    zgh,
  },
  leftCan: {
    en: 'You can open it again at any time, with the reference and the code.',
    fr: 'Vous pouvez le rouvrir à tout moment, avec la référence et le code.',
    ar: 'يمكنكم فتحه من جديد في أي وقت بالمرجع والرمز.',
    zgh,
  },
  yes: { en: 'yes', fr: 'oui', ar: 'نعم', zgh },
  no: { en: 'no', fr: 'non', ar: 'لا', zgh },
  notRecorded: { en: 'not recorded', fr: 'non renseigné', ar: 'غير مقيَّد', zgh },
  decision: { en: 'Decision', fr: 'Décision', ar: 'القرار', zgh: draft('ⵜⴰⵖⵜⴰⵙⵜ') },
});
