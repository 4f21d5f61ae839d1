import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** The verifiable receipt: what it is, what it is not, how to check it here and elsewhere. */
export const receipt = defineMessages({
  title: { en: 'Your proof', fr: "Votre preuve d'inscription", ar: 'إثبات التقييد الخاص بكم', zgh },
  can: {
    en: 'Keep this file. With it anybody can check that nothing was changed afterwards, without having to trust the administration.',
    fr: "Gardez ce fichier. Avec lui, chacun peut vérifier que rien n'a été modifié après coup, sans devoir croire l'administration.",
    ar: 'احتفظوا بهذا الملف. به يستطيع أي شخص التحقق من أن لا شيء تغير بعد ذلك، دون الحاجة إلى تصديق الإدارة.',
    zgh,
  },
  download: { en: 'Save the proof', fr: 'Enregistrer la preuve', ar: 'حفظ الإثبات', zgh },
  check: { en: 'Check it now', fr: 'La vérifier maintenant', ar: 'التحقق منه الآن', zgh },
  privateWarning: {
    en: 'The file holds the facts of your case. Show it only to people you trust.',
    fr: 'Le fichier contient les faits de votre dossier. Ne le montrez qu’à des personnes de confiance.',
    ar: 'يتضمن هذا الملف معطيات ملفكم. لا تطلعوا عليه إلا من تثقون بهم.',
    zgh,
  },
  isTitle: { en: 'What it is', fr: "Ce que c'est", ar: 'ما هو', zgh },
  isText: {
    en: 'It shows what was recorded about your case, and that it is in the public log of {authority}.',
    fr: "Elle montre ce qui a été inscrit sur votre dossier, et que c'est dans le journal public de : {authority}.",
    ar: 'يبين ما تم تقييده بشأن ملفكم، وأنه موجود في الدفتر العمومي لـ: {authority}.',
    zgh,
  },
  steps: {
    en: '{n, plural, one {It covers one step of your file.} other {It covers # steps of your file.}}',
    fr: '{n, plural, one {Elle porte sur une étape de votre dossier.} other {Elle porte sur # étapes de votre dossier.}}',
    ar: '{n, plural, zero {لا يشمل أي مرحلة.} one {يشمل مرحلة واحدة من ملفكم.} two {يشمل مرحلتين من ملفكم.} few {يشمل # مراحل من ملفكم.} many {يشمل # مرحلة من ملفكم.} other {يشمل # مرحلة من ملفكم.}}',
    zgh,
  },
  isNotTitle: { en: 'What it is not', fr: "Ce que ce n'est pas", ar: 'ما ليس هو', zgh },
  notSignature: {
    en: 'It is not a qualified electronic signature.',
    fr: "Ce n'est pas une signature électronique qualifiée.",
    ar: 'ليس توقيعا إلكترونيا مؤهلا.',
    zgh,
  },
  notFiling: {
    en: 'It is not the filing receipt of law 55-19. That one proves that you handed in papers.',
    fr: "Ce n'est pas le récépissé de la loi 55-19. Celui-là prouve que vous avez déposé des pièces.",
    ar: 'ليس الوصل المنصوص عليه في القانون 55-19. فذلك الوصل يثبت أنكم وضعتم وثائق.',
    zgh,
  },
  notTrue: {
    en: 'It does not say that the facts are true. It says that they were recorded then, and not changed since.',
    fr: "Elle ne dit pas que les faits sont vrais. Elle dit qu'ils ont été inscrits alors, et non modifiés depuis.",
    ar: 'لا يقول إن المعطيات صحيحة. بل يقول إنها قُيدت آنذاك ولم تتغير منذ ذلك الحين.',
    zgh,
  },
  elsewhereTitle: { en: 'Check it elsewhere', fr: 'La vérifier ailleurs', ar: 'التحقق منه في مكان آخر', zgh },
  elsewherePage: {
    en: 'Any Taalil site of this administration checks it: <page>open the checking page</page>.',
    fr: 'Le site Taalil de cette administration la vérifie : <page>ouvrir la page de vérification</page>.',
    ar: 'موقع تعليل الخاص بهذه الإدارة يتحقق منه: <page>فتح صفحة التحقق</page>.',
    zgh,
  },
  elsewhereProgram: {
    en: 'Somebody who knows computers can check it without us. They need the program and the key of the log:',
    fr: "Une personne qui s'y connaît peut la vérifier sans nous. Il lui faut le programme et la clé du journal :",
    ar: 'يمكن لشخص له دراية بالمعلوميات أن يتحقق منه بدوننا. يلزمه البرنامج ومفتاح الدفتر:',
    zgh,
  },
  elsewhereKey: {
    en: 'Get the key from somebody else than us too, and compare.',
    fr: "Demandez aussi la clé à quelqu'un d'autre que nous, et comparez.",
    ar: 'احصلوا على المفتاح أيضا من جهة أخرى غيرنا، وقارنوا.',
    zgh,
  },

  verdictValid: { en: 'This proof is good', fr: 'Cette preuve est bonne', ar: 'هذا الإثبات صحيح', zgh },
  verdictValidText: {
    en: '{n, plural, one {The recorded step is in the log, and nothing in it was changed.} other {All # recorded steps are in the log, and nothing in them was changed.}}',
    fr: "{n, plural, one {L'étape inscrite est dans le journal, et rien n'y a été modifié.} other {Les # étapes inscrites sont dans le journal, et rien n'y a été modifié.}}",
    ar: '{n, plural, zero {لا مراحل.} one {المرحلة المقيَّدة موجودة في الدفتر ولم يتغير فيها شيء.} two {المرحلتان المقيَّدتان موجودتان في الدفتر ولم يتغير فيهما شيء.} few {المراحل المقيَّدة الـ # موجودة في الدفتر ولم يتغير فيها شيء.} many {المراحل المقيَّدة الـ # موجودة في الدفتر ولم يتغير فيها شيء.} other {المراحل المقيَّدة الـ # موجودة في الدفتر ولم يتغير فيها شيء.}}',
    zgh,
  },
  verdictUntrusted: {
    en: 'We do not know who made this proof',
    fr: 'Nous ne savons pas qui a fait cette preuve',
    ar: 'لا نعرف من أصدر هذا الإثبات',
    zgh,
  },
  verdictUntrustedText: {
    en: 'It has the right form. But it is not of a log that this site serves. Check it on the site of the administration that gave it to you.',
    fr: "Elle a la bonne forme. Mais elle ne vient pas d'un journal de ce site. Vérifiez-la sur le site de l'administration qui vous l'a donnée.",
    ar: 'شكله صحيح. لكنه لا يخص دفترا يخدمه هذا الموقع. تحققوا منه في موقع الإدارة التي منحتكم إياه.',
    zgh,
  },
  verdictBroken: {
    en: 'Something in this proof does not hold',
    fr: 'Quelque chose ne tient pas dans cette preuve',
    ar: 'هناك خلل في هذا الإثبات',
    zgh,
  },
  verdictBrokenText: {
    en: 'It names our log, but it was changed, or steps of different cases were put together. Keep the file as it is. Show it to a person you trust, a lawyer or the Ombudsman.',
    fr: 'Elle nomme notre journal, mais elle a été modifiée, ou des étapes de dossiers différents ont été réunies. Gardez le fichier tel quel. Montrez-le à une personne de confiance, un·e avocat·e ou le Médiateur du Royaume.',
    ar: 'يذكر دفترنا، لكنه تعرض لتغيير أو جُمعت فيه مراحل من ملفات مختلفة. احتفظوا بالملف كما هو. اعرضوه على شخص تثقون به أو محام(ية) أو وسيط المملكة.',
    zgh,
  },
  verdictMalformed: {
    en: 'This is not a proof that we can read',
    fr: "Ce n'est pas une preuve que nous pouvons lire",
    ar: 'هذا ليس إثباتا يمكننا قراءته',
    zgh,
  },
  verdictMalformedText: {
    en: 'Perhaps a part is missing. Take the file as you saved it, without opening it in a text program.',
    fr: "Il en manque peut-être une partie. Prenez le fichier tel que vous l'avez enregistré, sans l'ouvrir dans un traitement de texte.",
    ar: 'ربما ينقصه جزء. خذوا الملف كما حفظتموه دون فتحه في برنامج للنصوص.',
    zgh,
  },
  tooLarge: {
    en: 'This file is too large to be a proof. The largest has 4 megabytes.',
    fr: 'Ce fichier est trop gros pour être une preuve. La plus grosse fait 4 mégaoctets.',
    ar: 'هذا الملف أكبر من أن يكون إثباتا. أكبر إثبات حجمه 4 ميغابايت.',
    zgh,
  },
  technical: {
    en: 'For people who know computers',
    fr: "Pour qui s'y connaît",
    ar: 'لذوي الدراية بالمعلوميات',
    zgh,
  },

  checkTitle: {
    en: 'Check a proof',
    fr: "Vérifier une preuve d'inscription",
    ar: 'التحقق من إثبات التقييد',
    zgh,
  },
  checkCan: {
    en: 'Choose the file that you saved, or paste its text. Nothing is kept here.',
    fr: 'Choisissez le fichier enregistré, ou collez son texte. Rien n’est gardé ici.',
    ar: 'اختاروا الملف الذي حفظتموه أو ألصقوا نصه. لا نحتفظ هنا بأي شيء.',
    zgh,
  },
  file: { en: 'The saved file', fr: 'Le fichier enregistré', ar: 'الملف المحفوظ', zgh },
  fileHint: {
    en: 'Its name ends with .taalil.json',
    fr: 'Son nom se termine par .taalil.json',
    ar: 'ينتهي اسمه بـ \u2066.taalil.json\u2069',
    zgh,
  },
  text: { en: 'Or the text of the file', fr: 'Ou le texte du fichier', ar: 'أو نص الملف', zgh },
  nothingGiven: {
    en: 'Choose a file or paste its text.',
    fr: 'Choisissez un fichier ou collez son texte.',
    ar: 'اختاروا ملفا أو ألصقوا نصه.',
    zgh,
  },
  checkButton: { en: 'Check', fr: 'Vérifier', ar: 'تحقق', zgh },
  recordedIn: {
    en: 'Recorded by {authority}, {month}, number {index}',
    fr: 'Inscrit par : {authority}, {month}, numéro {index}',
    ar: 'قيدته: {authority}، {month}، رقم {index}',
    zgh,
  },
  openedFacts: { en: 'What it shows', fr: "Ce qu'elle montre", ar: 'ما يبينه', zgh },
  letter: { en: 'Letter', fr: 'Lettre', ar: 'رسالة', zgh: draft('ⵜⴰⴱⵔⴰⵜ') },
});
