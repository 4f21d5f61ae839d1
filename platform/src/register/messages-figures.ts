import { defineMessages, toBeCommissioned } from '../web/messages.ts';

const zgh = toBeCommissioned;

/** Published figures. */
export const figureMessages = defineMessages({
  title: { en: 'Figures', fr: 'Chiffres', ar: 'الأرقام', zgh },
  lead: {
    en: 'From {from, date, long}, counted by the platform itself; nobody types them in. Snapshot of {day, date, long}.',
    fr: 'Depuis le {from, date, long}, comptés par la plateforme elle-même ; personne ne les saisit. Relevé du {day, date, long}.',
    ar: 'منذ {from, date, long}، تحتسبها المنصة نفسها ولا يُدخلها أحد. جرد يوم {day, date, long}.',
    zgh,
  },
  volume: { en: 'Cases decided', fr: 'Dossiers décidés', ar: 'الملفات التي اتُّخذ فيها قرار', zgh },
  adverse: {
    en: 'Decided against the person',
    fr: 'Décisions défavorables',
    ar: 'القرارات السلبية',
    zgh,
  },
  overridden: {
    en: 'Proposals overridden by a person',
    fr: 'Propositions écartées par une personne',
    ar: 'المقترحات التي استبعدها شخص',
    zgh,
  },
  reviews_asked_at_least: {
    en: 'Requests for review',
    fr: 'Demandes de réexamen',
    ar: 'طلبات المراجعة',
    zgh,
  },
  reviews_upheld: { en: 'Reviews upheld', fr: 'Réexamens accueillis', ar: 'المراجعات المقبولة', zgh },
  review_days: {
    en: 'Median time to answer a request',
    fr: 'Délai médian de réponse à une demande',
    ar: 'الأجل الوسيط للجواب عن الطلب',
    zgh,
  },
  count: {
    en: '{count, number} of {of, number}',
    fr: '{count, number} sur {of, number}',
    ar: '{count, number} من أصل {of, number}',
    zgh,
  },
  interval: {
    en: '95 % interval: {low} to {high}',
    fr: 'intervalle à 95 % : de {low} à {high}',
    ar: 'مجال الثقة عند 95 %: من {low} إلى {high}',
    zgh,
  },
  range: {
    en: '{low}\u00a0to\u00a0{high}',
    fr: '{low}\u00a0à\u00a0{high}',
    ar: 'من\u00a0{low}\u00a0إلى\u00a0{high}',
    zgh,
  },
  atLeast: {
    en: 'at\u00a0least {n, number}',
    fr: 'au\u00a0moins {n, number}',
    ar: '{n, number} على\u00a0الأقل',
    zgh,
  },
  days: {
    en: '{n, plural, one {# day} other {# days}}',
    fr: '{n, plural, one {# jour} other {# jours}}',
    ar: '{n, plural, zero {في اليوم نفسه} one {يوم واحد} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}',
    zgh,
  },
  daysUnit: { en: 'days', fr: 'jours', ar: 'يومًا', zgh },
  answered: {
    en: '{n, number} answered',
    fr: '{n, number} réponses',
    ar: 'أُجيب عن {n, number}',
    zgh,
  },
  until: {
    en: 'up to {day, date, medium}',
    fr: 'jusqu’au {day, date, medium}',
    ar: 'إلى غاية {day, date, medium}',
    zgh,
  },
  withheld: { en: 'Withheld', fr: 'Non publié', ar: 'غير منشور', zgh },
  withheldNote: {
    en: 'fewer than ten people, or all but fewer than ten',
    fr: 'moins de dix personnes, ou toutes sauf moins de dix',
    ar: 'أقل من عشرة أشخاص، أو الجميع باستثناء أقل من عشرة',
    zgh,
  },
  periods: { en: 'Period by period', fr: 'Période par période', ar: 'حسب الفترات', zgh },
  period: { en: 'Period', fr: 'Période', ar: 'الفترة', zgh },
  fromTo: {
    en: '{from, date, medium} to {to, date, medium}',
    fr: 'du {from, date, medium} au {to, date, medium}',
    ar: 'من {from, date, medium} إلى {to, date, medium}',
    zgh,
  },
  emptyTitle: { en: 'No figures yet', fr: 'Pas encore de chiffres', ar: 'لا أرقام بعد', zgh },
  emptyText: {
    en: 'They appear the day after at least ten cases have been decided.',
    fr: 'Ils paraîtront le lendemain du jour où au moins dix dossiers auront été décidés.',
    ar: 'ستظهر في اليوم الموالي لاتخاذ القرار في عشرة ملفات على الأقل.',
    zgh,
  },
  how: {
    en: 'How these figures are made',
    fr: 'Comment ces chiffres sont établis',
    ar: 'كيف تُعَدّ هذه الأرقام',
    zgh,
  },
  howCounted: {
    en: 'A case counts from its first decision in force. A proposal that waits for a person is not counted; what a review puts in its place counts as a review upheld.',
    fr: 'Un dossier compte dès sa première décision en vigueur. Une proposition qui attend une personne n’est pas comptée ; ce qu’un réexamen met à sa place compte comme réexamen accueilli.',
    ar: 'يُحتسب الملف منذ أول قرار ساري المفعول فيه. ولا يُحتسب المقترح الذي ينتظر شخصًا؛ أما ما يحل محله بعد المراجعة فيُحتسب مراجعةً مقبولة.',
    zgh,
  },
  howIntervals: {
    en: 'A share never stands without its 95 % interval (Wilson’s score interval; for the median, exact binomial ranks): the smaller the number of cases, the wider it is.',
    fr: 'Une proportion ne paraît jamais sans son intervalle à 95 % (intervalle de score de Wilson ; pour la médiane, rangs binomiaux exacts) : moins il y a de dossiers, plus il est large.',
    ar: 'لا تُنشر أي نسبة دون مجال الثقة عند 95 % (مجال ويلسون، وللوسيط الرتب الحدانية الدقيقة): كلما قل عدد الملفات اتسع المجال.',
    zgh,
  },
  howProtected: {
    en: 'Nothing is published about fewer than ten people, nor about all but fewer than ten. A figure moves only when every group it tells apart has grown by at least ten people since it last moved; until then the earlier one stays, with its date. So nobody can be singled out by subtracting one day from another. Requests for review are given in tens.',
    fr: 'Rien n’est publié sur moins de dix personnes, ni sur toutes sauf moins de dix. Un chiffre n’avance que lorsque chaque groupe qu’il distingue s’est accru d’au moins dix personnes depuis la dernière fois ; d’ici là l’ancien demeure, avec sa date. Ainsi personne ne peut être isolé en soustrayant un jour d’un autre. Les demandes de réexamen sont données par dizaines.',
    ar: 'لا يُنشر شيء عن أقل من عشرة أشخاص، ولا عن الجميع باستثناء أقل من عشرة. ولا يتغير رقم إلا إذا زادت كل مجموعة يميزها بعشرة أشخاص على الأقل منذ آخر تغيير؛ وإلى ذلك الحين يبقى الرقم السابق بتاريخه. وبذلك لا يمكن تمييز أي شخص بطرح يوم من يوم. وتُعطى طلبات المراجعة بالعشرات.',
    zgh,
  },
});
