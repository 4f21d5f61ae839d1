import type { Certainty } from './certainty.ts';
import type { Reason } from './reason.ts';
import type { Assumable } from './rule.ts';
import { type Said, say, type Texts } from './texts.ts';

function sentence(ar: string, fr: string, en: string): Texts {
  return {
    ar: { state: 'written', text: ar },
    zgh: { state: 'to be commissioned' },
    fr: { state: 'written', text: fr },
    en: { state: 'written', text: en },
  };
}

/** How each certainty is told to a reader. */
export const CERTAINTY_TEXTS: Readonly<Record<Certainty, Texts>> = {
  certain: sentence('مؤكد', 'certain', 'certain'),
  'secondary source': sentence(
    'عن مصدر غير رسمي',
    "d'après une source secondaire",
    'from a secondary source',
  ),
  unsure: sentence('غير مؤكد', 'incertain', 'unsure'),
  'announced, not law': sentence('معلن عنه وليس قانونا', "annoncé, n'est pas une loi", 'announced, not law'),
  'platform policy': sentence(
    'قاعدة خاصة بهذه المنصة',
    'règle propre à la plateforme',
    "this platform's own rule",
  ),
};

const ASSUMED: Readonly<Record<Assumable, Texts>> = {
  unit: sentence(
    'لا يبين مصدرنا هل الأيام أيام عمل؛ احتسبنا كل الأيام.',
    'Notre source ne dit pas si les jours sont ouvrables ; tous les jours ont été comptés.',
    'Our source does not say whether working days are meant; every day was counted.',
  ),
  roll: sentence(
    'لا يبين مصدرنا ما يقع إذا صادف اليوم الأخير يوم عطلة؛ اتبعنا قاعدة المنصة.',
    'Notre source ne dit pas ce qui arrive quand le dernier jour est chômé ; la règle de la plateforme a été suivie.',
    "Our source does not say what happens when the last day is a day off; the platform's rule was followed.",
  ),
  calendar: sentence(
    'لا يبين مصدرنا أيام العطل المعتمدة؛ اعتمدنا عطل الإدارات العمومية.',
    'Notre source ne dit pas quels jours sont chômés ; ceux des administrations publiques ont été retenus.',
    'Our source does not say which days are off; those of public administrations were taken.',
  ),
  'first-day': sentence(
    'لا يبين مصدرنا هل يحتسب اليوم الأول؛ لم نحتسبه.',
    "Notre source ne dit pas si le premier jour compte ; il n'a pas été compté.",
    'Our source does not say whether the first day counts; it was not counted.',
  ),
  length: sentence(
    'لم نتحقق من مدة هذا الأجل.',
    "La durée de ce délai n'est pas vérifiée.",
    'The length of this period is unverified.',
  ),
};

function joined(texts: Texts, ar: string, fr: string, en: string): Texts {
  const word = (language: 'ar' | 'fr' | 'en') => say(texts, language).text;
  return sentence(`${ar} ${word('ar')}`, `${fr} ${word('fr')}`, `${en} ${word('en')}`);
}

/** A reason as a sentence in each language; dates in it are ISO dates, to be shown within `<bdi>`. */
export function reasonTexts(reason: Reason): Texts {
  switch (reason.code) {
    case 'lunar-year-missing':
      return sentence(
        `تاريخ مؤقت: لم تعلن بعد في هذا النظام عطل الأعياد الدينية لسنة ${reason.year}.`,
        `Date provisoire : les jours chômés des fêtes religieuses de ${reason.year} ne sont pas encore connus ici.`,
        `Provisional date: the days off for the religious holidays of ${reason.year} are not known here yet.`,
      );
    case 'holiday-date-unknown':
      return sentence(
        `تاريخ مؤقت: احتسب ${reason.date} يوم عطلة، ولا نعرف السنة التي صار فيها كذلك.`,
        `Date provisoire : le ${reason.date} a été compté comme chômé, sans que nous sachions depuis quelle année il l'est.`,
        `Provisional date: ${reason.date} was counted as a day off, and we do not know since which year it is one.`,
      );
    case 'effective-date-unknown':
      return sentence(
        'لا نعرف تاريخ دخول هذه القاعدة حيز التنفيذ.',
        "Nous ne connaissons pas la date d'entrée en vigueur de cette règle.",
        'We do not know the day on which this rule came into force.',
      );
    case 'certainty': {
      const how = CERTAINTY_TEXTS[reason.certainty];
      const word = (language: 'ar' | 'fr' | 'en') => say(how, language).text;
      return sentence(
        `درجة التأكد من هذه القاعدة: ${word('ar')}.`,
        `Degré de certitude de cette règle : ${word('fr')}.`,
        `How certain this rule is: ${word('en')}.`,
      );
    }
    case 'assumed':
      return ASSUMED[reason.part];
    case 'doubt':
      return reason.texts;
    case 'extended':
      return joined(
        reason.texts,
        'مدد هذا الأجل مرة واحدة:',
        'Ce délai a été prolongé une fois :',
        'Extended once:',
      );
    case 'paused':
      return joined(
        reason.texts,
        `توقف احتساب الأجل منذ ${reason.date}:`,
        `Le délai est suspendu depuis le ${reason.date} :`,
        `The clock has stood still since ${reason.date}:`,
      );
    case 'preserved':
      return sentence(
        `تظلمكم المؤرخ في ${reason.date} يحفظ أجل اللجوء إلى المحكمة.`,
        `Votre recours administratif du ${reason.date} préserve le délai pour saisir le tribunal.`,
        `Your administrative appeal of ${reason.date} preserves the time for going to court.`,
      );
    case 'perhaps-preserved':
      return sentence(
        `قدم تظلمكم يوم ${reason.date}؛ وللمحكمة وحدها أن تقول ما أثره على الأجل.`,
        `Votre recours administratif est du ${reason.date} ; seul le tribunal peut dire son effet sur le délai.`,
        `Your administrative appeal is of ${reason.date}; only the court can say what it changes.`,
      );
    case 'proven-later':
      return sentence(
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
