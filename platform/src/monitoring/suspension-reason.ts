import type { Localized } from '../register/record.ts';

/** Published with the suspension: that a tolerance was broken, never by which group. */
export const SUSPENSION_REASON: Localized = {
  ar: 'أوقف نظام التتبع هذا النظام: ثبت بما لا يدع مجالا للشك أن تفاوتا بين الفئات تجاوز الحد المصرَّح به. تُعالَج الملفات يدويا إلى أن يعيد شخصان تشغيله.',
  fr: 'Suspendu par le dispositif de suivi : il est établi qu’un écart entre groupes dépasse la tolérance déclarée. Les dossiers sont traités à la main jusqu’à ce que deux personnes le remettent en service.',
  en: 'Suspended by the monitor: a difference between groups is beyond the declared tolerance, and beyond doubt. Cases are treated by hand until two people re-arm it.',
};
