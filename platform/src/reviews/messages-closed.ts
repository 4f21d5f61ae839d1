import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Why somebody cannot open a request for review, and what happens to it instead. */
export const closed = defineMessages({
  involvedTitle: {
    en: 'You cannot review this case',
    fr: 'Vous ne pouvez pas réexaminer ce dossier',
    ar: 'لا يمكنكم مراجعة هذا الملف',
    zgh,
  },
  'signed-decision': {
    en: 'You signed a decision of this case.',
    fr: 'Vous avez signé une décision de ce dossier.',
    ar: 'لقد وقعتم قرارا في هذا الملف.',
    zgh,
  },
  'signed-review': {
    en: 'You signed the answer to an earlier review of this case.',
    fr: 'Vous avez signé la réponse à un réexamen précédent de ce dossier.',
    ar: 'لقد وقعتم الجواب عن مراجعة سابقة لهذا الملف.',
    zgh,
  },
  'filed-request': {
    en: 'You filed a request in this case at the counter.',
    fr: 'Vous avez déposé une demande dans ce dossier au guichet.',
    ar: 'لقد أودعتم طلبا في هذا الملف بالشباك.',
    zgh,
  },
  assisted: {
    en: 'You helped the person with this case at the counter.',
    fr: 'Vous avez aidé la personne au guichet pour ce dossier.',
    ar: 'لقد ساعدتم المعني(ة) بالأمر في الشباك بخصوص هذا الملف.',
    zgh,
  },
  involvedText: {
    en: 'A second pair of eyes must be a different pair: whoever took part in a case never decides on its review. This protects the person, and it protects you.',
    fr: "Un deuxième regard doit être un autre regard : qui a pris part à un dossier n'en décide jamais le réexamen. Cela protège la personne, et vous aussi.",
    ar: 'النظرة الثانية يجب أن تكون نظرة شخص آخر: من شارك في ملف لا يبت أبدا في مراجعته. هذا يحمي المعني(ة) بالأمر ويحميكم أيضا.',
    zgh,
  },
  contestedTitle: {
    en: 'Somebody else looks at your qualification',
    fr: "Quelqu'un d'autre reprend votre qualification",
    ar: 'شخص آخر ينظر في تكييفكم للطلب',
    zgh,
  },
  contestedText: {
    en: 'The person does not agree with the kind that you gave to the request. Another reviewer or supervisor decides on it.',
    fr: "La personne n'est pas d'accord avec la nature que vous avez donnée à la demande. Une autre personne en décide.",
    ar: 'لا يوافق المعني(ة) بالأمر على الطبيعة التي أعطيتموها للطلب. يقرر في ذلك شخص آخر.',
    zgh,
  },
  otherTitle: {
    en: 'This request was not given to you',
    fr: 'Cette demande ne vous a pas été attribuée',
    ar: 'لم يُسند إليكم هذا الطلب',
    zgh,
  },
  otherText: {
    en: 'The file can be read only by the person who answers the request.',
    fr: "Le dossier n'est lu que par la personne qui répond à la demande.",
    ar: 'لا يطلع على الملف إلا الشخص المكلف بالجواب عن الطلب.',
    zgh,
  },
  'not-certifiedTitle': {
    en: 'Your certificate does not cover this',
    fr: "Vous n'avez pas de certificat valable",
    ar: 'ليست لديكم شهادة سارية',
    zgh,
  },
  'not-certifiedText': {
    en: 'Deciding on a review takes a valid certificate. Take the training, then have a supervisor record the new certificate.',
    fr: "Décider d'un réexamen demande un certificat valable. Suivez la formation, puis faites enregistrer le nouveau certificat par la supervision.",
    ar: 'البت في المراجعة يتطلب شهادة سارية. تابعوا التكوين ثم اطلبوا من المشرف(ة) تسجيل الشهادة الجديدة.',
    zgh,
  },
  'not-competentTitle': {
    en: 'You hold no delegation for this',
    fr: "Vous n'avez pas de délégation de signature pour cela",
    ar: 'ليس لديكم تفويض بالإمضاء لهذا',
    zgh,
  },
  'not-competentText': {
    en: 'Without a delegation of signature that covers reviews of this system, nothing can be signed here. A supervisor records it on the page “People”.',
    fr: 'Sans délégation de signature pour les réexamens de ce système, rien ne peut être signé ici. La supervision l’enregistre à la page « Personnes ».',
    ar: 'بدون تفويض بالإمضاء يشمل مراجعات هذا النظام، لا يمكن توقيع أي شيء هنا. يسجله المشرف(ة) في صفحة «الأشخاص».',
    zgh,
  },
  next: { en: 'What happens now', fr: 'Ce qui se passe maintenant', ar: 'ما الذي يحدث الآن', zgh },
  nextOpen: {
    en: 'The request waits until a supervisor gives it to a reviewer who took no part. Its time limit runs on: {due, date, long}.',
    fr: "La demande attend que la supervision l'attribue à une personne qui n'a pas pris part au dossier. Le délai court jusqu'au {due, date, long}.",
    ar: 'ينتظر الطلب أن يسنده المشرف(ة) إلى من لم يشارك في الملف. الأجل سار إلى غاية {due, date, long}.',
    zgh,
  },
  nextMine: {
    en: 'Tell a supervisor at once, so that the request goes to somebody else in time: {due, date, long}.',
    fr: "Prévenez tout de suite la supervision, pour que la demande passe à quelqu'un d'autre à temps : {due, date, long}.",
    ar: 'أخبروا المشرف(ة) حالا حتى يُسند الطلب إلى شخص آخر في الوقت المناسب: {due, date, long}.',
    zgh,
  },
  nextAssigned: {
    en: 'Another reviewer is dealing with it, until {due, date, long}.',
    fr: "Une autre personne s'en occupe, jusqu'au {due, date, long}.",
    ar: 'يتولاه شخص آخر إلى غاية {due, date, long}.',
    zgh,
  },
  nextDecided: {
    en: 'The request has its answer.',
    fr: 'La demande a reçu sa réponse.',
    ar: 'لقد أُجيب عن الطلب.',
    zgh,
  },
  nothingShown: {
    en: 'Nothing of the file was shown to you, and nothing was changed.',
    fr: "Rien du dossier ne vous a été montré, et rien n'a été modifié.",
    ar: 'لم يُعرض عليكم أي شيء من الملف، ولم يتغير أي شيء.',
    zgh,
  },
});
