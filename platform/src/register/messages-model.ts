import { defineMessages, toBeCommissioned } from '../web/messages.ts';

const zgh = toBeCommissioned;

/** How a system decides: the kind of its model, the rule of the outcome, and whether its reasons are exact. */
export const modelMessages = defineMessages({
  title: { en: 'How it decides', fr: 'Comment il décide', ar: 'كيف يقرر', zgh },
  kind: { en: 'Kind of model', fr: 'Type de modèle', ar: 'نوع النموذج', zgh },
  scorecard: {
    en: 'A points table: each recorded fact gives points, and the points are added up.',
    fr: 'Une grille de points : chaque donnée inscrite donne des points, et les points s’additionnent.',
    ar: 'جدول نقط: كل معطى مقيَّد يعطي نقاطًا، ثم تُجمع النقاط.',
    zgh,
  },
  trees: {
    en: 'Decision trees: many short series of questions about the facts. Each series gives a number, and the numbers are added up.',
    fr: 'Des arbres de décision : beaucoup de courtes suites de questions sur les données. Chaque suite donne un nombre, et les nombres s’additionnent.',
    ar: 'أشجار قرار: سلاسل قصيرة كثيرة من الأسئلة عن المعطيات. كل سلسلة تعطي عددًا، ثم تُجمع الأعداد.',
    zgh,
  },
  linear: {
    en: 'A weighted sum: each fact is multiplied by a fixed weight, and the results are added up.',
    fr: 'Une somme pondérée : chaque donnée est multipliée par un poids fixe, et les résultats s’additionnent.',
    ar: 'مجموع مرجَّح: كل معطى يُضرب في وزن ثابت، ثم تُجمع النتائج.',
    zgh,
  },
  rules: {
    en: 'Written rules: conditions on the facts, checked one after the other.',
    fr: 'Des règles écrites : des conditions sur les données, vérifiées l’une après l’autre.',
    ar: 'قواعد مكتوبة: شروط على المعطيات، تُفحص واحدة تلو الأخرى.',
    zgh,
  },
  'black-box': {
    en: 'A service that only answers: it receives the facts and gives back a number. Nobody can look into it here.',
    fr: 'Un service qui ne fait que répondre : il reçoit les données et rend un nombre. Personne ne peut voir ici comment il calcule.',
    ar: 'خدمة تجيب فقط: تتلقى المعطيات وتُرجع عددًا. لا يمكن لأحد هنا أن يرى كيف تحسبه.',
    zgh,
  },
  format: {
    en: 'File format: {format}',
    fr: 'Format du fichier : {format}',
    ar: 'صيغة الملف: {format}',
    zgh,
  },
  rule: { en: 'From the model to the outcome', fr: 'Du modèle à l’issue', ar: 'من النموذج إلى النتيجة', zgh },
  score: {
    en: 'More than {limit} points: {above}. {limit} points or fewer: {below}.',
    fr: 'Plus de {limit} points : {above}. {limit} points ou moins : {below}.',
    ar: 'أكثر من {limit} نقطة: {above}. {limit} نقطة أو أقل: {below}.',
    zgh,
  },
  margin: {
    en: 'A number above {limit}: {above}. {limit} or below: {below}.',
    fr: 'Un nombre supérieur à {limit} : {above}. {limit} ou moins : {below}.',
    ar: 'عدد أكبر من {limit}: {above}. {limit} أو أقل: {below}.',
    zgh,
  },
  probability: {
    en: 'A probability, estimated by the model, above {limit}: {above}. {limit} or below: {below}.',
    fr: 'Une probabilité, estimée par le modèle, supérieure à {limit} : {above}. {limit} ou moins : {below}.',
    ar: 'احتمال يقدّره النموذج أكبر من {limit}: {above}. {limit} أو أقل: {below}.',
    zgh,
  },
  output: {
    en: 'The model gives several numbers; this is number {n, number}.',
    fr: 'Le modèle donne plusieurs nombres ; celui-ci est le numéro {n, number}.',
    ar: 'يعطي النموذج عدة أعداد؛ هذا هو العدد رقم {n, number}.',
    zgh,
  },
  classes: {
    en: 'The model gives each of these answers a number; the answer with the largest one counts.',
    fr: 'Le modèle donne un nombre à chacune de ces réponses ; celle qui a le plus grand l’emporte.',
    ar: 'يعطي النموذج عددًا لكل جواب من هذه الأجوبة؛ الجواب صاحب أكبر عدد هو المعتمد.',
    zgh,
  },
  answer: { en: '{answer}: {outcome}', fr: '{answer} : {outcome}', ar: '{answer}: {outcome}', zgh },
  other: {
    en: 'Any other answer: {outcome}',
    fr: 'Toute autre réponse : {outcome}',
    ar: 'أي جواب آخر: {outcome}',
    zgh,
  },
  results: {
    en: 'The answer of the rules ({field}) gives the outcome:',
    fr: 'La réponse des règles ({field}) donne l’issue :',
    ar: 'جواب القواعد ({field}) يعطي النتيجة:',
    zgh,
  },
  exactness: { en: 'Reasons of each decision', fr: 'Motifs de chaque décision', ar: 'أسباب كل قرار', zgh },
  exact: { en: 'Exact', fr: 'Exacts', ar: 'دقيقة', zgh },
  exactText: {
    en: 'The weight of every fact is computed, not estimated, and checked by running the model again.',
    fr: 'Le poids de chaque donnée est calculé, non estimé, et vérifié en exécutant de nouveau le modèle.',
    ar: 'وزن كل معطى محسوب وليس مقدَّرًا، ويُتحقق منه بإعادة تشغيل النموذج.',
    zgh,
  },
  exactRules: {
    en: 'The rules that applied are named, and checked by running them again.',
    fr: 'Les règles qui se sont appliquées sont nommées, et vérifiées en les exécutant de nouveau.',
    ar: 'تُذكر القواعد التي طُبقت، ويُتحقق منها بإعادة تشغيلها.',
    zgh,
  },
  approximate: { en: 'Approximate', fr: 'Approchés', ar: 'تقريبية', zgh },
  approximateText: {
    en: 'The service is asked many times with changed facts, and the weight of each fact is estimated from its answers. Each estimate is shown with its standard error: the true value is most often no further away than twice that. The service can change without anybody seeing it here, and a decision cannot be run again: what it answered is sealed at once.',
    fr: 'Le service est interrogé de nombreuses fois avec des données modifiées, et le poids de chaque donnée est estimé d’après ses réponses. Chaque estimation est affichée avec son erreur type : la vraie valeur n’en est le plus souvent pas éloignée de plus du double. Le service peut changer sans que cela se voie ici, et une décision ne peut pas être relancée : ce qu’il a répondu est scellé aussitôt.',
    ar: 'تُسأل الخدمة مرات كثيرة بمعطيات مغيَّرة، ويُقدَّر وزن كل معطى من أجوبتها. يُعرض كل تقدير مع خطئه المعياري: القيمة الحقيقية لا تبعد عنه في الغالب أكثر من ضعف ذلك. يمكن أن تتغير الخدمة دون أن يظهر ذلك هنا، ولا يمكن إعادة تشغيل القرار: ما أجابت به يُختم فورًا.',
    zgh,
  },
  unreadable: {
    en: 'The stored model file can no longer be read. Nothing is decided with it.',
    fr: 'Le fichier du modèle conservé ne peut plus être lu. Rien n’est décidé avec lui.',
    ar: 'لم يعد بالإمكان قراءة ملف النموذج المحفوظ. لا يُتخذ به أي قرار.',
    zgh,
  },
  file: { en: 'The model file', fr: 'Le fichier du modèle', ar: 'ملف النموذج', zgh },
  fileLead: {
    en: 'Decisions are made with this very file. Its SHA-256 is sealed in the log: anybody can download it, compute the hash and run it.',
    fr: 'Les décisions sont prises avec ce fichier et aucun autre. Son SHA-256 est inscrit dans le journal : chacun peut le télécharger, calculer l’empreinte et l’exécuter.',
    ar: 'تُتخذ القرارات بهذا الملف بعينه. بصمته SHA\u2011256 مقيَّدة في الدفتر: يمكن لأي كان تنزيله وحساب بصمته وتشغيله.',
    zgh,
  },
  addressLead: {
    en: 'This file only says which service is asked and how. Its SHA-256 is sealed in the log; the model itself is not held here.',
    fr: 'Ce fichier dit seulement quel service est interrogé et comment. Son SHA-256 est inscrit dans le journal ; le modèle lui-même n’est pas conservé ici.',
    ar: 'يبيّن هذا الملف فقط أي خدمة تُسأل وكيف. بصمته SHA\u2011256 مقيَّدة في الدفتر؛ أما النموذج نفسه فغير محفوظ هنا.',
    zgh,
  },
  version: { en: 'Model version', fr: 'Version du modèle', ar: 'إصدار النموذج', zgh },
  download: { en: 'Download the file', fr: 'Télécharger le fichier', ar: 'تنزيل الملف', zgh },
  reasons: {
    en: 'The reasons it can give',
    fr: 'Les raisons qu’il peut donner',
    ar: 'الأسباب التي يمكن أن يقدمها',
    zgh,
  },
  reasonsExact: {
    en: 'Every decision is explained in these terms, exactly, and the explanation is checked by running the model again.',
    fr: 'Chaque décision est expliquée dans ces termes, exactement, et l’explication est vérifiée en exécutant de nouveau le modèle.',
    ar: 'يُشرح كل قرار بهذه العناصر شرحًا دقيقًا، ويُتحقق من الشرح بإعادة تشغيل النموذج.',
    zgh,
  },
  reasonsApproximate: {
    en: 'Every decision is explained in these terms, by estimates: see “How it decides”.',
    fr: 'Chaque décision est expliquée dans ces termes, par des estimations : voir « Comment il décide ».',
    ar: 'يُشرح كل قرار بهذه العناصر، بتقديرات: انظروا «كيف يقرر».',
    zgh,
  },
});
