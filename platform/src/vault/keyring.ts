import { createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../errors.ts';

/**
 * The secrets that live as files beside the store and never in it: key-encryption keys, the pepper, log keys.
 * Files are created once, readable by their owner only, and synced before use.
 */
export interface Keyring {
  /** The key-encryption key that wraps new case keys. */
  readonly currentKek: string;
  kek(id: string): Buffer;
  /** HMAC-SHA-256 under a key derived from the pepper for one purpose; parts cannot run into each other. */
  mac(purpose: string, ...parts: string[]): Buffer;
  /** Reads a secret file, or makes it with `make` where there is none. */
  secretFile(name: string, make: () => string): string;
  /** Deletes a secret file for good, such as the private key of a closed log; one that is gone stays so. */
  destroyFile(name: string): void;
}

export function writeSecret(file: string, content: string | Buffer): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeSync(fd, content as string);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(join(file, '..'));
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) {
    throw new PlatformError('store-unavailable', `The key file ${file} does not hold 32 bytes in base64.`, {
      mend: 'Restore the file from the key backup. Never replace it by a new key: what it sealed would be lost.',
    });
  }
  return key;
}

export function openKeyring(folder: string): Keyring {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keks = new Map<string, Buffer>();
  const kekIds = () =>
    readdirSync(folder)
      .map((name) => /^kek-(\d{4})\.key$/.exec(name)?.[1])
      .filter((id) => id !== undefined)
      .sort();
  if (kekIds().length === 0) writeSecret(join(folder, 'kek-0001.key'), randomBytes(32).toString('base64'));
  if (!existsSync(join(folder, 'pepper.key'))) {
    writeSecret(join(folder, 'pepper.key'), randomBytes(32).toString('base64'));
  }
  const currentKek = kekIds().at(-1) as string;
  const pepper = readKey(join(folder, 'pepper.key'));
  const purposes = new Map<string, Buffer>();

  function purposeKey(purpose: string): Buffer {
    let key = purposes.get(purpose);
    if (key === undefined) {
      key = createHmac('sha256', pepper).update(`taalil/${purpose}`).digest();
      purposes.set(purpose, key);
    }
    return key;
  }

  return {
    currentKek,
    kek(id) {
      let key = keks.get(id);
      if (key === undefined) {
        const file = join(folder, `kek-${id}.key`);
        if (!/^\d{4}$/.test(id) || !existsSync(file)) {
          throw new PlatformError('store-unavailable', `The key-encryption key ${id} is missing.`, {
            where: file,
            mend: 'Restore it from the key backup.',
          });
        }
        key = readKey(file);
        keks.set(id, key);
      }
      return key;
    },
    mac(purpose, ...parts) {
      const hmac = createHmac('sha256', purposeKey(purpose));
      for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
      return hmac.digest();
    },
    secretFile(name, make) {
      const file = join(folder, name);
      if (!existsSync(file)) writeSecret(file, make());
      return readFileSync(file, 'utf8').trim();
    },
    destroyFile(name) {
      rmSync(join(folder, name), { force: true });
      syncFolder(folder);
    },
  };
}
