import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Why: the rule's reasons; and the recorded facts to check. */
export const why = defineMessages({
  title: { en: 'Why this result', fr: 'Pourquoi ce résultat', ar: 'لماذا هذه النتيجة', zgh },
  canAgainst: {
    en: 'Read what counted. If a fact is wrong, <facts>check the recorded facts</facts>. If you do not agree, <review>ask for a review</review>.',
    fr: "Lisez ce qui a compté. Si un fait est faux, <facts>vérifiez les faits inscrits</facts>. Si vous n'êtes pas d'accord, <review>demandez un réexamen</review>.",
    ar: 'اقرؤوا ما تم احتسابه. إذا كان أحد المعطيات خاطئا، <facts>تحققوا من المعطيات المقيَّدة</facts>. إذا كنتم غير موافقين، <review>اطلبوا المراجعة</review>.',
    zgh,
  },
  canFor: {
    en: 'You need to do nothing. If a recorded fact is wrong, <facts>check the facts</facts> and tell the counter.',
    fr: "Vous n'avez rien à faire. Si un fait inscrit est faux, <facts>vérifiez les faits</facts> et prévenez le guichet.",
    ar: 'لا يلزمكم القيام بأي شيء. إذا كان أحد المعطيات المقيَّدة خاطئا، <facts>تحققوا من المعطيات</facts> وأخبروا الشباك.',
    zgh,
  },
  waiting: {
    en: 'A person is examining your file. The reasons appear here once that person has decided.',
    fr: "Une personne examine votre dossier. Les motifs s'afficheront ici dès qu'elle aura décidé.",
    ar: 'ملفكم قيد الدراسة من طرف شخص. ستظهر الأسباب هنا بعد اتخاذ القرار.',
    zgh,
  },
  how: { en: 'How the rule works', fr: 'Comment marche la règle', ar: 'كيف تعمل القاعدة', zgh },
  howAdds: {
    en: 'The rule adds up points for the facts recorded about you.',
    fr: 'La règle additionne des points pour les faits inscrits à votre sujet.',
    ar: 'تجمع القاعدة نقاطا حسب المعطيات المقيَّدة عنكم.',
    zgh,
  },
  howLimit: {
    en: 'The limit is {limit} points. Up to the limit: {atMost}. Above it: {above}.',
    fr: "La limite est de {limit} points. Jusqu'à la limite : {atMost}. Au-dessus : {above}.",
    ar: 'الحد هو {limit} نقطة. إلى غاية الحد: {atMost}. فوق الحد: {above}.',
    zgh,
  },
  yours: {
    en: '{side, select, above {Your file has {score} points. That is {gap} above the limit.} below {Your file has {score} points. That is {gap} below the limit.} other {Your file has {score} points. That is exactly the limit.}}',
    fr: "{side, select, above {Votre dossier a {score} points. C'est {gap} de plus que la limite.} below {Votre dossier a {score} points. C'est {gap} de moins que la limite.} other {Votre dossier a {score} points. C'est exactement la limite.}}",
    ar: '{side, select, above {لملفكم {score} نقطة. وهذا يفوق الحد بـ {gap}.} below {لملفكم {score} نقطة. وهذا أقل من الحد بـ {gap}.} other {لملفكم {score} نقطة. وهذا هو الحد بالضبط.}}',
    zgh,
  },
  compared: {
    en: 'Each reason below is compared with the average file.',
    fr: 'Chaque motif ci-dessous est comparé au dossier moyen.',
    ar: 'كل سبب أدناه مقارن بالملف المتوسط.',
    zgh,
  },
  comparedSegment: {
    en: 'Each reason below is compared with the average file of the same kind: {kind}.',
    fr: 'Chaque motif ci-dessous est comparé au dossier moyen du même type : {kind}.',
    ar: 'كل سبب أدناه مقارن بالملف المتوسط من نفس الصنف: {kind}.',
    zgh,
  },
  otherwise: {
    en: 'The rule did not decide. A person looked at the file and decided otherwise. Here is what the rule had counted.',
    fr: "La règle n'a pas décidé. Une personne a étudié le dossier et a décidé autrement. Voici ce que la règle avait compté.",
    ar: 'لم تكن القاعدة هي التي قررت. درس شخص الملف وقرر خلاف ذلك. وهذا ما احتسبته القاعدة.',
    zgh,
  },
  against: { en: 'What counted against you', fr: 'Ce qui a compté contre vous', ar: 'ما احتُسب ضدكم', zgh },
  inFavour: { en: 'What counted for you', fr: 'Ce qui a compté pour vous', ar: 'ما احتُسب لصالحكم', zgh },
  sentence: {
    en: '{effect, select, adverse {<b>{reason}</b> ({facts}) counted against you by {points} points.} favourable {<b>{reason}</b> ({facts}) counted for you by {points} points.} other {<b>{reason}</b> ({facts}) changed nothing.}}',
    fr: '{effect, select, adverse {<b>{reason}</b> ({facts}) : contre vous, de {points} point.} favourable {<b>{reason}</b> ({facts}) : pour vous, de {points} point.} other {<b>{reason}</b> ({facts}) : sans effet.}}',
    ar: '{effect, select, adverse {<b>{reason}</b> ({facts}): ضدكم بـ {points} نقطة.} favourable {<b>{reason}</b> ({facts}): لصالحكم بـ {points} نقطة.} other {<b>{reason}</b> ({facts}): بدون أثر.}}',
    zgh,
  },
  nothingHere: { en: 'Nothing.', fr: 'Rien.', ar: 'لا شيء.', zgh },
  more: {
    en: '{n, plural, one {One more, smaller reason is in the table.} other {# more, smaller reasons are in the table.}}',
    fr: '{n, plural, one {Un autre motif, plus petit, est dans le tableau.} other {# autres motifs, plus petits, sont dans le tableau.}}',
    ar: '{n, plural, zero {لا أسباب أخرى.} one {سبب آخر أصغر في الجدول.} two {سببان آخران أصغر في الجدول.} few {# أسباب أخرى أصغر في الجدول.} many {# سببا آخر أصغر في الجدول.} other {# سبب آخر أصغر في الجدول.}}',
    zgh,
  },
  allTitle: {
    en: 'Every reason, in points',
    fr: 'Tous les motifs, en points',
    ar: 'كل الأسباب بالنقاط',
    zgh,
  },
  lineBase: { en: 'The average file', fr: 'Le dossier moyen', ar: 'الملف المتوسط', zgh },
  lineScore: {
    en: 'Your file: the average and all the reasons added up',
    fr: 'Votre dossier : la moyenne et tous les motifs additionnés',
    ar: 'ملفكم: المتوسط مع جمع كل الأسباب',
    zgh,
  },
  lineLimit: { en: 'The limit', fr: 'La limite', ar: 'الحد', zgh },
  checked: { en: 'How this was checked', fr: 'Comment cela a été vérifié', ar: 'كيف تم التحقق من هذا', zgh },
  checkedText: {
    en: 'The rule was run again on the same facts. It gave the same result, and the points add up to the last digit. The exact numbers are in your receipt.',
    fr: "La règle a été relancée sur les mêmes faits. Elle a donné le même résultat, et les points s'additionnent jusqu'au dernier chiffre. Les nombres exacts sont dans votre preuve d'inscription.",
    ar: 'أُعيد تشغيل القاعدة على نفس المعطيات. أعطت نفس النتيجة، ومجموع النقاط صحيح إلى آخر رقم. الأعداد الدقيقة موجودة في إثبات التقييد.',
    zgh,
  },
  modelLine: {
    en: 'Model file, version {version}:',
    fr: 'Fichier du modèle, version {version} :',
    ar: 'ملف النموذج، النسخة {version}:',
    zgh,
  },

  factsTitle: { en: 'Check these facts', fr: 'Vérifiez ces faits', ar: 'تحققوا من هذه المعطيات', zgh },
  factsCan: {
    en: 'Compare these facts with your own papers. If one is wrong, say so: a person then looks at your file again.',
    fr: 'Comparez ces faits avec vos papiers. Si un fait est faux, dites-le : une personne reprendra votre dossier.',
    ar: 'قارنوا هذه المعطيات مع وثائقكم. إذا كان أحدها خاطئا فأخبرونا، وسيعيد شخص دراسة ملفكم.',
    zgh,
  },
  factsCanFor: {
    en: 'Compare these facts with your own papers. If one is wrong, tell the counter.',
    fr: 'Comparez ces faits avec vos papiers. Si un fait est faux, dites-le au guichet.',
    ar: 'قارنوا هذه المعطيات مع وثائقكم. إذا كان أحدها خاطئا، أخبروا الشباك.',
    zgh,
  },
  factsWrong: {
    en: 'A fact is wrong: ask for a review',
    fr: 'Un fait est faux : demander un réexamen',
    ar: 'أحد المعطيات خاطئ: طلب المراجعة',
    zgh,
  },
  factsLead: {
    en: 'These facts weighed most. They come from records, and records can be wrong or old.',
    fr: 'Ces faits ont le plus compté. Ils viennent de registres, et un registre peut être faux ou ancien.',
    ar: 'هذه هي المعطيات الأكثر تأثيرا. مصدرها سجلات، والسجلات قد تكون خاطئة أو قديمة.',
    zgh,
  },
  nothingToChange: {
    en: 'There is nothing you should change; check these facts.',
    fr: "Vous n'avez rien à changer ; vérifiez ces faits.",
    ar: 'ليس هناك ما ينبغي أن تغيروه؛ تحققوا من هذه المعطيات.',
    zgh,
  },
  onlyRecord: {
    en: 'This is not advice. It says what the rule would give if the record is wrong.',
    fr: "Ceci n'est pas un conseil. Cela dit ce que donnerait la règle si le registre est faux.",
    ar: 'هذه ليست نصيحة. إنها تبين ما ستعطيه القاعدة إذا كان السجل خاطئا.',
    zgh,
  },
  wouldNumber: {
    en: 'If the true value is {to}, the rule gives: <b>{outcome}</b>.',
    fr: 'Si la vraie valeur est {to}, la règle donne : <b>{outcome}</b>.',
    ar: 'إذا كانت القيمة الصحيحة هي {to}، تعطي القاعدة: <b>{outcome}</b>.',
    zgh,
  },
  wouldStay: {
    en: 'To correct this fact alone would not change the result.',
    fr: 'Corriger ce fait seul ne changerait pas le résultat.',
    ar: 'تصحيح هذا المعطى وحده لن يغير النتيجة.',
    zgh,
  },
  mayAct: {
    en: 'The administration says that you can act on this: {justification}',
    fr: "L'administration dit que vous pouvez agir là-dessus : {justification}",
    ar: 'تقول الإدارة إنه يمكنكم التصرف في هذا: {justification}',
    zgh,
  },
  fromSource: {
    en: 'Recorded from: {source}',
    fr: 'Inscrit d’après : {source}',
    ar: 'المصدر: {source}',
    zgh,
  },
  allFacts: { en: 'All the recorded facts', fr: 'Tous les faits inscrits', ar: 'كل المعطيات المقيَّدة', zgh },
  reasonsOfLaw: {
    en: 'Reasons of law and fact',
    fr: 'Motifs de droit et de fait',
    ar: 'الأسباب القانونية والواقعية',
    zgh: draft('ⵜⵉⵎⵏⵜⵉⵍⵉⵏ'),
  },
});
