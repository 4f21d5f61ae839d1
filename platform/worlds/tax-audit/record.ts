import type { z } from 'zod';
import type { AuthorityProfile } from '../../src/register/authorities.ts';
import type { systemRecord } from '../../src/register/record.ts';
import { INPUTS, REASONS } from './inputs.ts';
import { COLUMNS } from './training/columns.ts';

export const AUTHORITY_ID = 'specimen-fisc';
/** Chooses returns by the model. */
export const SELECTION = 'choix-controle';
/** Draws returns at random. */
export const DRAW = 'tirage-controle';

const t = (fr: string, ar: string, en: string) => ({ fr, ar, en });

const CONTACT = {
  telephone: '05 00 00 00 01',
  counter: t(
    "Guichet de l'Office spécimen des contributions, place de l'Exemple 2",
    'شباك المكتب النموذجي للمساهمات، ساحة المثال رقم 2',
    'Counter of the Specimen Revenue Office, 2 Example Square',
  ),
  hours: t(
    'du lundi au vendredi, de 8 h 30 à 16 h 30',
    'من الاثنين إلى الجمعة، من 8:30 إلى 16:30',
    'Monday to Friday, 8:30 to 16:30',
  ),
};

/** An invented revenue office; no real administration is meant. */
export const AUTHORITY: AuthorityProfile = {
  name: t('Office spécimen des contributions', 'المكتب النموذجي للمساهمات', 'Specimen Revenue Office'),
  humanContact: CONTACT,
};

const basis = (id: string, article: string, fr: string, ar: string, en: string) => ({
  id,
  article,
  title: t(
    `Code spécimen du contrôle (texte inventé), ${fr}`,
    `المدونة النموذجية للمراقبة (نص متخيّل)، ${ar}`,
    `Specimen inspection code (invented text), ${en}`,
  ),
});

const SHARED = {
  impactLevel: 3 as const,
  norms: ['ma'],
  humanContact: CONTACT,
  outcomes: {
    favourable: t('Pas de contrôle', 'لا مراقبة', 'No inspection'),
    adverse: t('Contrôle sur place', 'مراقبة بعين المكان', 'Inspection on site'),
  },
  manualFallback: t(
    "Si le système est suspendu, les contrôles sont choisis à la main par une commission de l'office.",
    'إذا توقف النظام، تختار لجنة من المكتب عمليات المراقبة يدويا.',
    'If the system is suspended, a committee of the office chooses inspections by hand.',
  ),
};

/** The probability of a finding above which a return is proposed for inspection. */
export const THRESHOLD = '0.25';

/** The record of the system that chooses returns by gradient-boosted trees. Invented law, invented data. */
export const SELECTION_RECORD: z.input<typeof systemRecord> = {
  ...SHARED,
  name: t('Choix des contrôles', 'اختيار عمليات المراقبة', 'Choice of inspections'),
  purpose: t(
    "Proposer les déclarations d'entreprises à contrôler, d'après la ressemblance avec des contrôles passés. Système inventé pour la démonstration.",
    'اقتراح تصريحات المقاولات التي ستُراقب، حسب تشابهها مع عمليات مراقبة سابقة. نظام متخيّل لأغراض العرض.',
    'Propose which business returns to inspect, by their likeness to past inspections. A system invented for demonstration.',
  ),
  legalBasis: [
    basis('spec_selection', '12', 'choix des déclarations', 'اختيار التصريحات', 'choice of returns'),
    basis(
      'spec_hearing',
      '15',
      "droits de l'entreprise contrôlée",
      'حقوق المقاولة المراقَبة',
      'rights of the inspected',
    ),
  ],
  kindOfDecision: t(
    "Contrôle sur place, ou non, de la déclaration d'une entreprise",
    'مراقبة تصريح مقاولة بعين المكان أو عدمها',
    "Inspection on site, or none, of a business's return",
  ),
  inputs: INPUTS,
  reasons: REASONS,
  model: {
    outcome: { by: 'probability', threshold: THRESHOLD, above: 'adverse' },
    features: COLUMNS.map(({ feature, input, equals, reason }) => ({
      feature,
      input,
      reason,
      ...(equals === undefined ? {} : { equals }),
    })),
  },
  humanInvolvement: t(
    "Le modèle propose. Aucun contrôle n'est décidé sans une personne habilitée, qui lit le dossier, motive et signe.",
    'النموذج يقترح فقط. لا تتقرر أي مراقبة دون شخص مؤهل يقرأ الملف ويعلل ويوقّع.',
    'The model proposes. No inspection is decided without a competent person who reads the file, gives reasons and signs.',
  ),
};

