import type { z } from 'zod';
import type { input } from '../../src/register/record.ts';
import { CITIES, SECTORS } from './places.ts';

const t = (fr: string, ar: string, en: string) => ({ fr, ar, en });
const percent = t('%', '%', '%');
const thousands = t('milliers de dirhams', 'ألف درهم', 'thousand dirhams');
const declared = t('Votre déclaration (inventée)', 'تصريحكم (متخيّل)', 'Your return (invented)');
const desk = t('Registre du bureau (inventé)', 'سجل المكتب (متخيّل)', "The office's register (invented)");
const choices = (of: readonly { id: string; fr: string; ar: string; en: string }[]) =>
  of.map(({ id, fr, ar, en }) => ({ value: id, label: { fr, ar, en } }));

/** What the authority's files hold of one business and its return. */
export const INPUTS: z.input<typeof input>[] = [
  {
    name: 'sector',
    type: 'choice',
    topic: 'business',
    correctable: true,
    label: t("Secteur d'activité", 'قطاع النشاط', 'Sector'),
    source: desk,
    values: choices(SECTORS),
  },
  {
    name: 'city',
    type: 'choice',
    topic: 'residence',
    correctable: true,
    label: t("Ville d'immatriculation", 'مدينة التقييد', 'City of registration'),
    source: desk,
    values: choices(CITIES),
  },
  {
    name: 'years',
    type: 'integer',
    minimum: 0,
    maximum: 120,
    topic: 'business',
    correctable: true,
    label: t("Années depuis l'immatriculation", 'السنوات منذ التقييد', 'Years since registration'),
    source: desk,
  },
  {
    name: 'employees',
    type: 'integer',
    minimum: 0,
    maximum: 5_000,
    topic: 'business',
    correctable: true,
    label: t('Salariés déclarés', 'الأجراء المصرَّح بهم', 'Declared employees'),
    source: desk,
  },
  {
    name: 'turnover',
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000,
    topic: 'income',
    correctable: false,
    label: t("Chiffre d'affaires déclaré", 'رقم المعاملات المصرَّح به', 'Declared turnover'),
    unit: thousands,
    source: declared,
  },
  {
    name: 'prior_turnover',
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000,
    topic: 'income',
    correctable: false,
    optional: true,
    label: t(
      "Chiffre d'affaires de l'année précédente",
      'رقم معاملات السنة السابقة',
      'Turnover of the year before',
    ),
    help: t(
      "Une entreprise de moins de deux ans n'en a pas.",
      'لا تتوفر عليه مقاولة عمرها أقل من سنتين.',
      'A business of less than two years has none.',
    ),
    unit: thousands,
    source: declared,
  },
  {
    name: 'margin',
    type: 'decimal',
    decimals: 1,
    minimum: -100,
    maximum: 100,
    topic: 'income',
    correctable: false,
    label: t(
      'Bénéfice déclaré sur le chiffre d’affaires',
      'الربح المصرَّح به من رقم المعاملات',
      'Declared profit on turnover',
    ),
    unit: percent,
    source: declared,
  },
  {
    name: 'cash_share',
    type: 'integer',
    minimum: 0,
    maximum: 100,
    topic: 'business',
    correctable: false,
    label: t('Recettes en espèces', 'المداخيل نقدا', 'Receipts in cash'),
    unit: percent,
    source: declared,
  },
  {
    name: 'late_returns',
    type: 'integer',
    minimum: 0,
    maximum: 24,
    topic: 'registry',
    correctable: true,
    label: t(
      'Déclarations en retard sur deux ans',
      'التصريحات المتأخرة خلال سنتين',
      'Late returns in two years',
    ),
    help: t(
      'Une déclaration envoyée à temps peut avoir été enregistrée plus tard par le bureau.',
      'قد يكون تصريح أُرسل في وقته قد سُجل لاحقا من طرف المكتب.',
      'A return sent in time may have been recorded later by the office.',
    ),
    source: desk,
  },
  {
    name: 'declared_gap',
    type: 'decimal',
    decimals: 1,
    minimum: -100,
    maximum: 200,
    topic: 'registry',
    correctable: true,
    label: t(
      'Écart avec les déclarations des clients et fournisseurs',
      'الفارق مع تصريحات الزبناء والموردين',
      "Gap from clients' and suppliers' returns",
    ),
    help: t(
      "Ce que d'autres ont déclaré de plus que vous, sur les mêmes opérations. Ils peuvent s'être trompés.",
      'ما صرح به الآخرون أكثر منكم عن نفس العمليات. وقد يكونون مخطئين.',
      'What others declared beyond you on the same dealings. They may be wrong.',
    ),
    unit: percent,
    source: t('Recoupements (inventés)', 'مقارنة التصريحات (متخيّلة)', 'Cross-checks (invented)'),
  },
  {
    name: 'invoices_missing',
    type: 'integer',
    minimum: 0,
    maximum: 10_000,
    topic: 'registry',
    correctable: true,
    label: t('Numéros de factures manquants', 'أرقام الفواتير الناقصة', 'Missing invoice numbers'),
    source: desk,
  },
  {
    name: 'refund_claimed',
    type: 'boolean',
    topic: 'registry',
    correctable: false,
    label: t('Remboursement de taxe demandé', 'طلب استرجاع الضريبة', 'Tax refund claimed'),
    source: declared,
  },
  {
    name: 'address_changes',
    type: 'integer',
    minimum: 0,
    maximum: 50,
    topic: 'registry',
    correctable: true,
    label: t(
      "Changements d'adresse sur deux ans",
      'تغييرات العنوان خلال سنتين',
      'Changes of address in two years',
    ),
    source: desk,
  },
];

export const REASONS = [
  { id: 'sector', label: t('Le secteur', 'القطاع', 'The sector') },
  { id: 'city', label: t('La ville', 'المدينة', 'The city') },
  { id: 'years', label: t("L'ancienneté", 'الأقدمية', 'The age of the business') },
  { id: 'size', label: t("La taille de l'entreprise", 'حجم المقاولة', 'The size of the business') },
  { id: 'prior_turnover', label: t("L'année précédente", 'السنة السابقة', 'The year before') },
  { id: 'margin', label: t('Le bénéfice déclaré', 'الربح المصرَّح به', 'The declared profit') },
  { id: 'cash', label: t('Les recettes en espèces', 'المداخيل نقدا', 'Receipts in cash') },
  { id: 'late_returns', label: t('Les retards de déclaration', 'التأخر في التصريح', 'Late returns') },
  { id: 'declared_gap', label: t('Les recoupements', 'مقارنة التصريحات', 'The cross-checks') },
  { id: 'invoices', label: t('Les factures manquantes', 'الفواتير الناقصة', 'Missing invoices') },
  { id: 'refund', label: t('La demande de remboursement', 'طلب الاسترجاع', 'The refund claim') },
  {
    id: 'address_changes',
    label: t("Les changements d'adresse", 'تغييرات العنوان', 'Changes of address'),
  },
];
