import { defineMessages, toBeCommissioned } from '../web/messages.ts';

/** The roles, as tasks rather than persons, so that no gender is presumed. */
export const roleMessages = defineMessages({
  integrator: {
    en: 'Technical integration',
    fr: 'Intégration technique',
    ar: 'الإدماج التقني',
    zgh: toBeCommissioned,
  },
  registrar: {
    en: 'Keeping the register',
    fr: 'Tenue du registre',
    ar: 'مسك السجل',
    zgh: toBeCommissioned,
  },
  reviewer: { en: 'Review', fr: 'Réexamen', ar: 'المراجعة', zgh: toBeCommissioned },
  supervisor: { en: 'Supervision', fr: 'Encadrement', ar: 'الإشراف', zgh: toBeCommissioned },
  counter: { en: 'Counter', fr: 'Guichet', ar: 'الشباك', zgh: toBeCommissioned },
  auditor: { en: 'Audit', fr: 'Audit', ar: 'الافتحاص', zgh: toBeCommissioned },
  dpo: {
    en: 'Data protection',
    fr: 'Protection des données',
    ar: 'حماية المعطيات',
    zgh: toBeCommissioned,
  },
  operator: {
    en: 'Operation of the platform',
    fr: 'Exploitation de la plateforme',
    ar: 'تشغيل المنصة',
    zgh: toBeCommissioned,
  },
  jurist: { en: 'Legal advice', fr: 'Conseil juridique', ar: 'الاستشارة القانونية', zgh: toBeCommissioned },
});