/** Of ten thousand numbers, those up to this one are drawn: 3 %. */
export const DRAWN_UP_TO = 300;
export const TICKETS = 10_000;

/** The record of the public draw: the only inspections that tell of the returns that nothing chose. */
export const DRAW_RECORD: z.input<typeof systemRecord> = {
  ...SHARED,
  impactLevel: 2,
  name: t('Tirage au sort des contrôles', 'قرعة عمليات المراقبة', 'Inspections drawn by lot'),
  purpose: t(
    'Tirer au sort 3 % des déclarations, pour savoir ce que le choix par modèle ne voit pas. Système inventé pour la démonstration.',
    'سحب 3% من التصريحات بالقرعة، لمعرفة ما لا يراه الاختيار بالنموذج. نظام متخيّل لأغراض العرض.',
    'Draw 3 % of returns by lot, to know what the choice by model does not see. A system invented for demonstration.',
  ),
  legalBasis: [
    basis('spec_draw', '21', 'contrôles tirés au sort', 'المراقبة بالقرعة', 'inspections drawn by lot'),
  ],
  kindOfDecision: t(
    "Contrôle sur place d'une déclaration tirée au sort",
    'مراقبة تصريح سُحب بالقرعة بعين المكان',
    'Inspection on site of a return drawn by lot',
  ),
  inputs: [
    {
      name: 'ticket',
      type: 'integer',
      minimum: 1,
      maximum: TICKETS,
      topic: 'other',
      correctable: false,
      label: t('Numéro tiré', 'الرقم المسحوب', 'Number drawn'),
      help: t(
        'Le tirage est public. Un numéro de 1 à 300 sur 10 000 donne un contrôle.',
        'القرعة علنية. كل رقم من 1 إلى 300 من أصل 10000 يؤدي إلى مراقبة.',
        'The draw is public. A number from 1 to 300 of 10,000 means an inspection.',
      ),
    },
  ],
  reasons: [
    {
      id: 'draw',
      label: t('Le sort', 'القرعة', 'The lot'),
      explanation: t(
        "Rien de ce que l'entreprise a fait ou déclaré n'a compté.",
        'لم يُحتسب أي شيء مما قامت به المقاولة أو صرحت به.',
        'Nothing that the business did or declared counted.',
      ),
    },
  ],
  humanInvolvement: t(
    'Une personne habilitée vérifie le numéro tiré, motive et signe.',
    'شخص مؤهل يتحقق من الرقم المسحوب ويعلل ويوقّع.',
    'A competent person checks the number drawn, gives reasons and signs.',
  ),
};

/** The draw as a scorecard of one line: one point for a number up to {@link DRAWN_UP_TO}. */
export function drawFile(): Uint8Array {
  const file = {
    format: 'taalil-scorecard/1',
    facts: { ticket: { type: 'integer', min: 1, max: TICKETS } },
    segments: {
      all: {
        constant: '0',
        characteristics: [
          {
            id: 'ticket',
            reason: 'draw',
            from: ['ticket'],
            transform: { kind: 'atMost', value: String(DRAWN_UP_TO), of: { kind: 'identity' } },
            coefficient: '1',
            mean: String(DRAWN_UP_TO / TICKETS),
          },
        ],
      },
    },
    threshold: '0.5',
    outcome: { atMost: 'not_drawn', above: 'drawn', favourable: 'not_drawn' },
  };
  return new TextEncoder().encode(`${JSON.stringify(file, undefined, 1)}\n`);
}
