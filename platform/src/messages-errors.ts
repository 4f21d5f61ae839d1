import { defineMessages, toBeCommissioned } from './web/index.ts';

const zgh = toBeCommissioned;

export const m = defineMessages({
  notFoundTitle: {
    en: 'This page does not exist',
    fr: "Cette page n'existe pas",
    ar: 'هذه الصفحة غير موجودة',
    zgh,
  },
  notFoundText: {
    en: 'Check the address. Nothing was changed.',
    fr: "Vérifiez l'adresse. Rien n'a été modifié.",
    ar: 'تحققوا من العنوان. لم يتغير أي شيء.',
    zgh,
  },
  forbiddenTitle: {
    en: 'You cannot do this here',
    fr: 'Vous ne pouvez pas faire cela ici',
    ar: 'لا يمكنكم القيام بهذا هنا',
    zgh,
  },
  forbiddenText: {
    en: 'Either your role does not include it, or this form is too old. Open the page again. Nothing was changed.',
    fr: "Soit votre rôle ne le permet pas, soit ce formulaire est trop ancien. Ouvrez la page à nouveau. Rien n'a été modifié.",
    ar: 'إما أن دوركم لا يسمح بذلك، أو أن هذه الاستمارة قديمة. افتحوا الصفحة من جديد. لم يتغير أي شيء.',
    zgh,
  },
  waitTitle: { en: 'Too many attempts', fr: 'Trop de tentatives', ar: 'محاولات كثيرة', zgh },
  waitText: {
    en: 'Please wait a few minutes, then try again.',
    fr: 'Attendez quelques minutes, puis réessayez.',
    ar: 'انتظروا بضع دقائق ثم أعيدوا المحاولة.',
    zgh,
  },
  erasedTitle: {
    en: 'This file was erased',
    fr: 'Ce dossier a été effacé',
    ar: 'تم محو هذا الملف',
    zgh,
  },
  erasedText: {
    en: 'Its personal data no longer exists here. A receipt that you kept is still valid.',
    fr: "Ses données personnelles n'existent plus ici. Une preuve que vous avez gardée reste valable.",
    ar: 'معطياته الشخصية لم تعد موجودة هنا. الإثبات الذي احتفظتم به يبقى صالحا.',
    zgh,
  },
  erasedCheck: {
    en: 'It was erased because its time was over. <link>Check a receipt that you kept</link>.',
    fr: 'Il a été effacé parce que sa durée de conservation était écoulée. <link>Vérifier une preuve que vous avez gardée</link>.',
    ar: 'تم محوه لانتهاء مدة حفظه. <link>التحقق من إثبات احتفظتم به</link>.',
    zgh,
  },
  conflictTitle: {
    en: 'This could not be done',
    fr: "Cela n'a pas pu être fait",
    ar: 'تعذر القيام بذلك',
    zgh,
  },
  conflictText: {
    en: 'Something changed meanwhile, or the rules do not allow it. Open the page again to see the present state. Nothing was changed.',
    fr: "Quelque chose a changé entre-temps, ou les règles ne le permettent pas. Ouvrez la page à nouveau pour voir l'état actuel. Rien n'a été modifié.",
    ar: 'تغير شيء ما في هذه الأثناء، أو أن القواعد لا تسمح بذلك. افتحوا الصفحة من جديد لرؤية الوضع الحالي. لم يتغير أي شيء.',
    zgh,
  },
  brokenTitle: {
    en: 'The service has a fault',
    fr: 'Le service a une panne',
    ar: 'الخدمة بها عطل',
    zgh,
  },
  brokenText: {
    en: 'We are sorry. Nothing was changed. Please try again later.',
    fr: "Nous sommes désolés. Rien n'a été modifié. Réessayez plus tard.",
    ar: 'نعتذر. لم يتغير أي شيء. أعيدوا المحاولة لاحقا.',
    zgh,
  },
  human: {
    en: 'You can always talk to a person. The telephone number and the counter are at the bottom of this page.',
    fr: 'Vous pouvez toujours parler à une personne. Le téléphone et le guichet sont au bas de cette page.',
    ar: 'يمكنكم دائما التحدث إلى شخص. رقم الهاتف والشباك في أسفل هذه الصفحة.',
    zgh,
  },
  technical: { en: 'What happened', fr: "Ce qui s'est passé", ar: 'ما الذي حدث', zgh },
});
