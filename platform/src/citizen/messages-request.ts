import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** What became of a request: its kind, its documents, its clock in every state, and what to do when nobody answers. */
export const request = defineMessages({
  kindTitle: { en: 'What your request is', fr: 'La nature de votre demande', ar: 'طبيعة طلبكم', zgh },
  kindSoon: {
    en: 'A person will say what your request is in law. The date above holds already.',
    fr: 'Une personne dira la nature de votre demande en droit. La date ci-dessus vaut déjà.',
    ar: 'سيحدد شخص الطبيعة القانونية لطلبكم. التاريخ أعلاه سارٍ منذ الآن.',
    zgh,
  },
  kindIs: {
    en: 'The administration says: {kind}. Here is why.',
    fr: "L'administration dit : {kind}. Voici pourquoi.",
    ar: 'تقول الإدارة: {kind}. هذا هو السبب.',
    zgh,
  },
  kindWas: {
    en: 'Before: {kind}, on {at, date, long}.',
    fr: 'Avant : {kind}, le {at, date, long}.',
    ar: 'سابقا: {kind}، يوم {at, date, long}.',
    zgh,
  },
  decidesIndependent: {
    en: 'Somebody who took no part in the decision answers.',
    fr: "Une personne qui n'a pas participé à la décision répond.",
    ar: 'يجيب شخص لم يشارك في القرار.',
    zgh,
  },
  decidesAuthor: {
    en: 'Whoever decided may change the decision for you. Only somebody else may refuse.',
    fr: "L'auteur de la décision peut revenir dessus pour vous. Seule une autre personne peut refuser.",
    ar: 'يمكن لمن اتخذ القرار أن يتراجع عنه لصالحكم. ولا يرفض إلا شخص آخر.',
    zgh,
  },
  decidesSuperior: {
    en: 'A superior of whoever decided answers.',
    fr: "Un supérieur de l'auteur de la décision répond.",
    ar: 'يجيب رئيس من اتخذ القرار.',
    zgh,
  },
  disagree: { en: 'I do not agree', fr: "Je ne suis pas d'accord", ar: 'لست موافقا', zgh },
  disagreeText: {
    en: 'Say what your request is for you. Somebody else looks at it. The clock runs on.',
    fr: "Dites ce qu'est votre demande pour vous. Une autre personne regarde. Le délai continue.",
    ar: 'قولوا ما هو طلبكم في نظركم. سينظر فيه شخص آخر. الأجل مستمر.',
    zgh,
  },
  disagreeKind: { en: 'For me it is', fr: 'Pour moi, c’est', ar: 'في نظري هو', zgh },
  disagreeUnsure: { en: 'I do not know', fr: 'Je ne sais pas', ar: 'لا أعرف', zgh },
  disagreeWords: { en: 'Why?', fr: 'Pourquoi ?', ar: 'لماذا؟', zgh },
  disagreeSend: { en: 'Send', fr: 'Envoyer', ar: 'إرسال', zgh },
  disagreed: {
    en: 'You do not agree. Somebody else looks at it now.',
    fr: "Vous n'êtes pas d'accord. Une autre personne regarde maintenant.",
    ar: 'لستم موافقين. ينظر شخص آخر في ذلك الآن.',
    zgh,
  },
  writeWords: {
    en: 'Write one sentence or more, at most 1,000 characters.',
    fr: 'Écrivez une phrase ou plus, au plus 1 000 caractères.',
    ar: 'اكتبوا جملة أو أكثر، 1000 حرف على الأكثر.',
    zgh,
  },

  documentsTitle: {
    en: 'We ask you for documents, once',
    fr: 'Nous vous demandons des pièces, une seule fois',
    ar: 'نطلب منكم وثائق، مرة واحدة فقط',
    zgh,
  },
  documentsCan: {
    en: 'Bring them to the counter, or answer here. Nobody may ask you a second time.',
    fr: 'Apportez-les au guichet, ou répondez ici. Personne ne peut vous en demander une seconde fois.',
    ar: 'أحضروها إلى الشباك أو أجيبوا هنا. لا يمكن لأحد أن يطلبها مرة ثانية.',
    zgh,
  },
  documentsRuns: {
    en: 'The clock runs on.',
    fr: 'Le délai continue.',
    ar: 'الأجل مستمر.',
    zgh,
  },
  documentsStopped: {
    en: 'The law stops the clock until you answer.',
    fr: "La loi arrête le délai jusqu'à votre réponse.",
    ar: 'يوقف القانون الأجل إلى حين جوابكم.',
    zgh,
  },
  documentsWords: {
    en: 'What you bring, or why you have not got it',
    fr: "Ce que vous apportez, ou pourquoi vous ne l'avez pas",
    ar: 'ما ستحضرونه، أو سبب عدم توفركم عليه',
    zgh,
  },
  documentsSend: { en: 'Send my answer', fr: 'Envoyer ma réponse', ar: 'إرسال جوابي', zgh },
  documentsDone: {
    en: 'Your answer on the documents, of {at, date, long}',
    fr: 'Votre réponse sur les pièces, du {at, date, long}',
    ar: 'جوابكم بشأن الوثائق، يوم {at, date, long}',
    zgh,
  },

  extended: {
    en: 'The time was extended, once. The ground: {ground}.',
    fr: 'Le délai a été prolongé, une fois. Le motif : {ground}.',
    ar: 'مُدّد الأجل مرة واحدة. السبب: {ground}.',
    zgh,
  },
  extendedDates: {
    en: 'The answer was due by {before, date, long}. Now it is due by {due, date, long}.',
    fr: "La réponse était attendue jusqu'au {before, date, long}. Maintenant, jusqu'au {due, date, long}.",
    ar: 'كان الجواب منتظرا إلى غاية {before, date, long}، والآن إلى غاية {due, date, long}.',
    zgh,
  },
  unverified: { en: 'unverified', fr: 'non vérifié', ar: 'غير متحقق منه', zgh },
  unverifiedText: {
    en: 'We found no law that gives this length. It is our own rule.',
    fr: "Nous n'avons trouvé aucune loi qui donne cette durée. C'est notre propre règle.",
    ar: 'لم نجد أي قانون يحدد هذه المدة. هي قاعدتنا الخاصة.',
    zgh,
  },

  stateRunning: { en: 'time is running', fr: 'le délai court', ar: 'الأجل يسري', zgh },
  stateNear: { en: 'the date is near', fr: 'la date approche', ar: 'التاريخ قريب', zgh },
  statePaused: { en: 'the clock is stopped', fr: 'le délai est arrêté', ar: 'الأجل متوقف', zgh },
  statePassed: {
    en: 'the administration is late',
    fr: "l'administration est en retard",
    ar: 'الإدارة متأخرة',
    zgh,
  },
  stateAnswered: { en: 'answered', fr: 'répondu', ar: 'تم الجواب', zgh },

  lateTitle: {
    en: 'The administration is late: what you can do now',
    fr: "L'administration est en retard : ce que vous pouvez faire",
    ar: 'الإدارة متأخرة: ما يمكنكم فعله الآن',
    zgh,
  },
  lateOwed: {
    en: 'The answer is still owed to you.',
    fr: 'La réponse vous est toujours due.',
    ar: 'لا يزال الجواب من حقكم.',
    zgh,
  },
  lateSilence: {
    en: 'For an appeal, silence counts as a refusal. You can go to court.',
    fr: 'Pour un recours, le silence vaut rejet. Vous pouvez aller au tribunal.',
    ar: 'بالنسبة للتظلم، يعتبر السكوت رفضا. يمكنكم اللجوء إلى المحكمة.',
    zgh,
  },
  lateMediator: {
    en: 'You can turn to the Ombudsman. This does not stop the court deadline.',
    fr: "Vous pouvez saisir le Médiateur du Royaume. Cela n'arrête pas le délai du tribunal.",
    ar: 'يمكنكم اللجوء إلى وسيط المملكة. هذا لا يوقف أجل المحكمة.',
    zgh,
  },
  bundle: {
    en: 'Take your whole file for the Ombudsman or the court',
    fr: 'Prendre tout le dossier pour le Médiateur ou le tribunal',
    ar: 'أخذ الملف كاملا لفائدة الوسيط أو المحكمة',
    zgh,
  },

  previewTitle: {
    en: 'What would change',
    fr: 'Ce qui changerait',
    ar: 'ما الذي سيتغير',
    zgh,
  },
  previewFavourable: {
    en: 'If these values are right, the rule gives: {outcome}. A person decides.',
    fr: 'Si ces valeurs sont justes, la règle donne : {outcome}. Une personne décide.',
    ar: 'إذا كانت هذه القيم صحيحة، تعطي القاعدة: {outcome}. القرار لشخص.',
    zgh,
  },
  previewSame: {
    en: 'Even with these values, the rule gives the same. You can still ask: the record must be right.',
    fr: 'Même avec ces valeurs, la règle donne la même chose. Vous pouvez demander quand même : le dossier doit être juste.',
    ar: 'حتى مع هذه القيم، تعطي القاعدة النتيجة نفسها. يمكنكم الطلب مع ذلك: يجب أن يكون الملف صحيحا.',
    zgh,
  },
  previewScore: {
    en: 'Score: {score} instead of {before}. Limit: {threshold}.',
    fr: 'Score : {score} au lieu de {before}. Seuil : {threshold}.',
    ar: 'المؤشر: {score} بدل {before}. العتبة: {threshold}.',
    zgh,
  },
});
