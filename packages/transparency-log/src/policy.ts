import { LogError } from './error.ts';
import type { Policy, PolicyLog, PolicyWitness, Quorum } from './trust.ts';
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPES, type VerifierKey } from './verifier-key.ts';

/** More definitions of a kind than this are refused (the specification asks for at least 32). */
export const MAX_POLICY_DEFINITIONS = 256;
const MAX_POLICY_LENGTH = 2_000_000;

/**
 * Parses a trust policy file (C2SP tlog-policy, "Policy file syntax and structure"): logs, witnesses, k-of-n groups and
 * one quorum. Names are compared as the bytes of the file. Throws `malformed-policy` with the line in `details.line`.
 */
export function parsePolicy(input: string | Uint8Array): Policy {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  if (bytes.length > MAX_POLICY_LENGTH)
    throw malformed(1, `the file is longer than ${MAX_POLICY_LENGTH} bytes`);
  const lines = octets(bytes).split('\n');
  if (lines.pop() !== '') throw malformed(lines.length + 1, 'the last line must end with a newline');
  const reader = new PolicyReader();
  for (const [i, line] of lines.entries()) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: "Character set" forbids exactly these
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line))
      throw malformed(i + 1, 'it holds a control character');
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items[0] !== undefined && !items[0].startsWith('#')) reader.line(i + 1, items[0], items.slice(1));
  }
  return reader.finish(Math.max(1, lines.length));
}

/**
 * Writes a policy (C2SP tlog-policy) as a file that {@link parsePolicy} reads back to the same. Groups that the quorum does not use are left
 * out.
 */
export function formatPolicy({ logs, witnesses, quorum }: Policy): string {
  const lines = logs.map(({ key, url }) => join('log', formatVerifierKey(key), url));
  for (const { name, key, url } of witnesses) lines.push(join('witness', name, formatVerifierKey(key), url));
  const groups = (of: Quorum): void => {
    if (of.kind !== 'group') return;
    for (const member of of.members) groups(member);
    lines.push(join('group', of.name, String(of.threshold), ...of.members.map(nameOf)));
  };
  groups(quorum);
  return `${[...lines, join('quorum', nameOf(quorum))].join('\n')}\n`;
}

function join(...items: readonly (string | undefined)[]): string {
  return items.filter((item) => item !== undefined).join(' ');
}

function nameOf(quorum: Quorum): string {
  return quorum.kind === 'none' ? 'none' : quorum.name;
}

class PolicyReader {
  readonly #logs: PolicyLog[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  /** Witnesses and groups share one namespace ("What is a policy?"). */
  readonly #names = new Map<string, Quorum>();
  readonly #members = new Set<string>();
  #quorum: Quorum | undefined;

  line(number: number, keyword: string, items: readonly string[]): void {
    if (keyword === 'log') this.#log(number, items);
    else if (keyword === 'witness') this.#witness(number, items);
    else if (keyword === 'group') this.#group(number, items);
    else if (keyword === 'quorum') this.#setQuorum(number, items);
    else throw malformed(number, `"${keyword.slice(0, 40)}" is none of log, witness, group, quorum`);
  }

  finish(number: number): Policy {
    if (this.#quorum === undefined) throw malformed(number, 'the quorum line is missing');
    return { logs: this.#logs, witnesses: this.#witnesses, quorum: this.#quorum };
  }

  #log(number: number, items: readonly string[]): void {
    const [vkey, url] = items;
    if (vkey === undefined || items.length > 2) throw malformed(number, 'write: log <vkey> [<url>]');
    const key = readKey(number, vkey);
    if (this.#logs.some((log) => sameKey(log.key, key)))
      throw malformed(number, 'this log key is given twice');
    this.#logs.push(url === undefined ? { key } : { key, url: utf8Of(url) });
    limit(number, this.#logs.length);
  }

  #witness(number: number, items: readonly string[]): void {
    const [octetName, vkey, url] = items;
    if (octetName === undefined || vkey === undefined || items.length > 3) {
      throw malformed(number, 'write: witness <name> <vkey> [<url>]');
    }
    const key = readKey(number, vkey);
    if (!SIGNATURE_TYPES[key.type].timestamped) {
      throw malformed(
        number,
        'a witness key is of type 0x04 (Ed25519) or 0x06 (ML-DSA-44), as tlog-cosignature says',
      );
    }
    if (this.#witnesses.some((other) => sameKey(other.key, key)))
      throw malformed(number, 'this witness key is given twice');
    const name = utf8Of(octetName);
    const witness: PolicyWitness = url === undefined ? { name, key } : { name, key, url: utf8Of(url) };
    this.#define(number, octetName, { kind: 'witness', name, witness });
    this.#witnesses.push(witness);
    limit(number, this.#witnesses.length);
  }

  #group(number: number, items: readonly string[]): void {
    const [name, rule, ...names] = items;
    if (name === undefined || rule === undefined || names.length === 0) {
      throw malformed(number, 'write: group <name> all|any|<k> <name>...');
    }
    const threshold =
      rule === 'all' ? names.length : rule === 'any' ? 1 : /^[1-9][0-9]{0,5}$/.test(rule) ? Number(rule) : 0;
    if (threshold < 1 || threshold > names.length) {
      throw malformed(number, `the threshold must be all, any, or a number from 1 to ${names.length}`);
    }
    const members = names.map((member) => {
      if (this.#members.has(member))
        throw malformed(number, `"${utf8Of(member)}" is a member already; once is all it may be`);
      this.#members.add(member);
      return this.#known(number, member);
    });
    this.#define(number, name, { kind: 'group', name: utf8Of(name), threshold, members });
    limit(number, this.#names.size - this.#witnesses.length);
  }

  #setQuorum(number: number, items: readonly string[]): void {
    const [name] = items;
    if (name === undefined || items.length > 1) throw malformed(number, 'write: quorum <name>');
    if (this.#quorum !== undefined) throw malformed(number, 'there is a quorum line already');
    this.#quorum = name === 'none' ? { kind: 'none' } : this.#known(number, name);
  }

  #known(number: number, name: string): Quorum {
    const found = this.#names.get(name);
    if (found === undefined) throw malformed(number, `"${utf8Of(name)}" is not defined on a line above`);
    return found;
  }

  #define(number: number, name: string, quorum: Quorum): void {
    if (name === 'none' || this.#names.has(name))
      throw malformed(number, `the name "${utf8Of(name)}" is taken`);
    this.#names.set(name, quorum);
  }
}

/** One character for each byte: what keeps names opaque. */
function octets(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

function utf8Of(octetText: string): string {
  return new TextDecoder().decode(Uint8Array.from(octetText, (c) => c.charCodeAt(0)));
}

function readKey(number: number, octetKey: string): VerifierKey {
  try {
    return parseVerifierKey(utf8Of(octetKey));
  } catch (error) {
    throw malformed(number, (error as Error).message);
  }
}

/** "Public key representation": the same public key under another name or key ID is still the same. */
function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.publicKey.length === b.publicKey.length && a.publicKey.every((byte, i) => byte === b.publicKey[i]);
}

function limit(number: number, count: number): void {
  if (count > MAX_POLICY_DEFINITIONS)
    throw malformed(number, `more than ${MAX_POLICY_DEFINITIONS} definitions of a kind`);
}

function malformed(line: number, why: string): LogError {
  return new LogError('malformed-policy', `Line ${line} of the policy: ${why}.`, { line });
}
