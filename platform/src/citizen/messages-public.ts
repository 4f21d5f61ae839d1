import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Home and "talk to a person": pages for everybody. */
export const open = defineMessages({
  homeTitle: {
    en: 'A decision about you',
    fr: 'Une décision vous concerne',
    ar: 'قرار يخصكم',
    zgh,
  },
  homeLead: {
    en: 'A public body decided with the help of a computer. Here you can read why, check the facts, and ask a person to look again.',
    fr: "Une administration a décidé à l'aide d'un ordinateur. Ici vous lisez pourquoi, vous vérifiez les faits, et vous pouvez demander qu'une personne réexamine.",
    ar: 'اتخذت إدارة قرارا بمساعدة الحاسوب. هنا يمكنكم معرفة السبب والتحقق من المعطيات وطلب المراجعة من طرف شخص.',
    zgh,
  },
  haveLetter: {
    en: 'You have a letter with a reference and a code? Read your decision here.',
    fr: 'Vous avez une lettre avec une référence et un code ? Lisez votre décision ici.',
    ar: 'لديكم رسالة تتضمن مرجعا ورمزا؟ اقرؤوا قراركم هنا.',
    zgh,
  },
  openFile: { en: 'Open your file', fr: 'Ouvrir votre dossier', ar: 'فتح ملفكم', zgh },
  noLetter: {
    en: 'No letter, or you would rather talk',
    fr: 'Sans lettre, ou pour parler',
    ar: 'بدون رسالة، أو إذا كنتم تفضلون التحدث',
    zgh,
  },
  noLetterText: {
    en: 'A person helps you by telephone or at the counter. You need no computer.',
    fr: 'Une personne vous aide par téléphone ou au guichet. Pas besoin d’ordinateur.',
    ar: 'يساعدكم شخص عبر الهاتف أو في الشباك. لا تحتاجون إلى حاسوب.',
    zgh,
  },
  talk: { en: 'Talk to a person', fr: 'Parler à une personne', ar: 'التحدث إلى شخص', zgh },
  forAll: { en: 'For everybody', fr: 'Pour tout le monde', ar: 'للجميع', zgh },
  registerLink: {
    en: 'Look in the public register',
    fr: 'Consulter le registre public',
    ar: 'الاطلاع على السجل العمومي',
    zgh,
  },
  registerText: {
    en: 'Which systems decide, on what, with which rule, and how often against people.',
    fr: 'Quels systèmes décident, sur quoi, avec quelle règle, et combien de fois contre les personnes.',
    ar: 'ما هي الأنظمة التي تقرر، وفي ماذا، وبأي قاعدة، وكم مرة ضد الأشخاص.',
    zgh,
  },
  receiptLink: {
    en: 'Check a proof',
    fr: "Vérifier une preuve d'inscription",
    ar: 'التحقق من إثبات التقييد',
    zgh,
  },
  receiptText: {
    en: 'Somebody shows you a proof of a decision? See if it is good.',
    fr: "Quelqu'un vous montre une preuve de décision ? Voyez si elle est bonne.",
    ar: 'عرض عليكم أحد إثباتا لقرار؟ تحققوا من صحته.',
    zgh,
  },
  humanTitle: { en: 'Talk to a person', fr: 'Parler à une personne', ar: 'التحدث إلى شخص', zgh },
  humanCan: {
    en: 'Call, or come to the counter with your letter and an identity document. It is free.',
    fr: "Appelez, ou venez au guichet avec votre lettre et une pièce d'identité. C'est gratuit.",
    ar: 'اتصلوا أو تعالوا إلى الشباك مع رسالتكم ووثيقة تعريفكم. الخدمة مجانية.',
    zgh,
  },
  humanHelps: {
    en: 'At the counter a person can read the decision aloud to you. They can write your request with you, and make you a new code.',
    fr: 'Au guichet, une personne peut vous lire la décision. Elle peut écrire votre demande avec vous et vous faire un nouveau code.',
    ar: 'في الشباك يمكن لشخص أن يقرأ عليكم القرار. ويمكنه أن يكتب معكم طلبكم ويمنحكم رمزا جديدا.',
    zgh,
  },
  humanSomebody: {
    en: 'Somebody you trust may come with you, or act for you with a written mandate.',
    fr: 'Une personne de confiance peut vous accompagner, ou agir pour vous avec un mandat écrit.',
    ar: 'يمكن لشخص تثقون به أن يرافقكم أو أن ينوب عنكم بوكالة مكتوبة.',
    zgh,
  },
  telephone: { en: 'Telephone', fr: 'Téléphone', ar: 'الهاتف', zgh },
  counter: { en: 'Counter', fr: 'Guichet', ar: 'الشباك', zgh },
  hours: { en: 'Opening hours', fr: 'Horaires', ar: 'أوقات العمل', zgh },
  noneTitle: {
    en: 'No administration is registered here yet',
    fr: "Aucune administration n'est encore inscrite ici",
    ar: 'لا توجد بعد أي إدارة مسجلة هنا',
    zgh,
  },
  noneText: {
    en: 'As soon as one is, its telephone number and counter appear here.',
    fr: "Dès qu'il y en aura une, son téléphone et son guichet seront ici.",
    ar: 'بمجرد تسجيل إدارة، سيظهر هنا رقم هاتفها وشباكها.',
    zgh,
  },
});
