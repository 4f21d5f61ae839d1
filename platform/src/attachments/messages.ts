import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Files handed in with a request: choosing them, what is refused and why, reading them, taking one back. */
export const files = defineMessages({
  stepTitle: {
    en: 'Do you want to add documents?',
    fr: 'Voulez-vous joindre des documents ?',
    ar: 'هل تريدون إرفاق وثائق؟',
    zgh,
  },
  stepText: {
    en: 'For example a payslip or a certificate. You can also go on without any.',
    fr: 'Par exemple une fiche de paie ou une attestation. Vous pouvez aussi continuer sans rien joindre.',
    ar: 'مثلا ورقة الأداء أو شهادة. يمكنكم أيضا المتابعة دون إرفاق شيء.',
    zgh,
  },
  choose: { en: 'Choose files', fr: 'Choisir des fichiers', ar: 'اختيار ملفات', zgh },
  chooseHint: {
    en: 'A clear photo of the paper is enough. PDF, JPEG, PNG or WebP, at most {each} MB a file and {all} MB at once. With a slow connection, add one at a time.',
    fr: 'Une photo nette du papier suffit. PDF, JPEG, PNG ou WebP, au plus {each} Mo par fichier et {all} Mo à la fois. Si la connexion est lente, ajoutez-les un par un.',
    ar: 'تكفي صورة واضحة للورقة. PDF أو JPEG أو PNG أو WebP، في حدود {each} ميغابايت للملف و{all} ميغابايت دفعة واحدة. إذا كان الاتصال بطيئا، أضيفوها واحدا واحدا.',
    zgh,
  },
  add: { en: 'Add these files', fr: 'Ajouter ces fichiers', ar: 'إضافة هذه الملفات', zgh },
  staged: { en: 'Files that will be sent', fr: 'Fichiers qui seront envoyés', ar: 'الملفات التي سترسل', zgh },
  remove: { en: 'Remove', fr: 'Retirer', ar: 'إزالة', zgh },
  none: { en: 'No files', fr: 'Aucun fichier', ar: 'لا ملفات', zgh },
  kilobytes: { en: '{n} KB', fr: '{n} Ko', ar: '{n} كيلوبايت', zgh },
  megabytes: { en: '{n} MB', fr: '{n} Mo', ar: '{n} ميغابايت', zgh },

  handedIn: { en: 'Files handed in', fr: 'Fichiers remis', ar: 'الملفات المقدَّمة', zgh },
  on: {
    en: 'handed in on {at, date, long}',
    fr: 'remis le {at, date, long}',
    ar: 'قُدّم يوم {at, date, long}',
    zgh,
  },
  onAtCounter: {
    en: 'handed in at the counter on {at, date, long}',
    fr: 'remis au guichet le {at, date, long}',
    ar: 'قُدّم في الشباك يوم {at, date, long}',
    zgh,
  },
  takenBack: {
    en: 'taken back on {at, date, long}',
    fr: 'repris le {at, date, long}',
    ar: 'سُحب يوم {at, date, long}',
    zgh,
  },
  takeBack: { en: 'Take back', fr: 'Reprendre', ar: 'سحب', zgh },
  takeBackText: {
    en: 'Until the answer you can take a file back. Its content is then destroyed. That it was handed in stays written.',
    fr: "Jusqu'à la réponse, vous pouvez reprendre un fichier. Son contenu est alors détruit. Il reste écrit qu'il a été remis.",
    ar: 'إلى حين الجواب، يمكنكم سحب ملف. يُتلف محتواه حينها. ويبقى مقيَّدا أنه قُدّم.',
    zgh,
  },
  addTitle: { en: 'Add documents', fr: 'Ajouter des documents', ar: 'إضافة وثائق', zgh },
  addWords: {
    en: 'What do these files show?',
    fr: 'Que montrent ces fichiers ?',
    ar: 'ماذا تبين هذه الملفات؟',
    zgh,
  },
  addSend: { en: 'Send these files', fr: 'Envoyer ces fichiers', ar: 'إرسال هذه الملفات', zgh },
  keptFiles: {
    en: 'The files in the list above are kept. You need not choose them again.',
    fr: 'Les fichiers de la liste ci-dessus sont gardés. Inutile de les choisir à nouveau.',
    ar: 'الملفات في القائمة أعلاه محفوظة. لا داعي لاختيارها من جديد.',
    zgh,
  },
  tooLateToTakeBack: {
    en: 'This request was answered: the file stays with it.',
    fr: 'Cette demande a reçu sa réponse : le fichier y reste.',
    ar: 'تم الجواب عن هذا الطلب: يبقى الملف ضمنه.',
    zgh,
  },

  deskTitle: { en: 'Files of the person', fr: 'Fichiers de la personne', ar: 'ملفات الشخص', zgh },
  deskText: {
    en: 'They come from outside: save and open them with care. Each download is written into the access log.',
    fr: "Ils viennent de l'extérieur : enregistrez-les et ouvrez-les avec prudence. Chaque téléchargement est inscrit au journal des accès.",
    ar: 'مصدرها خارجي: احفظوها وافتحوها بحذر. يُقيَّد كل تنزيل في سجل الاطلاع.',
    zgh,
  },

  refused: { en: 'File {name}: {why}', fr: 'Fichier {name} : {why}', ar: 'الملف {name}: {why}', zgh },
  empty: { en: 'it is empty', fr: 'il est vide', ar: 'فارغ', zgh },
  notAccepted: {
    en: 'it is not a PDF, JPEG, PNG or WebP. Take a photo of the paper, or save the text as PDF.',
    fr: "ce n'est ni un PDF, ni un JPEG, PNG ou WebP. Prenez une photo du papier, ou enregistrez le texte en PDF.",
    ar: 'ليس PDF ولا JPEG ولا PNG ولا WebP. التقطوا صورة للورقة، أو احفظوا النص بصيغة PDF.',
    zgh,
  },
  heic: {
    en: 'it is a photo in the HEIC format. In the settings of the camera choose JPEG ("most compatible"), then take it again.',
    fr: "c'est une photo au format HEIC. Dans les réglages de l'appareil photo, choisissez JPEG (« le plus compatible »), puis reprenez-la.",
    ar: 'صورة بصيغة HEIC. اختاروا JPEG («الأكثر توافقا») في إعدادات الكاميرا، ثم التقطوها من جديد.',
    zgh,
  },
  damaged: {
    en: 'it is damaged or not complete. Save it or take it again.',
    fr: 'il est abîmé ou incomplet. Enregistrez-le ou prenez-le à nouveau.',
    ar: 'تالف أو غير كامل. احفظوه أو التقطوه من جديد.',
    zgh,
  },
  active: {
    en: 'it carries a program or another file inside. Print it as a PDF, or take a photo of the paper.',
    fr: 'il contient un programme ou un autre fichier. Imprimez-le en PDF, ou prenez une photo du papier.',
    ar: 'يحتوي على برنامج أو ملف آخر. اطبعوه بصيغة PDF، أو التقطوا صورة للورقة.',
    zgh,
  },
  fileTooLarge: {
    en: 'it is larger than {each} MB. Take the photo with a lower quality, or send fewer pages at once.',
    fr: 'il dépasse {each} Mo. Prenez la photo en qualité plus faible, ou envoyez moins de pages à la fois.',
    ar: 'يتجاوز {each} ميغابايت. التقطوا الصورة بجودة أقل، أو أرسلوا صفحات أقل في كل مرة.',
    zgh,
  },
  uploadTooLarge: {
    en: 'Together these files are larger than {all} MB. Add them one at a time.',
    fr: 'Ensemble, ces fichiers dépassent {all} Mo. Ajoutez-les un par un.',
    ar: 'تتجاوز هذه الملفات مجتمعة {all} ميغابايت. أضيفوها واحدا واحدا.',
    zgh,
  },
  caseFull: {
    en: 'the file of the case is full. Take back a document that is not needed, or bring the papers to the counter.',
    fr: 'le dossier est plein. Reprenez un document inutile, ou apportez les papiers au guichet.',
    ar: 'الملف ممتلئ. اسحبوا وثيقة غير ضرورية، أو أحضروا الأوراق إلى الشباك.',
    zgh,
  },
  tooOften: {
    en: 'Too many files in a short time. Try again in an hour, or bring the papers to the counter.',
    fr: 'Trop de fichiers en peu de temps. Réessayez dans une heure, ou apportez les papiers au guichet.',
    ar: 'ملفات كثيرة في وقت قصير. حاولوا بعد ساعة، أو أحضروا الأوراق إلى الشباك.',
    zgh,
  },
  busy: {
    en: 'Too many files are arriving at the moment. Try again in a minute.',
    fr: 'Trop de fichiers arrivent en ce moment. Réessayez dans une minute.',
    ar: 'تصل ملفات كثيرة في هذه اللحظة. حاولوا بعد دقيقة.',
    zgh,
  },
  noFiles: {
    en: 'Choose at least one file.',
    fr: 'Choisissez au moins un fichier.',
    ar: 'اختاروا ملفا واحدا على الأقل.',
    zgh,
  },
});
