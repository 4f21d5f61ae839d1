import { pino } from 'pino';

/** Structured logs on standard error. What is logged never names a person, a reference, a code or an address. */
export const logger = pino({ level: process.env.LOG_LEVEL ?? 'warn', base: undefined }, pino.destination(2));
