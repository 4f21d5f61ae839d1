import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** What an agent reads to a person, line by line. */
export const aloud = defineMessages({
  decision: { en: 'The decision', fr: 'La décision', ar: 'القرار', zgh },
  decided: {
    en: 'On {day, date, long}, {authority} decided about your request: {system}.',
    fr: 'Le {day, date, long}, {authority} a décidé de votre demande : {system}.',
    ar: 'يوم {day, date, long}، قررت {authority} في طلبكم: {system}.',
    zgh,
  },
  outcome: {
    en: 'The decision is: {outcome}.',
    fr: 'La décision est : {outcome}.',
    ar: 'القرار هو: {outcome}.',
    zgh,
  },
  byPerson: {
    en: '{name} read your file and decided.',
    fr: '{name} a lu votre dossier et a décidé.',
    ar: 'تمت دراسة ملفكم واتخاذ القرار من طرف {name}.',
    zgh,
  },
  byRule: {
    en: 'The rule decided in your favour.',
    fr: 'La règle a décidé en votre faveur.',
    ar: 'قررت القاعدة لصالحكم.',
    zgh,
  },
  waiting: {
    en: 'Nothing is decided yet. A person is examining your file.',
    fr: "Rien n'est encore décidé. Une personne examine votre dossier.",
    ar: 'لم يتقرر شيء بعد. هناك شخص يدرس ملفكم.',
    zgh,
  },
  reasons: { en: 'The reasons', fr: 'Les motifs', ar: 'الأسباب', zgh },
  writes: {
    en: 'The person who decided writes:',
    fr: 'La personne qui a décidé écrit :',
    ar: 'كتب الشخص الذي قرر:',
    zgh,
  },
  writesIn: {
    en: 'The person who decided writes in another language ({language}). Say it in your own words:',
    fr: 'La personne qui a décidé écrit dans une autre langue ({language}). Dites-le avec vos mots :',
    ar: 'كتب الشخص الذي قرر بلغة أخرى ({language}). قولوه بكلماتكم:',
    zgh,
  },
  fact: { en: '{label}: {value}', fr: '{label} : {value}', ar: '{label}: {value}', zgh },
  law: { en: 'This rests on: {law}.', fr: 'Cela repose sur : {law}.', ar: 'هذا مبني على: {law}.', zgh },
  counted: { en: 'What counted most', fr: 'Ce qui a le plus compté', ar: 'ما كان له أكبر أثر', zgh },
  against: {
    en: 'Against you: {reason}. Recorded is: {facts}.',
    fr: 'Contre vous : {reason}. Il est inscrit : {facts}.',
    ar: 'ضدكم: {reason}. المقيَّد هو: {facts}.',
    zgh,
  },
  inFavour: {
    en: 'For you: {reason}. Recorded is: {facts}.',
    fr: 'Pour vous : {reason}. Il est inscrit : {facts}.',
    ar: 'لصالحكم: {reason}. المقيَّد هو: {facts}.',
    zgh,
  },
  isItRight: {
    en: 'Are these facts right?',
    fr: 'Ces faits sont-ils justes ?',
    ar: 'هل هذه المعطيات صحيحة؟',
    zgh,
  },
  can: { en: 'What you can do', fr: 'Ce que vous pouvez faire', ar: 'ما يمكنكم القيام به', zgh },
  review: {
    en: 'You can ask for a review, here and now. It is free.',
    fr: "Vous pouvez demander un réexamen, ici et maintenant. C'est gratuit.",
    ar: 'يمكنكم طلب المراجعة هنا والآن. الطلب مجاني.',
    zgh,
  },
  other: {
    en: 'Another person then looks at your file.',
    fr: 'Une autre personne reprend alors votre dossier.',
    ar: 'سيعيد شخص آخر دراسة ملفكم.',
    zgh,
  },
  pending: {
    en: 'You have asked for a review. The answer is due on {day, date, long}.',
    fr: 'Vous avez demandé un réexamen. La réponse est attendue pour le {day, date, long}.',
    ar: 'لقد طلبتم المراجعة. الجواب منتظر يوم {day, date, long}.',
    zgh,
  },
  court: {
    en: 'You may go to court until {day, date, long}, as far as we know.',
    fr: "Vous pouvez aller au tribunal jusqu'au {day, date, long}, d'après ce que nous savons.",
    ar: 'يمكنكم اللجوء إلى المحكمة إلى غاية {day, date, long} حسب ما نعلم.',
    zgh,
  },
  nothing: {
    en: 'You need to do nothing. Keep your letter.',
    fr: "Vous n'avez rien à faire. Gardez votre lettre.",
    ar: 'لا يلزمكم القيام بأي شيء. احتفظوا برسالتكم.',
    zgh,
  },
});
