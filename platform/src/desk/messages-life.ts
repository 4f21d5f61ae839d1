import { defineMessages, draft, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** What happened to a file, as those who work on it read it: one message for each type of event. */
export const lifeMessages = defineMessages({
  'decision-made': { en: 'Decided by the rule', fr: 'Décidé par la règle', ar: 'قررت القاعدة', zgh },
  'decision-proposed': {
    en: 'Proposed by the rule, left to a person',
    fr: 'Proposé par la règle, confié à une personne',
    ar: 'اقترحت القاعدة وأُسند القرار إلى شخص',
    zgh,
  },
  'proposal-signed-first': {
    en: 'First of two signatures',
    fr: 'Première de deux signatures',
    ar: 'التوقيع الأول من توقيعين',
    zgh,
  },
  'proposal-confirmed': {
    en: 'Proposal confirmed by a person',
    fr: 'Proposition confirmée par une personne',
    ar: 'أكد شخص المقترح',
    zgh,
  },
  'proposal-overridden': {
    en: 'Decided otherwise by a person',
    fr: 'Décidé autrement par une personne',
    ar: 'قرر شخص خلاف المقترح',
    zgh,
  },
  'decision-notified': {
    en: 'Decision notified',
    fr: 'Décision notifiée',
    ar: 'تم تبليغ القرار',
    zgh: draft('ⴰⵍⵖⵓ'),
  },
  'review-requested': { en: 'Review requested', fr: 'Réexamen demandé', ar: 'طُلبت المراجعة', zgh },
  'request-qualified': { en: 'Request qualified', fr: 'Demande qualifiée', ar: 'كُيّف الطلب', zgh },
  'qualification-contested': {
    en: 'Qualification contested',
    fr: 'Qualification contestée',
    ar: 'منازعة في التكييف',
    zgh,
  },
  'documents-requested': { en: 'Documents asked for', fr: 'Pièces demandées', ar: 'طُلبت وثائق', zgh },
  'documents-brought': {
    en: 'Answered about the documents',
    fr: 'Réponse au sujet des pièces',
    ar: 'جواب بشأن الوثائق',
    zgh,
  },
  'files-added': { en: 'Files added', fr: 'Fichiers ajoutés', ar: 'أُضيفت ملفات', zgh },
  'file-withdrawn': { en: 'File taken back', fr: 'Fichier repris', ar: 'سُحب ملف', zgh },
  'review-extended': {
    en: 'Time extended once',
    fr: 'Délai prolongé une fois',
    ar: 'مُدّد الأجل مرة واحدة',
    zgh,
  },
  'death-recorded': { en: 'Death recorded', fr: 'Décès inscrit', ar: 'قُيدت وفاة', zgh },
  'death-corrected': {
    en: 'Record of a death mended',
    fr: 'Inscription de décès corrigée',
    ar: 'صُحح تقييد وفاة',
    zgh,
  },
  'bundle-issued': {
    en: 'Copy of the file for an appeal',
    fr: 'Copie du dossier pour un recours',
    ar: 'نسخة من الملف لأجل الطعن',
    zgh,
  },
  'review-assigned': { en: 'Review assigned', fr: 'Réexamen attribué', ar: 'أُسندت المراجعة', zgh },
  'review-upheld': {
    en: 'Request upheld, new decision',
    fr: 'Demande acceptée, nouvelle décision',
    ar: 'قُبل الطلب وصدر قرار جديد',
    zgh,
  },
  'review-rejected': { en: 'Request rejected', fr: 'Demande rejetée', ar: 'رُفض الطلب', zgh },
  'decision-superseded': {
    en: 'Decision replaced',
    fr: 'Décision remplacée',
    ar: 'حل قرار جديد محل القرار',
    zgh,
  },
  'representative-recorded': {
    en: 'Representative recorded',
    fr: 'Mandataire inscrit·e',
    ar: 'تم تقييد وكيل(ة)',
    zgh,
  },
  'representative-ended': {
    en: 'Representative’s right to act ended',
    fr: 'Fin du mandat de représentation',
    ar: 'انتهت الوكالة',
    zgh,
  },
  'code-issued': {
    en: 'Code issued for the notice',
    fr: 'Code remis pour l’avis',
    ar: 'صدر رمز للإشعار',
    zgh,
  },
  assisted: { en: 'Helped at the counter', fr: 'Aide au guichet', ar: 'مساعدة في الشباك', zgh },
  'remedy-offered': { en: 'Remedy offered', fr: 'Mesure corrective proposée', ar: 'عُرضت تسوية الوضعية', zgh },
  'withheld-opened': {
    en: 'Withheld reasons opened for a court',
    fr: 'Motifs non communiqués ouverts pour un juge',
    ar: 'فتح الأسباب غير المفصح عنها أمام المحكمة',
    zgh,
  },
  'outcome-established': {
    en: 'Facts established afterwards',
    fr: 'Faits constatés ensuite',
    ar: 'وقائع تمت معاينتها لاحقا',
    zgh,
  },
  other: { en: 'Another step', fr: 'Autre étape', ar: 'مرحلة أخرى', zgh },
});
