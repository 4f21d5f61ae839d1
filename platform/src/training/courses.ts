import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROLES, type Role } from '../access/index.ts';
import { PlatformError } from '../errors.ts';
import { type Block, parseMarkdown } from './markdown.ts';

/** The languages that training is written in; zgh is to be commissioned and shows Arabic. */
export const COURSE_LANGS = ['ar', 'fr', 'en'] as const;
export type CourseLang = (typeof COURSE_LANGS)[number];

const words = z.strictObject({ ar: z.string().min(1), fr: z.string().min(1), en: z.string().min(1) });
export type Words = z.infer<typeof words>;

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const choices = z
  .array(z.strictObject({ id, right: z.literal(true).optional(), text: words }))
  .min(2)
  .max(6)
  .refine((list) => list.filter((one) => one.right).length === 1, 'exactly one choice is right');

const question = z.strictObject({
  id,
  /** Identifier of the heading under which the module tells the answer. */
  section: id,
  text: words,
  choices,
  /** Shown once the quiz is passed. */
  because: words,
});
export type QuizQuestion = z.infer<typeof question>;

const quiz = z.strictObject({
  title: words,
  lead: words,
  minutes: z.number().int().min(5).max(60),
  /** The share of right answers that passes, in percent. */
  pass: z.number().int().min(50).max(100),
  questions: z.array(question).min(6).max(20),
});

const diagnosis = z.strictObject({
  questions: z.array(
    z.strictObject({ id, roles: z.array(z.enum(ROLES)).min(1), module: id, text: words, choices }),
  ),
});
export type DiagnosisQuestion = z.infer<typeof diagnosis>['questions'][number];

/** The modules, in the order in which they are best taken. All of them make the certificate. */
export const MODULES = ['proposal', 'reasons', 'automation-bias'] as const;
export type ModuleId = (typeof MODULES)[number];

export interface Course {
  readonly id: ModuleId;
  readonly title: Words;
  readonly lead: Words;
  readonly minutes: number;
  readonly pass: number;
  readonly questions: readonly QuizQuestion[];
  readonly text: Readonly<Record<CourseLang, readonly Block[]>>;
  /** SHA-256 of texts and quiz: which edition somebody passed. */
  readonly edition: string;
}

const file = (name: string) => readFileSync(new URL(`courses/${name}`, import.meta.url), 'utf8');

function read<T>(schema: z.ZodType<T>, name: string): T {
  const parsed = schema.safeParse(parse(file(name)));
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-record', `The training file ${name} cannot be read.`, {
    faults: parsed.error.issues.map((i) => ({ where: `${name}/${i.path.join('/')}`, what: i.message })),
  });
}

function readCourse(module: ModuleId): Course {
  const sources = [file(`${module}/quiz.yaml`), ...COURSE_LANGS.map((lang) => file(`${module}/${lang}.md`))];
  const text = Object.fromEntries(
    COURSE_LANGS.map((lang, i) => [lang, parseMarkdown(sources[i + 1] ?? '', `${module}/${lang}.md`)]),
  ) as unknown as Course['text'];
  const course = read(quiz, `${module}/quiz.yaml`);
  for (const lang of COURSE_LANGS) {
    const headings = new Set(text[lang].flatMap((b) => (b.kind === 'heading' ? [b.id] : [])));
    for (const { section, id: which } of course.questions) {
      if (headings.has(section)) continue;
      throw new PlatformError('invalid-record', `Question "${which}" leads to no heading.`, {
        where: `${module}/${lang}.md#${section}`,
      });
    }
  }
  const edition = createHash('sha256').update(sources.join('\u0000')).digest('hex');
  return { id: module, ...course, text, edition };
}

let known: readonly Course[] | undefined;

/** Every module, read and checked once. */
export function courses(): readonly Course[] {
  known ??= MODULES.map(readCourse);
  return known;
}

/** One module. Throws `not-found`. */
export function courseOf(module: string): Course {
  const found = courses().find((one) => one.id === module);
  if (found !== undefined) return found;
  throw new PlatformError('not-found', 'There is no such training module.');
}

let asked: readonly DiagnosisQuestion[] | undefined;

/** The diagnosis of a role: a few questions, each of which points at a module. Empty for roles without one. */
export function diagnosisFor(role: Role): readonly DiagnosisQuestion[] {
  asked ??= read(diagnosis, 'diagnosis.yaml').questions;
  return asked.filter(({ roles }) => roles.includes(role));
}

/** Words in the reader's language; Arabic for Tamazight, which is to be commissioned. */
export const courseLang = (lang: string): CourseLang => COURSE_LANGS.find((one) => one === lang) ?? 'ar';
