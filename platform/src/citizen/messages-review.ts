import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Asking for a review, one question a page, and following it. */
export const review = defineMessages({
  title: { en: 'Ask for a review', fr: 'Demander un réexamen', ar: 'طلب المراجعة', zgh },
  can: {
    en: 'Answer a few short questions. You can stop at any time: what you wrote is kept.',
    fr: 'Répondez à quelques questions courtes. Vous pouvez vous arrêter à tout moment : ce que vous avez écrit est gardé.',
    ar: 'أجيبوا عن بضعة أسئلة قصيرة. يمكنكم التوقف في أي وقت: ما كتبتموه محفوظ.',
    zgh,
  },
  canCounter: {
    en: 'You would rather not write? The counter writes it with you.',
    fr: "Vous préférez ne pas écrire ? Le guichet l'écrit avec vous.",
    ar: 'تفضلون عدم الكتابة؟ الشباك يكتب الطلب معكم.',
    zgh,
  },
  whatFree: { en: 'It is free.', fr: "C'est gratuit.", ar: 'الطلب مجاني.', zgh },
  whatOther: {
    en: 'Another person looks at your file: never the one who decided.',
    fr: 'Une autre personne reprend votre dossier : jamais celle qui a décidé.',
    ar: 'يدرس ملفكم شخص آخر، وليس أبدا من اتخذ القرار.',
    zgh,
  },
  whatDates: {
    en: 'You get an acknowledgement at once, with the dates for the answer.',
    fr: 'Vous recevez tout de suite une confirmation, avec les dates de la réponse.',
    ar: 'تتوصلون فورا بتأكيد يتضمن تواريخ الجواب.',
    zgh,
  },
  whatCourt: {
    en: 'You keep your right to go to court. A review may not stop that clock.',
    fr: "Vous gardez le droit d'aller au tribunal. Le réexamen n'arrête peut-être pas ce délai.",
    ar: 'تحتفظون بحقكم في اللجوء إلى المحكمة. قد لا توقف المراجعة ذلك الأجل.',
    zgh,
  },
  start: { en: 'Start', fr: 'Commencer', ar: 'البدء', zgh },
  goOn: { en: 'Go on', fr: 'Continuer', ar: 'متابعة', zgh },
  startOver: {
    en: 'Throw away and start again',
    fr: 'Effacer et recommencer',
    ar: 'الحذف والبدء من جديد',
    zgh,
  },
  back: { en: 'Back', fr: 'Retour', ar: 'رجوع', zgh },
  step: {
    en: 'Question {n} of {all}',
    fr: 'Question {n} sur {all}',
    ar: 'السؤال {n} من {all}',
    zgh,
  },

  groundTitle: {
    en: 'Why do you ask for a review?',
    fr: 'Pourquoi demandez-vous un réexamen ?',
    ar: 'لماذا تطلبون المراجعة؟',
    zgh,
  },
  groundLabel: { en: 'Choose one answer', fr: 'Choisissez une réponse', ar: 'اختاروا جوابا واحدا', zgh },
  dataWrong: {
    en: 'A recorded fact is wrong',
    fr: 'Un fait inscrit est faux',
    ar: 'أحد المعطيات المقيَّدة خاطئ',
    zgh,
  },
  dataWrongHint: {
    en: 'For example: the number of people at home',
    fr: 'Par exemple : le nombre de personnes à la maison',
    ar: 'مثلا: عدد الأشخاص في المنزل',
    zgh,
  },
  reasonsWrong: { en: 'The reasons are wrong', fr: 'Les motifs sont faux', ar: 'الأسباب خاطئة', zgh },
  reasonsWrongHint: {
    en: 'The facts are right, but the conclusion is not',
    fr: 'Les faits sont justes, mais pas la conclusion',
    ar: 'المعطيات صحيحة لكن الاستنتاج ليس كذلك',
    zgh,
  },
  wantPerson: {
    en: 'I want a person to look at my file',
    fr: "Je veux qu'une personne regarde mon dossier",
    ar: 'أريد أن يدرس شخص ملفي',
    zgh,
  },
  wantPersonHint: {
    en: 'You need no other reason',
    fr: "Vous n'avez pas besoin d'autre raison",
    ar: 'لا تحتاجون إلى سبب آخر',
    zgh,
  },
  otherGround: { en: 'Something else', fr: 'Autre chose', ar: 'شيء آخر', zgh },

  factsTitle: {
    en: 'Which facts are wrong?',
    fr: 'Quels faits sont faux ?',
    ar: 'ما هي المعطيات الخاطئة؟',
    zgh,
  },
  factsLabel: {
    en: 'Choose one or more',
    fr: 'Choisissez un ou plusieurs',
    ar: 'اختاروا واحدا أو أكثر',
    zgh,
  },
  recorded: { en: 'Recorded: {value}', fr: 'Inscrit : {value}', ar: 'المقيَّد: {value}', zgh },

  valuesTitle: { en: 'What is right?', fr: "Qu'est-ce qui est juste ?", ar: 'ما هو الصحيح؟', zgh },
  valuesText: {
    en: 'Leave a field empty if you do not know. You can explain on the next page.',
    fr: 'Laissez vide si vous ne savez pas. Vous pourrez expliquer à la page suivante.',
    ar: 'اتركوا الخانة فارغة إذا كنتم لا تعرفون. يمكنكم التوضيح في الصفحة التالية.',
    zgh,
  },

  textTitle: { en: 'Tell us in your own words', fr: 'Dites-le avec vos mots', ar: 'عبروا بكلماتكم', zgh },
  textLabel: { en: 'Your words', fr: 'Vos mots', ar: 'كلماتكم', zgh },
  textHint: {
    en: 'In any language. No need to quote a law. At most {n} characters.',
    fr: 'Dans toute langue. Pas besoin de citer une loi. Au plus {n} caractères.',
    ar: 'بأي لغة. لا حاجة إلى ذكر قانون. {n} حرف على الأكثر.',
    zgh,
  },
  textOptional: {
    en: 'You may leave this empty.',
    fr: 'Vous pouvez laisser vide.',
    ar: 'يمكنكم تركها فارغة.',
    zgh,
  },

  contactTitle: {
    en: 'How can we reach you?',
    fr: 'Comment vous joindre ?',
    ar: 'كيف يمكننا الاتصال بكم؟',
    zgh,
  },
  contactLabel: { en: 'Telephone or address', fr: 'Téléphone ou adresse', ar: 'الهاتف أو العنوان', zgh },
  contactHint: {
    en: 'Only the person who reviews your file reads it. You can also follow the answer here, with your code.',
    fr: 'Seule la personne chargée du réexamen le lira. Vous pouvez aussi suivre la réponse ici, avec votre code.',
    ar: 'لا يطلع عليه إلا المكلف(ة) بالمراجعة. ويمكنكم أيضا تتبع الجواب هنا برمزكم.',
    zgh,
  },

  whoTitle: { en: 'Who is asking?', fr: 'Qui fait la demande ?', ar: 'من يقدم الطلب؟', zgh },
  whoLabel: { en: 'Choose one answer', fr: 'Choisissez une réponse', ar: 'اختاروا جوابا واحدا', zgh },
  self: { en: 'I ask for myself', fr: 'Je demande pour moi', ar: 'أطلب لنفسي', zgh },
  forThem: {
    en: '{name}, who acts for the person',
    fr: '{name}, qui agit pour la personne',
    ar: '{name}، نيابة عن الشخص المعني',
    zgh,
  },
  whoElse: {
    en: 'You act for somebody else and your name is not here? The counter records you first: bring the mandate and your identity document.',
    fr: "Vous agissez pour quelqu'un et votre nom n'est pas ici ? Le guichet vous inscrit d'abord : apportez le mandat et votre pièce d'identité.",
    ar: 'تتصرفون نيابة عن شخص واسمكم غير موجود هنا؟ يسجلكم الشباك أولا: أحضروا الوكالة ووثيقة تعريفكم.',
    zgh,
  },

  checkTitle: { en: 'Check your answers', fr: 'Vérifiez vos réponses', ar: 'تحققوا من أجوبتكم', zgh },
  checkCan: {
    en: 'Read your answers again. Then send them. Nothing is sent before.',
    fr: "Relisez vos réponses. Puis envoyez-les. Rien n'est envoyé avant.",
    ar: 'أعيدوا قراءة أجوبتكم ثم أرسلوها. لا يُرسل أي شيء قبل ذلك.',
    zgh,
  },
  change: { en: 'Change', fr: 'Modifier', ar: 'تعديل', zgh },
  nothingWritten: { en: 'Nothing written', fr: 'Rien écrit', ar: 'لم يُكتب شيء', zgh },
  insteadOf: {
    en: '{fact}: {right} instead of {recorded}',
    fr: '{fact} : {right} au lieu de {recorded}',
    ar: '{fact}: {right} بدل {recorded}',
    zgh,
  },
  wrongUnknown: {
    en: '{fact}: {recorded} is wrong; the right value is not known',
    fr: "{fact} : {recorded} est faux ; la vraie valeur n'est pas connue",
    ar: '{fact}: {recorded} خاطئ؛ القيمة الصحيحة غير معروفة',
    zgh,
  },
  send: { en: 'Send my request', fr: 'Envoyer ma demande', ar: 'إرسال طلبي', zgh },
  next: { en: 'Continue', fr: 'Continuer', ar: 'متابعة', zgh },

  chooseGround: { en: 'Choose a reason.', fr: 'Choisissez une raison.', ar: 'اختاروا سببا.', zgh },
  chooseFact: {
    en: 'Choose at least one fact.',
    fr: 'Choisissez au moins un fait.',
    ar: 'اختاروا معطى واحدا على الأقل.',
    zgh,
  },
  badNumber: {
    en: 'Type a number that is possible here, or leave the field empty.',
    fr: 'Tapez un nombre possible ici, ou laissez vide.',
    ar: 'اكتبوا عددا ممكنا هنا أو اتركوا الخانة فارغة.',
    zgh,
  },
  badChoice: {
    en: 'Choose an answer of the list, or leave it open.',
    fr: 'Choisissez une réponse de la liste, ou laissez ouvert.',
    ar: 'اختاروا جوابا من القائمة أو اتركوها مفتوحة.',
    zgh,
  },
  writeText: {
    en: 'Write at least one sentence: what should the person look at?',
    fr: 'Écrivez au moins une phrase : que faut-il regarder ?',
    ar: 'اكتبوا جملة واحدة على الأقل: ما الذي ينبغي النظر فيه؟',
    zgh,
  },
  tooLong: {
    en: 'This is too long. Say it shorter, or bring the rest to the counter.',
    fr: "C'est trop long. Faites plus court, ou apportez le reste au guichet.",
    ar: 'النص طويل جدا. اختصروا أو أحضروا الباقي إلى الشباك.',
    zgh,
  },
  chooseWho: { en: 'Say who is asking.', fr: 'Dites qui fait la demande.', ar: 'حددوا من يقدم الطلب.', zgh },

  sentTitle: { en: 'We have your request', fr: 'Nous avons votre demande', ar: 'توصلنا بطلبكم', zgh },
  sentLead: {
    en: 'It was recorded on {at, time, datetime}. This page is your acknowledgement. You can print it.',
    fr: 'Elle a été inscrite le {at, time, datetime}. Cette page est votre confirmation. Vous pouvez l’imprimer.',
    ar: 'تم تقييده يوم {at, time, datetime}. هذه الصفحة تأكيد لكم، ويمكنكم طباعتها.',
    zgh,
  },
  sentCan: {
    en: 'You need to do nothing more. Come back here with your code to see the answer.',
    fr: "Vous n'avez plus rien à faire. Revenez ici avec votre code pour voir la réponse.",
    ar: 'لا يلزمكم القيام بشيء آخر. عودوا إلى هنا برمزكم لرؤية الجواب.',
    zgh,
  },
  saveProof: {
    en: 'Save the new proof',
    fr: 'Enregistrer la nouvelle preuve',
    ar: 'حفظ الإثبات الجديد',
    zgh,
  },
  datesTitle: { en: 'The dates for the answer', fr: 'Les dates de la réponse', ar: 'تواريخ الجواب', zgh },

  followTitle: {
    en: 'Your requests for review',
    fr: 'Vos demandes de réexamen',
    ar: 'طلبات المراجعة الخاصة بكم',
    zgh,
  },
  followCan: {
    en: 'Here you see where your request is. You can add documents here, or at the counter.',
    fr: 'Ici vous voyez où en est votre demande. Vous pouvez ajouter des documents ici ou au guichet.',
    ar: 'هنا ترون مآل طلبكم. يمكنكم إضافة وثائق هنا أو في الشباك.',
    zgh,
  },
  none: {
    en: 'You have not asked for a review',
    fr: "Vous n'avez pas demandé de réexamen",
    ar: 'لم تطلبوا المراجعة',
    zgh,
  },
  noneText: {
    en: 'When you do, the dates and the answer appear here.',
    fr: 'Quand vous le ferez, les dates et la réponse seront ici.',
    ar: 'عندما تطلبونها، ستظهر التواريخ والجواب هنا.',
    zgh,
  },
  of: {
    en: 'Request of {at, date, long}',
    fr: 'Demande du {at, date, long}',
    ar: 'طلب {at, date, long}',
    zgh,
  },
  stateReceived: { en: 'received', fr: 'reçue', ar: 'تم التوصل به', zgh },
  stateAssigned: {
    en: 'with a second person',
    fr: 'confiée à une deuxième personne',
    ar: 'لدى شخص ثانٍ',
    zgh,
  },
  stateUpheld: { en: 'upheld', fr: 'acceptée', ar: 'مقبول', zgh },
  stateRejected: { en: 'not upheld', fr: 'non acceptée', ar: 'غير مقبول', zgh },
  upheldText: {
    en: 'A new decision replaces the earlier one. <now>Read the new decision</now>.',
    fr: "Une nouvelle décision remplace l'ancienne. <now>Lire la nouvelle décision</now>.",
    ar: 'يحل قرار جديد محل القرار السابق. <now>قراءة القرار الجديد</now>.',
    zgh,
  },
  answerTitle: {
    en: 'The answer and its reasons',
    fr: 'La réponse et ses motifs',
    ar: 'الجواب وأسبابه',
    zgh,
  },
  yourWords: { en: 'What you asked', fr: 'Ce que vous avez demandé', ar: 'ما طلبتموه', zgh },
  afterRejected: {
    en: 'You do not agree? You can go to the Ombudsman or to court. A person at the counter tells you how.',
    fr: "Vous n'êtes pas d'accord ? Vous pouvez saisir le Médiateur du Royaume ou le tribunal. Une personne au guichet vous dit comment.",
    ar: 'لستم موافقين؟ يمكنكم اللجوء إلى وسيط المملكة أو إلى المحكمة. شخص في الشباك يشرح لكم كيف.',
    zgh,
  },
});
