import type { Certainty } from './certainty.ts';
import type { Reason } from './deadline.ts';
import type { Assumable } from './rule.ts';
import { type Said, say, type Texts } from './texts.ts';

function texts(ar: string, fr: string, en: string): Texts {
  return {
    ar: { state: 'written', text: ar },
    zgh: { state: 'to be commissioned' },
    fr: { state: 'written', text: fr },
    en: { state: 'written', text: en },
  };
}

/** How each certainty is told to a reader. */
export const CERTAINTY_TEXTS: Readonly<Record<Certainty, Texts>> = {
  certain: texts('مؤكد', 'certain', 'certain'),
  'secondary source': texts('عن مصدر غير رسمي', "d'après une source secondaire", 'from a secondary source'),
  unsure: texts('غير مؤكد', 'incertain', 'unsure'),
  'announced, not law': texts('معلن عنه وليس قانونا', "annoncé, n'est pas une loi", 'announced, not law'),
  'platform policy': texts(
    'قاعدة خاصة بهذه المنصة',
    'règle propre à la plateforme',
    "this platform's own rule",
  ),
};

const ASSUMED: Readonly<Record<Assumable, Texts>> = {
  unit: texts(
    'لا يبين مصدرنا هل الأيام أيام عمل؛ احتسبنا كل الأيام.',
    'Notre source ne dit pas si les jours sont ouvrables ; tous les jours ont été comptés.',
    'Our source does not say whether working days are meant; every day was counted.',
  ),
  roll: texts(
    'لا يبين مصدرنا ما يقع إذا صادف اليوم الأخير يوم عطلة؛ اتبعنا قاعدة المنصة.',
    'Notre source ne dit pas ce qui arrive quand le dernier jour est chômé ; la règle de la plateforme a été suivie.',
    "Our source does not say what happens when the last day is a day off; the platform's rule was followed.",
  ),
  calendar: texts(
    'لا يبين مصدرنا أيام العطل المعتمدة؛ اعتمدنا عطل الإدارات العمومية.',
    'Notre source ne dit pas quels jours sont chômés ; ceux des administrations publiques ont été retenus.',
    'Our source does not say which days are off; those of public administrations were taken.',
  ),
  'first-day': texts(
    'لا يبين مصدرنا هل يحتسب اليوم الأول؛ لم نحتسبه.',
    "Notre source ne dit pas si le premier jour compte ; il n'a pas été compté.",
    'Our source does not say whether the first day counts; it was not counted.',
  ),
  length: texts(
    'لم نتحقق من مدة هذا الأجل.',
    "La durée de ce délai n'est pas vérifiée.",
    'The length of this period is unverified.',
  ),
};

/** A reason as a sentence in each language; dates in it are ISO dates, to be shown within `<bdi>`. */
export function reasonTexts(reason: Reason): Texts {
  switch (reason.code) {
    case 'lunar-year-missing':
      return texts(
        `تاريخ مؤقت: لم تعلن بعد في هذا النظام عطل الأعياد الدينية لسنة ${reason.year}.`,
        `Date provisoire : les jours chômés des fêtes religieuses de ${reason.year} ne sont pas encore connus ici.`,
        `Provisional date: the days off for the religious holidays of ${reason.year} are not known here yet.`,
      );
    case 'holiday-date-unknown':
      return texts(
        `تاريخ مؤقت: احتسب ${reason.date} يوم عطلة، ولا نعرف السنة التي صار فيها كذلك.`,
        `Date provisoire : le ${reason.date} a été compté comme chômé, sans que nous sachions depuis quelle année il l'est.`,
        `Provisional date: ${reason.date} was counted as a day off, and we do not know since which year it is one.`,
      );
    case 'effective-date-unknown':
      return texts(
        'لا نعرف تاريخ دخول هذه القاعدة حيز التنفيذ.',
        "Nous ne connaissons pas la date d'entrée en vigueur de cette règle.",
        'We do not know the day on which this rule came into force.',
      );
    case 'certainty': {
      const how = CERTAINTY_TEXTS[reason.certainty];
      const word = (language: 'ar' | 'fr' | 'en') => say(how, language).text;
      return texts(
        `درجة التأكد من هذه القاعدة: ${word('ar')}.`,
        `Degré de certitude de cette règle : ${word('fr')}.`,
        `How certain this rule is: ${word('en')}.`,
      );
    }
    case 'assumed':
      return ASSUMED[reason.part];
    case 'proven-later':
      return texts(
        `وصل إثبات التبليغ يوم ${reason.date}؛ ويحتسب الأجل من يوم التبليغ نفسه.`,
        `La preuve de la notification est arrivée le ${reason.date} ; le délai court du jour de la notification.`,
        `The proof of notification came on ${reason.date}; time runs from the notification itself.`,
      );
  }
}

/** A reason as one sentence in `language`, with the language it really is in. */
export function tellReason(reason: Reason, language: Said['lang']): Said {
  return say(reasonTexts(reason), language);
}
