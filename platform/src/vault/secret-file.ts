import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner reads, whole or not at all, and on the disk when this returns. Throws `EEXIST` where
 * there is one already.
 */
export function writeSecret(file: string, content: string | Buffer): void {
  const partial = writePartial(file, content);
  try {
    linkSync(partial, file);
  } finally {
    rmSync(partial);
  }
  syncFolder(dirname(file));
}

/** Puts new content in the place of a secret file's, at once: a crash leaves the one or the other, whole. */
export function replaceSecret(file: string, content: string | Buffer): void {
  renameSync(writePartial(file, content), file);
  syncFolder(dirname(file));
}

/**
 * Overwrites a secret file's bytes on the disk, then deletes it; one that is gone stays so. What a disk keeps of old blocks
 * below the file system is beyond it: docs/privacy.md.
 */
export function destroySecret(file: string): void {
  if (!existsSync(file)) return;
  const fd = openSync(file, 'r+');
  try {
    writeAll(fd, Buffer.alloc(statSync(file).size));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(file);
  syncFolder(dirname(file));
}

/** Makes names that were added to a folder, or taken from it, survive the machine. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function writePartial(file: string, content: string | Buffer): string {
  const partial = `${file}.${process.pid}.part`;
  const fd = openSync(partial, 'w', 0o600);
  try {
    writeAll(fd, Buffer.from(content as string));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return partial;
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
}
