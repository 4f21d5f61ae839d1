export type * from './api.ts';
export { type Client, createClient, type Envelope } from './client.ts';
export { ClientError } from './error.ts';
export type { ClientOptions } from './transport.ts';
