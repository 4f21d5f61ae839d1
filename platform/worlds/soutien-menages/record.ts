import type { z } from 'zod';
import type { AuthorityProfile } from '../../src/register/authorities.ts';
import type { systemRecord } from '../../src/register/record.ts';
import { REGIONS } from './regions.ts';

export const AUTHORITY_ID = 'specimen';
export const SYSTEM_ID = 'soutien-menages';

const CONTACT = {
  telephone: '05 00 00 00 00',
  counter: {
    fr: "Guichet de l'Agence spécimen, rue de l'Exemple 1",
    ar: 'شباك الوكالة النموذجية، زنقة المثال رقم 1',
    en: 'Counter of the Specimen Agency, 1 Example Street',
  },
  hours: {
    fr: 'du lundi au vendredi, de 8 h 30 à 16 h 30',
    ar: 'من الاثنين إلى الجمعة، من 8:30 إلى 16:30',
    en: 'Monday to Friday, 8:30 to 16:30',
  },
};

/** An invented agency; no real administration is meant. */
export const AUTHORITY: AuthorityProfile = {
  name: { fr: 'Agence spécimen du soutien', ar: 'الوكالة النموذجية للدعم', en: 'Specimen Support Agency' },
  humanContact: CONTACT,
};

const t = (fr: string, ar: string, en: string) => ({ fr, ar, en });
const dirhams = t('dirhams par mois', 'درهم في الشهر', 'dirhams a month');

