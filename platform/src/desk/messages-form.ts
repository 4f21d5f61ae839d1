import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Writing a decision, checking it, signing it. */
export const formMessages = defineMessages({
  title: { en: 'Your decision', fr: 'Votre décision', ar: 'قراركم', zgh },
  word: { en: 'You decide', fr: 'Vous décidez', ar: 'تقررون', zgh },
  confirm: {
    en: 'Confirm: {outcome}',
    fr: 'Confirmer : {outcome}',
    ar: 'تأكيد: {outcome}',
    zgh,
  },
  confirmHint: {
    en: 'As the rule proposes. It takes effect when you sign.',
    fr: 'Comme la règle le propose. Elle prend effet à votre signature.',
    ar: 'كما تقترح القاعدة. يسري القرار عند توقيعكم.',
    zgh,
  },
  confirmFirstHint: {
    en: 'As the rule proposes. It takes effect when another person agrees.',
    fr: 'Comme la règle le propose. Elle prend effet quand une autre personne l’approuve.',
    ar: 'كما تقترح القاعدة. يسري القرار عندما يوافق شخص آخر.',
    zgh,
  },
  override: {
    en: 'Decide otherwise: {outcome}',
    fr: 'Décider autrement : {outcome}',
    ar: 'اتخاذ قرار مخالف: {outcome}',
    zgh,
  },
  overrideHint: {
    en: 'Against the proposal, in the person’s favour. It takes effect when you sign.',
    fr: 'Contre la proposition, en faveur de la personne. Elle prend effet à votre signature.',
    ar: 'خلافا للمقترح، لصالح الشخص المعني. يسري القرار عند توقيعكم.',
    zgh,
  },
  moreSignatures: {
    en: 'An outcome against the person takes two signatures here, by two different people. Yours would be the first: it alone changes nothing for the person.',
    fr: 'Une issue contre la personne demande ici deux signatures, de deux personnes différentes. La vôtre serait la première : à elle seule, elle ne change rien pour la personne.',
    ar: 'النتيجة ضد الشخص المعني تتطلب هنا توقيعين من شخصين مختلفين. سيكون توقيعكم الأول: وهو وحده لا يغير شيئا بالنسبة للشخص المعني.',
    zgh,
  },
  secondSignature: {
    en: '{name} signed first, on {at}. Examine the file yourself; if you confirm, the decision takes effect.',
    fr: '{name} a signé en premier, le {at}. Examinez vous-même le dossier ; si vous confirmez, la décision prend effet.',
    ar: 'وقّع {name} أولا، في {at}. ادرسوا الملف بأنفسكم؛ إن أكدتم، يسري القرار.',
    zgh,
  },
  firstIsYours: {
    en: 'You signed first, on {at}. The decision takes effect when a colleague agrees. You can still decide in the person’s favour.',
    fr: 'Vous avez signé en premier, le {at}. La décision prendra effet quand une autre personne l’approuvera. Vous pouvez encore décider en faveur de la personne.',
    ar: 'لقد وقّعتم أولا، في {at}. يسري القرار عندما يوافق شخص آخر. لا يزال بإمكانكم اتخاذ قرار لصالح الشخص المعني.',
    zgh,
  },
  text: {
    en: 'Reasons of law and fact',
    fr: 'Motifs de droit et de fait',
    ar: 'الأسباب القانونية والواقعية',
    zgh: draft('ⵜⵉⵎⵏⵜⵉⵍⵉⵏ'),
  },
  textHint: {
    en: 'In your own words, for the person who will read them. Name an article of the legal basis and a fact of this file with its value. {least} to {most} characters.',
    fr: 'Avec vos mots, pour la personne qui les lira. Nommez un article de la base légale et un fait de ce dossier avec sa valeur. De {least} à {most} caractères.',
    ar: 'بكلماتكم، للشخص الذي سيقرؤها. اذكروا مادة من الأساس القانوني ومعطى من هذا الملف مع قيمته. من {least} إلى {most} حرف.',
    zgh,
  },
  lang: { en: 'Language of this text', fr: 'Langue de ce texte', ar: 'لغة هذا النص', zgh },
  toCheck: { en: 'Check before you sign', fr: 'Vérifier avant de signer', ar: 'التحقق قبل التوقيع', zgh },
  notYet: {
    en: 'Nothing is decided yet: the next page shows what will be sealed.',
    fr: 'Rien n’est encore décidé : la page suivante montre ce qui sera scellé.',
    ar: 'لم يتقرر شيء بعد: الصفحة التالية تبين ما سيُقيَّد.',
    zgh,
  },
  citations: {
    en: 'Citations to copy',
    fr: 'Citations à copier',
    ar: 'عبارات للنسخ',
    zgh,
  },
  citationsNote: {
    en: 'Written so, an article or a fact is recognised. Cite only what your decision rests on.',
    fr: 'Écrit ainsi, un article ou un fait est reconnu. Ne citez que ce qui fonde votre décision.',
    ar: 'بهذه الصيغة تُعرف المادة أو المعطى. لا تذكروا إلا ما يستند إليه قراركم.',
    zgh,
  },
  citeLaw: { en: 'Law', fr: 'Droit', ar: 'القانون', zgh: draft('ⴰⵙⴰⴹⵓⴼ') },
  citeFacts: {
    en: 'Facts that weighed most',
    fr: 'Faits qui ont le plus pesé',
    ar: 'المعطيات الأكثر تأثيرا',
    zgh,
  },
  citeOthers: { en: 'The other facts', fr: 'Les autres faits', ar: 'باقي المعطيات', zgh },

  wordMissing: {
    en: 'Choose what you decide',
    fr: 'Choisissez ce que vous décidez',
    ar: 'المرجو اختيار ما تقررون',
    zgh,
  },
  langMissing: {
    en: 'Choose the language of your text',
    fr: 'Choisissez la langue de votre texte',
    ar: 'المرجو اختيار لغة النص',
    zgh,
  },
  faultLength: {
    en: 'Write {least} to {most} characters.',
    fr: 'Écrivez de {least} à {most} caractères.',
    ar: 'المرجو كتابة ما بين {least} و{most} حرف.',
    zgh,
  },
  faultLaw: {
    en: 'The reasons of law are missing: name an article of the legal basis, for example “{law}”.',
    fr: 'Il manque le motif de droit : nommez un article de la base légale, par exemple « {law} ».',
    ar: 'السبب القانوني ناقص: اذكروا مادة من الأساس القانوني، مثلا «{law}».',
    zgh,
  },
  faultFact: {
    en: 'The reasons of fact are missing: name a fact of this file with its value, for example “{fact}”.',
    fr: 'Il manque le motif de fait : nommez un fait de ce dossier avec sa valeur, par exemple « {fact} ».',
    ar: 'السبب الواقعي ناقص: اذكروا معطى من هذا الملف مع قيمته، مثلا «{fact}».',
    zgh,
  },
  faultCopied: {
    en: 'The same text already stands in other files: write what is particular to this one.',
    fr: 'Le même texte figure déjà dans d’autres dossiers : écrivez ce qui est propre à celui-ci.',
    ar: 'يوجد النص نفسه في ملفات أخرى: المرجو كتابة ما يخص هذا الملف.',
    zgh,
  },

  faultWithheld: {
    en: 'The text names a fact that is withheld from the person: give reasons that they may read.',
    fr: 'Le texte cite un fait qui n’est pas communiqué à la personne : donnez des motifs qu’elle peut lire.',
    ar: 'يذكر النص معطى غير مفصح عنه للشخص: المرجو ذكر أسباب يمكنه قراءتها.',
    zgh,
  },
  unsigned: { en: 'Your text, not signed', fr: 'Votre texte, non signé', ar: 'نصكم غير الموقَّع', zgh },
  unsignedNote: {
    en: 'Nothing was decided with it. Copy it if you need it.',
    fr: 'Rien n’a été décidé avec ce texte. Copiez-le si vous en avez besoin.',
    ar: 'لم يتقرر به أي شيء. انسخوه إن احتجتم إليه.',
    zgh,
  },
});
