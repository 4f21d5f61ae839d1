import { type LogFn, type LoggerOptions, pino } from 'pino';

const ERROR = 50;
const REPEATS_MS = 10_000;

/**
 * Errors of one message and code are told once, and after `everyMs` how many more there were: while a database is away every request
 * fails, and the log must stay short enough to be read.
 */
export function errorsOnce(everyMs = REPEATS_MS): NonNullable<LoggerOptions['hooks']> {
  const more = new Map<string, number>();
  return {
    logMethod(args: Parameters<LogFn>, method, level) {
      const [about, message] = args as unknown as [{ code?: unknown } | undefined, unknown];
      if (level < ERROR || typeof about !== 'object') return method.apply(this, args);
      const { code } = about;
      const key = `${String(message)} ${String(code)}`;
      const known = more.get(key);
      if (known !== undefined) {
        more.set(key, known + 1);
        return;
      }
      more.set(key, 0);
      method.apply(this, args);
      setTimeout(() => {
        const repeated = more.get(key) ?? 0;
        more.delete(key);
        if (repeated > 0) method.apply(this, [{ code, repeated }, message] as unknown as Parameters<LogFn>);
      }, everyMs).unref();
    },
  };
}

/** Structured logs on standard error. What is logged never names a person, a reference, a code or an address. */
export const logger = pino(
  { level: process.env.LOG_LEVEL ?? 'warn', base: undefined, hooks: errorsOnce() },
  pino.destination(2),
);