/** The public record of the invented programme, as its agency wrote it. Invented law, invented coefficients. */
export const RECORD: z.input<typeof systemRecord> = {
  name: t('Soutien aux ménages', 'دعم الأسر', 'Household support'),
  purpose: t(
    'Décider quels ménages reçoivent une aide mensuelle, selon un score qui estime leurs conditions de vie. Programme inventé pour la démonstration.',
    'تحديد الأسر التي تستفيد من إعانة شهرية، حسب مؤشر يقدّر ظروف عيشها. برنامج متخيّل لأغراض العرض.',
    'Decide which households receive a monthly support, by a score that estimates their living conditions. A programme invented for demonstration.',
  ),
  legalBasis: [
    {
      id: 'spec_regulation',
      title: t(
        "Règlement spécimen du programme (texte inventé), conditions d'attribution",
        'النظام النموذجي للبرنامج (نص متخيّل)، شروط الاستفادة',
        'Specimen programme regulation (invented text), conditions of award',
      ),
      article: '4',
    },
    {
      id: 'spec_threshold',
      title: t(
        'Règlement spécimen du programme (texte inventé), score et seuil',
        'النظام النموذجي للبرنامج (نص متخيّل)، المؤشر والعتبة',
        'Specimen programme regulation (invented text), score and threshold',
      ),
      article: '7',
    },
  ],
  kindOfDecision: t(
    "Attribution ou refus d'une aide mensuelle à un ménage qui la demande",
    'منح أو رفض إعانة شهرية لأسرة طلبتها',
    'Award or refusal of a monthly support to a household that asks for it',
  ),
  outcomes: {
    favourable: t('Aide accordée', 'منح الإعانة', 'Support granted'),
    adverse: t('Aide refusée', 'رفض الإعانة', 'Support refused'),
  },
  impactLevel: 3,
  norms: ['ma'],
  inputs: [
    {
      name: 'milieu',
      type: 'choice',
      topic: 'residence',
      correctable: true,
      label: t('Milieu de résidence', 'وسط الإقامة', 'Place of residence'),
      values: [
        { value: 'urban', label: t('urbain', 'حضري', 'urban') },
        { value: 'rural', label: t('rural', 'قروي', 'rural') },
      ],
    },
    {
      name: 'region',
      type: 'choice',
      topic: 'residence',
      correctable: true,
      label: t('Région', 'الجهة', 'Region'),
      values: REGIONS.map(({ id, fr, ar, en }) => ({ value: id, label: { fr, ar, en } })),
    },
    {
      name: 'members',
      type: 'integer',
      minimum: 1,
      maximum: 20,
      topic: 'household-size',
      correctable: true,
      label: t('Personnes dans le ménage', 'عدد أفراد الأسرة', 'People in the household'),
    },
    {
      name: 'children',
      type: 'integer',
      minimum: 0,
      maximum: 15,
      topic: 'household-size',
      correctable: true,
      label: t('Enfants de moins de 15 ans', 'الأطفال دون 15 سنة', 'Children under 15'),
    },
    {
      name: 'elders',
      type: 'integer',
      minimum: 0,
      maximum: 10,
      topic: 'age',
      correctable: true,
      label: t('Personnes de 60 ans et plus', 'أشخاص في سن 60 فما فوق', 'People aged 60 and over'),
    },
    {
      name: 'earners',
      type: 'integer',
      minimum: 0,
      maximum: 15,
      topic: 'registry',
      correctable: true,
      label: t(
        'Membres inscrits avec un revenu déclaré',
        'الأفراد المقيَّدون بدخل مصرَّح به',
        'Members recorded with a declared income',
      ),
      help: t(
        'Nombre inscrit dans les registres. Une personne décédée ou partie peut y être restée par erreur.',
        'العدد المقيَّد في السجلات. قد يبقى فيها خطأً شخص متوفى أو غادر الأسرة.',
        'The number held in the registers. Somebody who died or left may still be there by mistake.',
      ),
      source: t('Registres sociaux (inventés)', 'سجلات اجتماعية (متخيّلة)', 'Social registers (invented)'),
    },
    {
      name: 'earnings',
      type: 'integer',
      minimum: 0,
      maximum: 100_000,
      topic: 'income',
      correctable: true,
      label: t('Revenus déclarés du ménage', 'الدخل المصرَّح به للأسرة', 'Declared income of the household'),
      unit: dirhams,
    },
    {
      name: 'schooling',
      type: 'choice',
      topic: 'schooling',
      correctable: true,
      label: t(
        'Niveau scolaire de la personne de référence',
        'المستوى الدراسي للشخص المرجعي',
        'Schooling of the reference person',
      ),
      values: [
        { value: 'none', label: t('aucun', 'بدون', 'none') },
        { value: 'primary', label: t('primaire', 'ابتدائي', 'primary') },
        { value: 'secondary', label: t('secondaire', 'ثانوي', 'secondary') },
        { value: 'higher', label: t('supérieur', 'عالٍ', 'higher') },
      ],
    },
    {
      name: 'literate',
      type: 'boolean',
      topic: 'literacy',
      correctable: true,
      label: t(
        'La personne de référence sait lire et écrire',
        'الشخص المرجعي يعرف القراءة والكتابة',
        'The reference person reads and writes',
      ),
    },
    {
      name: 'dwelling',
      type: 'choice',
      topic: 'housing',
      correctable: true,
      label: t('Type de logement', 'نوع السكن', 'Type of dwelling'),
      values: [
        { value: 'precarious', label: t('précaire', 'هش', 'precarious') },
        { value: 'traditional', label: t('traditionnel', 'تقليدي', 'traditional') },
        { value: 'apartment', label: t('appartement', 'شقة', 'apartment') },
        { value: 'house', label: t('maison', 'منزل', 'house') },
        { value: 'villa', label: t('villa', 'فيلا', 'villa') },
      ],
    },
    {
      name: 'rooms',
      type: 'integer',
      minimum: 1,
      maximum: 20,
      topic: 'housing',
      correctable: true,
      label: t('Pièces du logement', 'عدد غرف السكن', 'Rooms in the dwelling'),
    },
    {
      name: 'bathroom',
      type: 'boolean',
      topic: 'housing',
      correctable: true,
      label: t('Salle de bain ou douche', 'حمام أو دوش', 'Bathroom or shower'),
    },
    {
      name: 'electricity',
      type: 'integer',
      minimum: 0,
      maximum: 5_000,
      topic: 'consumption',
      correctable: true,
      label: t("Dépense d'électricité", 'مصاريف الكهرباء', 'Spending on electricity'),
      unit: dirhams,
    },
    {
      name: 'water',
      type: 'integer',
      minimum: 0,
      maximum: 3_000,
      topic: 'consumption',
      correctable: true,
      label: t("Dépense d'eau", 'مصاريف الماء', 'Spending on water'),
      unit: dirhams,
    },
    {
      name: 'phone',
      type: 'integer',
      minimum: 0,
      maximum: 3_000,
      topic: 'consumption',
      correctable: true,
      label: t('Dépense de téléphone', 'مصاريف الهاتف', 'Spending on telephone'),
      unit: dirhams,
    },
    {
      name: 'vehicle',
      type: 'boolean',
      topic: 'property',
      correctable: true,
      label: t(
        'Voiture immatriculée au nom du ménage',
        'سيارة مسجلة باسم الأسرة',
        'Car registered to the household',
      ),
      source: t(
        "Registre d'immatriculation (inventé)",
        'سجل تسجيل المركبات (متخيّل)',
        'Vehicle register (invented)',
      ),
    },
    {
      name: 'motorcycle',
      type: 'boolean',
      topic: 'property',
      correctable: true,
      label: t(
        'Deux-roues immatriculé au nom du ménage',
        'دراجة نارية مسجلة باسم الأسرة',
        'Motorcycle registered to the household',
      ),
    },
    {
      name: 'land',
      type: 'decimal',
      decimals: 1,
      minimum: 0,
      maximum: 500,
      topic: 'property',
      correctable: true,
      label: t('Terre agricole', 'أرض فلاحية', 'Farm land'),
      unit: t('hectares', 'هكتار', 'hectares'),
    },
    {
      name: 'livestock',
      type: 'integer',
      minimum: 0,
      maximum: 500,
      topic: 'property',
      correctable: true,
      label: t('Têtes de bétail', 'رؤوس الماشية', 'Head of livestock'),
    },
    {
      name: 'health_cover',
      type: 'choice',
      topic: 'cover',
      correctable: true,
      label: t('Couverture médicale', 'التغطية الصحية', 'Health cover'),
      values: [
        { value: 'none', label: t('aucune', 'بدون', 'none') },
        { value: 'assistance', label: t('assistance', 'مساعدة', 'assistance') },
        { value: 'contributory', label: t('par cotisation', 'بالاشتراك', 'contributory') },
      ],
    },
    {
      name: 'disability',
      type: 'boolean',
      topic: 'health',
      correctable: true,
      label: t(
        'Personne en situation de handicap dans le ménage',
        'وجود شخص في وضعية إعاقة في الأسرة',
        'Person with a disability in the household',
      ),
    },
  ],
  reasons: [
    { id: 'region', label: t('La région', 'الجهة', 'The region') },
    { id: 'household_size', label: t('La taille du ménage', 'حجم الأسرة', 'The size of the household') },
    { id: 'children', label: t("La part d'enfants", 'نسبة الأطفال', 'The share of children') },
    { id: 'elders', label: t('Les personnes âgées', 'الأشخاص المسنون', 'Older people') },
    {
      id: 'earners',
      label: t(
        'La part de membres avec un revenu déclaré',
        'نسبة الأفراد ذوي الدخل المصرَّح به',
        'The share of members with a declared income',
      ),
    },
    { id: 'earnings', label: t('Les revenus déclarés', 'الدخل المصرَّح به', 'Declared income') },
    { id: 'schooling', label: t('Le niveau scolaire', 'المستوى الدراسي', 'Schooling') },
    { id: 'literacy', label: t('Lire et écrire', 'القراءة والكتابة', 'Reading and writing') },
    { id: 'dwelling', label: t('Le type de logement', 'نوع السكن', 'The type of dwelling') },
    { id: 'rooms', label: t('Les pièces par personne', 'عدد الغرف لكل فرد', 'Rooms per person') },
    { id: 'bathroom', label: t('La salle de bain', 'الحمام', 'The bathroom') },
    {
      id: 'electricity',
      label: t("L'électricité par personne", 'الكهرباء لكل فرد', 'Electricity per person'),
    },
    { id: 'water', label: t("L'eau par personne", 'الماء لكل فرد', 'Water per person') },
    { id: 'phone', label: t('Le téléphone', 'الهاتف', 'Telephone') },
    { id: 'vehicle', label: t('La voiture', 'السيارة', 'The car') },
    { id: 'motorcycle', label: t('Le deux-roues', 'الدراجة النارية', 'The motorcycle') },
    { id: 'land', label: t('La terre agricole', 'الأرض الفلاحية', 'Farm land') },
    { id: 'livestock', label: t('Le bétail', 'الماشية', 'Livestock') },
    { id: 'health_cover', label: t('La couverture médicale', 'التغطية الصحية', 'Health cover') },
    { id: 'disability', label: t('Le handicap', 'الإعاقة', 'Disability') },
  ],
  humanInvolvement: t(
    "Le score propose. Un refus n'est jamais automatique : une personne habilitée lit le dossier, décide et signe.",
    'المؤشر يقترح فقط. لا يكون الرفض آليا أبدا: شخص مؤهل يقرأ الملف ويقرر ويوقّع.',
    'The score proposes. A refusal is never automatic: a competent person reads the file, decides and signs.',
  ),
  humanContact: CONTACT,
  manualFallback: t(
    "Si le système est suspendu, les demandes sont déposées et examinées à la main au guichet de l'agence.",
    'إذا توقف النظام، توضع الطلبات وتُدرس يدويا في شباك الوكالة.',
    "If the system is suspended, requests are filed and examined by hand at the agency's counter.",
  ),
};
