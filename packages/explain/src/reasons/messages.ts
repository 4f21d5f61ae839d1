/** One message in ICU MessageFormat; `zgh` is null until a native speaker has written it, and Arabic is shown. */
export interface ReasonMessage {
  readonly ar: string;
  readonly zgh: string | null;
  readonly fr: string;
  readonly en: string;
}

/**
 * All that is said around labels and values. Short sentences, no word of computing; `share` is the part of everything that
 * counted the same way.
 */
export const messages = {
  exact: {
    en: '{effect, select, against {<b>{label}</b>{value} counted against you.} other {<b>{label}</b>{value} counted for you.}} Its part: {share}.',
    fr: '{effect, select, against {<b>{label}</b>{value} a compté contre vous.} other {<b>{label}</b>{value} a compté pour vous.}} Sa part : {share}.',
    ar: '{effect, select, against {<b>{label}</b>{value}: احتُسب ضدكم.} other {<b>{label}</b>{value}: احتُسب لصالحكم.}} نسبته: {share}.',
    zgh: null,
  },
  approximate: {
    en: '{effect, select, against {<b>{label}</b>{value} probably counted against you.} other {<b>{label}</b>{value} probably counted for you.}} Its part is about {share}.',
    fr: '{effect, select, against {<b>{label}</b>{value} a sans doute compté contre vous.} other {<b>{label}</b>{value} a sans doute compté pour vous.}} Sa part est d’environ {share}.',
    ar: '{effect, select, against {<b>{label}</b>{value}: يُرجَّح أنه احتُسب ضدكم.} other {<b>{label}</b>{value}: يُرجَّح أنه احتُسب لصالحكم.}} نسبته حوالي {share}.',
    zgh: null,
  },
  estimate: {
    en: 'These reasons are an estimate. Nobody outside can look into this system.',
    fr: 'Ces motifs sont une estimation. Personne à l’extérieur ne peut regarder dans ce système.',
    ar: 'هذه الأسباب تقديرية. لا يمكن لأحد من الخارج الاطلاع على هذا النظام.',
    zgh: null,
  },
  others: {
    en: '{effect, select, against {{count, plural, one {One smaller reason also counted against you.} other {# smaller reasons also counted against you.}}} other {{count, plural, one {One smaller reason also counted for you.} other {# smaller reasons also counted for you.}}}} Together: {share}.',
    fr: '{effect, select, against {{count, plural, one {Un motif plus petit a aussi compté contre vous.} other {# motifs plus petits ont aussi compté contre vous.}}} other {{count, plural, one {Un motif plus petit a aussi compté pour vous.} other {# motifs plus petits ont aussi compté pour vous.}}}} Ensemble : {share}.',
    ar: '{effect, select, against {{count, plural, one {سبب آخر أصغر احتُسب ضدكم أيضا.} two {سببان آخران أصغر احتُسبا ضدكم أيضا.} few {# أسباب أخرى أصغر احتُسبت ضدكم أيضا.} many {# سببا آخر أصغر احتُسب ضدكم أيضا.} other {# سبب آخر أصغر احتُسب ضدكم أيضا.}}} other {{count, plural, one {سبب آخر أصغر احتُسب لصالحكم أيضا.} two {سببان آخران أصغر احتُسبا لصالحكم أيضا.} few {# أسباب أخرى أصغر احتُسبت لصالحكم أيضا.} many {# سببا آخر أصغر احتُسب لصالحكم أيضا.} other {# سبب آخر أصغر احتُسب لصالحكم أيضا.}}}} نسبتها معا: {share}.',
    zgh: null,
  },
  nothing: {
    en: '{effect, select, against {Nothing counted against you.} other {Nothing counted for you.}}',
    fr: '{effect, select, against {Rien n’a compté contre vous.} other {Rien n’a compté pour vous.}}',
    ar: '{effect, select, against {لم يُحتسب أي شيء ضدكم.} other {لم يُحتسب أي شيء لصالحكم.}}',
    zgh: null,
  },
  yes: { en: 'yes', fr: 'oui', ar: 'نعم', zgh: null },
  no: { en: 'no', fr: 'non', ar: 'لا', zgh: null },
  notRecorded: { en: 'not recorded', fr: 'non renseigné', ar: 'غير مقيَّد', zgh: null },
  condition: {
    en: '<b>{label}</b>{value}. {test}',
    fr: '<b>{label}</b>{value}. {test}',
    ar: '<b>{label}</b>{value}. {test}',
    zgh: null,
  },
  less: {
    en: 'The rule says: less than {n}.',
    fr: 'La règle dit : moins de {n}.',
    ar: 'تقول القاعدة: أقل من {n}.',
    zgh: null,
  },
  atMost: {
    en: 'The rule says: at most {n}.',
    fr: 'La règle dit : au plus {n}.',
    ar: 'تقول القاعدة: {n} على الأكثر.',
    zgh: null,
  },
  more: {
    en: 'The rule says: more than {n}.',
    fr: 'La règle dit : plus de {n}.',
    ar: 'تقول القاعدة: أكثر من {n}.',
    zgh: null,
  },
  atLeast: {
    en: 'The rule says: at least {n}.',
    fr: 'La règle dit : au moins {n}.',
    ar: 'تقول القاعدة: {n} على الأقل.',
    zgh: null,
  },
  between: {
    en: 'The rule says: from {n} to {m}.',
    fr: 'La règle dit : de {n} à {m}.',
    ar: 'تقول القاعدة: من {n} إلى {m}.',
    zgh: null,
  },
  oneOf: {
    en: 'The rule says: {words}.',
    fr: 'La règle dit : {words}.',
    ar: 'تقول القاعدة: {words}.',
    zgh: null,
  },
  written: {
    en: 'The rule is written: {test}',
    fr: 'La règle est écrite ainsi : {test}',
    ar: 'القاعدة مكتوبة هكذا: {test}',
    zgh: null,
  },
} as const satisfies Record<string, ReasonMessage>;

export type MessageKey = keyof typeof messages;
