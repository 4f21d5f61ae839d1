import {
  LogError,
  type Policy,
  parsePolicy,
  type VerifiedReceipt,
  verifyReceiptFile,
} from '@taalil/transparency-log/verify';

/**
 * Checks receipts on the reader's own device: nothing is sent. Where WebCrypto has no Ed25519 the page stays as it is, and
 * the form goes to the server.
 *
 * The page (`browser-check.tsx`) brings every word as a `<template>`, and the accepted keys as a C2SP tlog-policy. Text
 * from a receipt is hostile: it is only ever set as text.
 */

/** docs/formats.md, "Receipt bundle". */
const LARGEST = 4 * 1024 * 1024;

/** The base point of Ed25519 (RFC 8032, section 5.1): a key that every implementation takes. */
const ANY_KEY = new Uint8Array(32).fill(0x66);
ANY_KEY[0] = 0x58;

type Verdict = 'valid' | 'untrusted' | 'broken' | 'malformed' | 'too-large' | 'nothing' | 'unsupported';

const one = <E extends Element>(selector: string) => document.querySelector<E>(selector);

function template(name: string, value: string): DocumentFragment {
  const found = one<HTMLTemplateElement>(`template[data-${name}="${CSS.escape(value)}"]`);
  return document.importNode((found as HTMLTemplateElement).content, true);
}

function fill(node: ParentNode, slots: Readonly<Record<string, string | Node>>): void {
  for (const [name, value] of Object.entries(slots)) {
    node.querySelector(`[data-slot="${name}"]`)?.replaceChildren(value);
  }
}

async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey('raw', ANY_KEY, { name: 'Ed25519' }, false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

function show(verdict: Verdict, slots: Readonly<Record<string, string | Node>> = {}): void {
  const shown = template('verdict', verdict);
  fill(shown, slots);
  const place = one('[data-verdict-place]') as Element;
  place.replaceChildren(shown);
  place.scrollIntoView({ block: 'nearest' });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function factsOf(receipt: VerifiedReceipt): DocumentFragment {
  const facts = new DocumentFragment();
  for (const [name, value] of Object.entries(receipt.facts)) {
    const fact = template('part', 'fact');
    fill(fact, { name, value: asText(value) });
    facts.append(fact);
  }
  return facts;
}

function witnessesOf({ checkpoint }: VerifiedReceipt, lang: string): DocumentFragment {
  const witnesses = new DocumentFragment();
  for (const { witness, timestamp } of checkpoint.cosignatures) {
    const line = template('part', 'witness');
    const at = new Intl.DateTimeFormat(lang, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Africa/Casablanca',
      numberingSystem: 'latn',
    });
    fill(line, { witness, at: at.format(timestamp * 1000) });
    witnesses.append(line);
  }
  return witnesses;
}

function titleOf(type: unknown): Node {
  const titles = template('part', 'titles');
  const known = typeof type === 'string' ? `[data-type="${CSS.escape(type)}"]` : '[data-type=""]';
  const title = titles.querySelector(known) ?? titles.querySelector('[data-type=""]');
  return (title as Element).firstChild as Node;
}

function lines(receipts: readonly VerifiedReceipt[]): DocumentFragment {
  const lang = document.documentElement.lang;
  const number = new Intl.NumberFormat(lang, { numberingSystem: 'latn' });
  const list = new DocumentFragment();
  for (const receipt of receipts) {
    const line = template('log', receipt.origin);
    fill(line, {
      title: titleOf(receipt.facts.type),
      month: receipt.period,
      index: number.format(receipt.index),
      facts: factsOf(receipt),
      witnesses: witnessesOf(receipt, lang),
    });
    list.append(line);
  }
  return list;
}

/** Checks and shows; `elsewhere` runs where this browser lacks an algorithm after all. */
async function check(file: string | Uint8Array, policy: Policy, elsewhere: () => void): Promise<void> {
  if (file.length > LARGEST) return show('too-large');
  const input = typeof file === 'string' ? file.trim() : file;
  if (input.length === 0) return show('nothing');
  try {
    show('valid', { receipts: lines(await verifyReceiptFile(input, { policy }, { linkedBy: 'case' })) });
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    if (error.kind === 'unsupported') elsewhere();
    else show(error.kind as Verdict, { message: error.message });
  }
}

async function given(form: HTMLFormElement): Promise<string | Uint8Array> {
  const file = form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  if (file === undefined || file.size === 0) return form.querySelector('textarea')?.value ?? '';
  return file.size > LARGEST ? new Uint8Array(LARGEST + 1) : new Uint8Array(await file.arrayBuffer());
}

async function start(): Promise<void> {
  const form = one<HTMLFormElement>('[data-check] form');
  const alone = document.documentElement.hasAttribute('data-alone');
  if (!(await hasEd25519())) {
    if (alone) show('unsupported');
    return;
  }
  const policy = parsePolicy(one('[data-policy]')?.textContent ?? '');
  for (const note of document.querySelectorAll<HTMLElement>('[data-here]')) note.hidden = false;
  for (const note of document.querySelectorAll<HTMLElement>('[data-there]')) note.hidden = true;
  const own = one<HTMLTemplateElement>('template[data-receipts]');
  if (own !== null) void check(own.content.textContent ?? '', policy, () => {});
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void given(form).then((file) => check(file, policy, () => (alone ? show('unsupported') : form.submit())));
  });
  document.documentElement.setAttribute('data-ready', '');
}

void start();
