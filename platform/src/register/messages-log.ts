import { defineMessages, toBeCommissioned } from '../web/messages.ts';

const zgh = toBeCommissioned;

/** The public page of an authority's transparency log. */
export const logMessages = defineMessages({
  title: {
    en: 'Transparency log of {authority}',
    fr: 'Journal de transparence : {authority}',
    ar: 'دفتر الشفافية: {authority}',
    zgh,
  },
  heading: { en: 'Transparency log', fr: 'Journal de transparence', ar: 'دفتر الشفافية', zgh },
  lead: {
    en: 'Everything that happens in a case is entered here before it is told to anybody: the decision, the person’s confirmation, the notification, the review. Nothing can be changed or removed afterwards without it showing.',
    fr: 'Tout ce qui se passe dans un dossier est inscrit ici avant d’être communiqué à quiconque : la décision, la confirmation par une personne, la notification, le réexamen. Rien ne peut ensuite être changé ni retiré sans que cela se voie.',
    ar: 'كل ما يقع في ملف يُقيَّد هنا قبل أن يُبلَّغ به أحد: القرار وتأكيد الشخص والتبليغ والمراجعة. ولا يمكن بعد ذلك تغيير شيء أو حذفه دون أن يظهر ذلك.',
    zgh,
  },
  noData: {
    en: 'It holds no personal data: each entry consists of salted fingerprints that only the receipt in your hands can open.',
    fr: 'Il ne contient aucune donnée personnelle : chaque inscription se compose d’empreintes salées que seule la preuve entre vos mains permet d’ouvrir.',
    ar: 'لا يتضمن أي معطيات شخصية: كل تقييد مكوَّن من بصمات مملَّحة لا يفتحها إلا الإثبات الذي بين أيديكم.',
    zgh,
  },
  state: { en: 'Where it stands', fr: 'Où il en est', ar: 'وضعه الحالي', zgh },
  authority: { en: 'Administration', fr: 'Administration', ar: 'الإدارة', zgh },
  origin: { en: 'Name of the log (origin)', fr: 'Nom du journal (origine)', ar: 'اسم الدفتر (المصدر)', zgh },
  size: { en: 'Number of entries', fr: 'Nombre d’inscriptions', ar: 'عدد التقييدات', zgh },
  vkey: { en: 'Verifier key', fr: 'Clé de vérification', ar: 'مفتاح التحقق', zgh },
  checkpoint: {
    en: 'Latest signed checkpoint',
    fr: 'Dernier point de contrôle signé',
    ar: 'آخر نقطة مراقبة موقعة',
    zgh,
  },
  empty: {
    en: 'The log is empty: its first checkpoint appears with its first entry.',
    fr: 'Le journal est vide : son premier point de contrôle paraîtra avec sa première inscription.',
    ar: 'الدفتر فارغ: ستظهر أول نقطة مراقبة مع أول تقييد.',
    zgh,
  },
  plain: {
    en: 'The checkpoint as plain text: <link>{path}</link>',
    fr: 'Le point de contrôle en texte brut : <link>{path}</link>',
    ar: 'نقطة المراقبة في شكل نص: <link>{path}</link>',
    zgh,
  },
  verify: {
    en: 'How to check a receipt',
    fr: 'Comment vérifier une preuve',
    ar: 'كيف تتحققون من إثبات',
    zgh,
  },
  verifyHere: {
    en: 'On this site: <link>check a receipt</link>. Give the file that you downloaded from your case.',
    fr: 'Sur ce site : <link>vérifier une preuve</link>. Donnez le fichier téléchargé depuis votre dossier.',
    ar: 'على هذا الموقع: <link>التحقق من إثبات</link>. قدموا الملف الذي نزلتموه من ملفكم.',
    zgh,
  },
  verifyAlone: {
    en: 'Without trusting this site: have somebody run this command on the file, with the verifier key that you wrote down from this page or got elsewhere.',
    fr: 'Sans faire confiance à ce site : faites exécuter cette commande sur le fichier, avec la clé de vérification que vous avez notée sur cette page ou obtenue ailleurs.',
    ar: 'دون الوثوق بهذا الموقع: اطلبوا من أحد تنفيذ هذا الأمر على الملف، بمفتاح التحقق الذي دونتموه من هذه الصفحة أو حصلتم عليه من مكان آخر.',
    zgh,
  },
  verifyLog: {
    en: 'Whoever has time can have the whole log read again, entry by entry:',
    fr: 'Qui en a le temps peut faire relire tout le journal, inscription par inscription :',
    ar: 'من له الوقت يمكنه إعادة قراءة الدفتر كله، تقييدا بعد تقييد:',
    zgh,
  },
  witnesses: { en: 'Witnesses', fr: 'Témoins', ar: 'الشهود', zgh },
  witnessesLead: {
    en: 'Other institutions watch this log. Each signs only a log that continues what it has seen before: no two different logs can be shown to two people without a witness noticing.',
    fr: 'D’autres institutions surveillent ce journal. Chacune ne signe qu’un journal qui prolonge ce qu’elle a déjà vu : on ne peut montrer deux journaux différents à deux personnes sans qu’un témoin s’en aperçoive.',
    ar: 'تراقب مؤسسات أخرى هذا الدفتر. ولا توقع كل منها إلا على دفتر يواصل ما رأته من قبل: فلا يمكن إظهار دفترين مختلفين لشخصين دون أن يلاحظ ذلك أحد الشهود.',
    zgh,
  },
  noWitnesses: {
    en: 'This log has no witnesses yet: it rests on the administration’s signature alone.',
    fr: 'Ce journal n’a pas encore de témoins : il repose sur la seule signature de l’administration.',
    ar: 'ليس لهذا الدفتر شهود بعد: فهو يقوم على توقيع الإدارة وحده.',
    zgh,
  },
  rule: {
    en: 'Rule: {rule}',
    fr: 'Règle : {rule}',
    ar: 'القاعدة: {rule}',
    zgh,
  },
  ruleOf: {
    en: '{k} of {n} ({names})',
    fr: '{k} sur {n} ({names})',
    ar: '{k} من {n} ({names})',
    zgh,
  },
  policyFile: {
    en: 'The rule as a file for programs: <link>{path}</link>. Compare it with what the witnesses themselves publish.',
    fr: 'La règle dans un fichier pour les programmes : <link>{path}</link>. Comparez-la avec ce que publient les témoins eux-mêmes.',
    ar: 'القاعدة في ملف للبرامج: <link>{path}</link>. قارنوها بما ينشره الشهود أنفسهم.',
    zgh,
  },
  lastSeen: {
    en: 'Co-signed {size} entries on {when}',
    fr: 'A cosigné {size} inscriptions le {when}',
    ar: 'وقعت على {size} من التقييدات في {when}',
    zgh,
  },
  never: { en: 'Has not co-signed yet', fr: 'N’a pas encore cosigné', ar: 'لم توقع بعد', zgh },
  verifyWhat: {
    en: 'Either way the answer is the same for everybody who asks: the entry is in the log under the administration’s signature, or it is not.',
    fr: 'Dans les deux cas la réponse est la même pour quiconque la demande : l’inscription figure au journal sous la signature de l’administration, ou elle n’y figure pas.',
    ar: 'وفي الحالتين يكون الجواب واحدًا لكل من يسأل: إما أن التقييد موجود في الدفتر تحت توقيع الإدارة، وإما أنه غير موجود.',
    zgh,
  },
  formats: {
    en: 'The formats are open: Merkle tree of RFC 6962, checkpoints and proofs of C2SP, signatures Ed25519.',
    fr: 'Les formats sont ouverts : arbre de Merkle du RFC 6962, points de contrôle et preuves C2SP, signatures Ed25519.',
    ar: 'الصيغ مفتوحة: شجرة ميركل وفق RFC 6962، ونقاط المراقبة والإثباتات وفق C2SP، والتوقيعات Ed25519.',
    zgh,
  },
  register: {
    en: 'The systems of this administration are in the <link>public register</link>.',
    fr: 'Les systèmes de cette administration figurent au <link>registre public</link>.',
    ar: 'أنظمة هذه الإدارة مدرجة في <link>السجل العمومي</link>.',
    zgh,
  },
});
