import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What operators watch (Prometheus). No label names a person, a case or an address. */
export const metrics = new Registry();

const registers = [metrics];

export const httpSeconds = new Histogram({
  name: 'taalil_http_request_seconds',
  help: 'Time to answer, by route pattern, method and status class',
  labelNames: ['route', 'method', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const sealedEntries = new Counter({
  name: 'taalil_log_entries_sealed_total',
  help: 'Entries that became durable in a transparency log',
  registers,
});

export const commitSeconds = new Histogram({
  name: 'taalil_log_commit_seconds',
  help: 'Time of one commit of the log, from the first check to the durable checkpoint',
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
  registers,
});

export const refusedSeals = new Counter({
  name: 'taalil_log_seals_refused_total',
  help: 'Requests that were not sealed, by the code of the error',
  labelNames: ['code'] as const,
  registers,
});

export const waitingSeals = new Gauge({
  name: 'taalil_log_waiting',
  help: 'Entries that wait for the next commit',
  registers,
});
