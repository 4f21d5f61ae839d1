import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../errors.ts';
import { destroySecret, writeSecret } from './secret-file.ts';

export const PEPPER_FILE = 'pepper.key';
export const SESSIONS_FILE = 'sessions.key';

/**
 * The secrets that live as files beside the store and never in it: key-encryption keys, the pepper, log keys.
 * Files are created once, readable by their owner only, and synced before use.
 */
export interface Keyring {
  /** The key-encryption key that wraps new case keys: the one with the highest number. */
  readonly currentKek: string;
  kek(id: string): Buffer;
  /**
   * HMAC-SHA-256 under a key derived from the pepper for one purpose; parts cannot run into each other. For what is stored:
   * the pepper is never changed.
   */
  mac(purpose: string, ...parts: string[]): Buffer;
  /** As `mac`, for what lives no longer than a session: its secret may be changed at any time, which ends all of them. */
  sessionMac(purpose: string, ...parts: string[]): Buffer;
  /** Reads a secret file, or makes it with `make` where there is none. */
  secretFile(name: string, make: () => string): string;
  /** Deletes a secret file for good, such as the private key of a closed log; one that is gone stays so. */
  destroyFile(name: string): void;
}

export const kekFile = (id: string) => `kek-${id}.key`;

/** The key-encryption keys of a folder, oldest first. */
export function kekIds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => /^kek-(\d{4})\.key$/.exec(name)?.[1])
    .filter((id) => id !== undefined)
    .sort();
}

/** A new secret of 256 bits, as a key file holds it. */
export const newKeyText = () => randomBytes(32).toString('base64');

/** Reads a key file. Throws `store-unavailable` when it is missing or does not hold a key. */
export function readKeyFile(file: string): Buffer {
  if (!existsSync(file)) {
    throw new PlatformError('store-unavailable', `The key file ${file} is missing.`, {
      where: file,
      mend: 'Restore it from the key backup. Never replace it by a new key: what it sealed would be lost.',
    });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === 32) return key;
  throw new PlatformError('store-unavailable', `The key file ${file} does not hold 32 bytes in base64.`, {
    where: file,
    mend: 'Restore it from the key backup. Never replace it by a new key: what it sealed would be lost.',
  });
}

/**
 * Opens a folder of key files. Where `mayMake` is false something was sealed under them already: a missing key-encryption
 * key or pepper is refused with `store-unavailable` and never made anew.
 */
export function openKeyring(folder: string, mayMake: boolean): Keyring {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const make = (name: string, may: boolean) => {
    if (may && !existsSync(join(folder, name))) writeOnce(join(folder, name), newKeyText());
  };
  if (kekIds(folder).length === 0) make(kekFile('0001'), mayMake);
  make(PEPPER_FILE, mayMake);
  make(SESSIONS_FILE, true);
  const currentKek = kekIds(folder).at(-1) ?? '0001';
  const keks = new Map([[currentKek, readKeyFile(join(folder, kekFile(currentKek)))]]);

  return {
    currentKek,
    kek(id) {
      let key = keks.get(id);
      if (key === undefined) {
        key = readKeyFile(join(folder, kekFile(/^\d{4}$/.test(id) ? id : '0000')));
        keks.set(id, key);
      }
      return key;
    },
    mac: macUnder(readKeyFile(join(folder, PEPPER_FILE))),
    sessionMac: macUnder(readKeyFile(join(folder, SESSIONS_FILE))),
    secretFile(name, make) {
      const file = join(folder, name);
      if (!existsSync(file)) writeSecret(file, make());
      return readFileSync(file, 'utf8').trim();
    },
    destroyFile(name) {
      destroySecret(join(folder, name));
    },
  };
}

/** Another process may have been faster: then its file is the one. */
function writeOnce(file: string, content: string): void {
  try {
    writeSecret(file, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** HMAC-SHA-256 under keys derived from a secret, one for each purpose; parts cannot run into each other. */
export function macUnder(secret: Buffer): Keyring['mac'] {
  const purposes = new Map<string, Buffer>();
  return (purpose, ...parts) => {
    let key = purposes.get(purpose);
    if (key === undefined) {
      key = createHmac('sha256', secret).update(`taalil/${purpose}`).digest();
      purposes.set(purpose, key);
    }
    const hmac = createHmac('sha256', key);
    for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
    return hmac.digest();
  };
}
