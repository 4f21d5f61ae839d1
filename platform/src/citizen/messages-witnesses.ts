import { defineMessages, toBeCommissioned } from '../web/index.ts';

const zgh = toBeCommissioned;

/** Which other institutions vouch for the entries of a case, and since when. */
export const witnesses = defineMessages({
  title: {
    en: 'Who else vouches for it',
    fr: "Qui d'autre en répond",
    ar: 'من يشهد عليه أيضا',
    zgh,
  },
  what: {
    en: 'Other institutions sign that they have seen these entries. From then on nothing of them can be taken away unnoticed.',
    fr: "D'autres institutions signent qu'elles ont vu ces inscriptions. Dès lors, rien ne peut en être retiré sans que cela se voie.",
    ar: 'توقع مؤسسات أخرى على أنها رأت هذه التقييدات. ومنذئذ لا يمكن حذف شيء منها دون أن يظهر ذلك.',
    zgh,
  },
  since: {
    en: 'since {when}; {n} of {all} steps',
    fr: 'depuis le {when} ; {n} étapes sur {all}',
    ar: 'منذ {when}؛ {n} من {all} مراحل',
    zgh,
  },
  witnessName: { en: 'Witness: {name}', fr: 'Témoin : {name}', ar: 'الشاهد: {name}', zgh },
  pendingTitle: {
    en: 'Not all is witnessed yet',
    fr: "Tout n'est pas encore attesté",
    ar: 'لم تتم الشهادة على كل شيء بعد',
    zgh,
  },
  pending: {
    en: '{n, plural, one {One step still waits for the witnesses.} other {# steps still wait for the witnesses.}} Most often this takes a few seconds. Some entries are shown to others only after a day, so that nobody can guess whose they are. Your proof is good meanwhile. Save it again later, and it will carry the witnesses too.',
    fr: "{n, plural, one {Une étape attend encore les témoins.} other {# étapes attendent encore les témoins.}} Le plus souvent, cela prend quelques secondes. Certaines inscriptions ne sont montrées qu'après un jour, pour que personne ne devine à qui elles sont. Votre preuve est bonne entre-temps. Enregistrez-la de nouveau plus tard : elle portera aussi les témoins.",
    ar: '{n, plural, zero {لا تنتظر أي مرحلة الشهود.} one {لا تزال مرحلة واحدة تنتظر الشهود.} two {لا تزال مرحلتان تنتظران الشهود.} few {لا تزال # مراحل تنتظر الشهود.} many {لا تزال # مرحلة تنتظر الشهود.} other {لا تزال # مرحلة تنتظر الشهود.}} يستغرق هذا غالبا بضع ثوان. وبعض التقييدات لا تظهر للغير إلا بعد يوم حتى لا يخمن أحد أصحابها. إثباتكم صحيح في انتظار ذلك. احفظوه مجددا لاحقا ليتضمن الشهود أيضا.',
    zgh,
  },
  none: {
    en: 'This administration has no witnesses yet. The proof rests on its signature alone.',
    fr: "Cette administration n'a pas encore de témoins. La preuve repose sur sa seule signature.",
    ar: 'ليس لهذه الإدارة شهود بعد. يقوم الإثبات على توقيعها وحده.',
    zgh,
  },
});
