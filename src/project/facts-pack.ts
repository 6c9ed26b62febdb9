import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync, fstatSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * One file that holds the facts of a project: blobs, then an index of them, then a trailer.
 *
 * Blobs come first so that writing needs no more memory than the index. A reader that finds anything odd takes what is
 * left for nothing: a cache is never worth an error.
 */
export interface PackEntry {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
  /** Day on which it was last needed, counted from 1970. */
  readonly used: number;
}

export interface OpenPack {
  readonly entries: ReadonlyMap<string, PackEntry>;
  /** The blob of a key; undefined when there is none or when it is damaged. */
  read(key: string): Buffer | undefined;
  close(): void;
}

const MAGIC = 'backend-patterns facts 1\n';
const KEY_BYTES = 20;
const RECORD_BYTES = KEY_BYTES + 8 + 4 + 4 + 4;
const STAMP_BYTES = 20;
/** Index offset, entry count, index checksum, stamp, magic. */
const TRAILER_BYTES = 8 + 4 + 4 + STAMP_BYTES + MAGIC.length;
const STALE_TEMPORARY_MS = 86_400_000;

const NOTHING: OpenPack = { entries: new Map(), read: () => undefined, close: () => undefined };

/** Opens a pack for reading. `stamp`: 20 bytes that name the versions; a pack of another stamp counts as empty. */
export function openPack(file: string, stamp: Buffer): OpenPack {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const entries = readIndex(descriptor, stamp);
    if (!entries) throw new Error('damaged');
    return readerOf(descriptor, entries);
  } catch {
    if (descriptor !== undefined) closeSync(descriptor);
    return NOTHING;
  }
}

function readerOf(descriptor: number, entries: ReadonlyMap<string, PackEntry>): OpenPack {
  let open = true;
  return {
    entries,
    read(key) {
      const entry = entries.get(key);
      if (!entry || !open) return undefined;
      try {
        const blob = readAt(descriptor, entry.offset, entry.length);
        return blob && crc32(blob) === entry.checksum ? blob : undefined;
      } catch {
        return undefined;
      }
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function readIndex(descriptor: number, stamp: Buffer): Map<string, PackEntry> | undefined {
  const { size } = fstatSync(descriptor);
  const trailer = size < TRAILER_BYTES ? undefined : readAt(descriptor, size - TRAILER_BYTES, TRAILER_BYTES);
  if (!trailer || trailer.toString('latin1', TRAILER_BYTES - MAGIC.length) !== MAGIC) return undefined;
  if (!trailer.subarray(16, 16 + STAMP_BYTES).equals(stamp)) return undefined;
  const start = trailer.readDoubleLE(0);
  const count = trailer.readUInt32LE(8);
  if (start + count * RECORD_BYTES !== size - TRAILER_BYTES) return undefined;
  const index = readAt(descriptor, start, count * RECORD_BYTES);
  if (!index || crc32(index) !== trailer.readUInt32LE(12)) return undefined;
  const entries = new Map<string, PackEntry>();
  for (let at = 0; at < index.length; at += RECORD_BYTES) {
    const fields = at + KEY_BYTES;
    entries.set(index.toString('latin1', at, fields), {
      offset: index.readDoubleLE(fields),
      length: index.readUInt32LE(fields + 8),
      checksum: index.readUInt32LE(fields + 12),
      used: index.readUInt32LE(fields + 16),
    });
  }
  return entries;
}

function readAt(descriptor: number, offset: number, length: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(length);
  return readSync(descriptor, buffer, 0, length, offset) === length ? buffer : undefined;
}

export interface PackWriter {
  add(key: string, blob: Buffer, used: number): void;
  has(key: string): boolean;
  /** The blob of a key that was added before. */
  read(key: string): Buffer | undefined;
  /** Puts the pack in place of the old one, at once and whole. */
  finish(): void;
  discard(): void;
}

/** Starts a pack beside its later place. Throws what the file system throws. */
export function writePack(file: string, stamp: Buffer): PackWriter {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  removeStaleTemporaries(folder);
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  const descriptor = openSync(temporary, 'wx+');
  const entries = new Map<string, PackEntry>();
  let offset = 0;
  let open = true;
  const close = (): void => {
    if (open) closeSync(descriptor);
    open = false;
  };
  const append = (bytes: Buffer): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
    offset += bytes.length;
  };
  return {
    has: (key) => entries.has(key),
    read: (key) => {
      const entry = entries.get(key);
      return entry && open ? readAt(descriptor, entry.offset, entry.length) : undefined;
    },
    add(key, blob, used) {
      const entry = { offset, length: blob.length, checksum: crc32(blob), used };
      append(blob);
      entries.set(key, entry);
    },
    finish() {
      const index = encodeIndex(entries);
      const trailer = Buffer.alloc(TRAILER_BYTES);
      trailer.writeDoubleLE(offset, 0);
      trailer.writeUInt32LE(entries.size, 8);
      trailer.writeUInt32LE(crc32(index), 12);
      stamp.copy(trailer, 16);
      trailer.write(MAGIC, 16 + STAMP_BYTES, 'latin1');
      append(Buffer.concat([index, trailer]));
      close();
      renameSync(temporary, file);
    },
    discard() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

function encodeIndex(entries: ReadonlyMap<string, PackEntry>): Buffer {
  const index = Buffer.alloc(entries.size * RECORD_BYTES);
  let at = 0;
  for (const [key, entry] of entries) {
    index.write(key, at, 'latin1');
    index.writeDoubleLE(entry.offset, at + KEY_BYTES);
    index.writeUInt32LE(entry.length, at + KEY_BYTES + 8);
    index.writeUInt32LE(entry.checksum, at + KEY_BYTES + 12);
    index.writeUInt32LE(entry.used, at + KEY_BYTES + 16);
    at += RECORD_BYTES;
  }
  return index;
}

/** What processes that were killed left behind. */
function removeStaleTemporaries(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const stats = name.endsWith('.tmp') ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (stats && Date.now() - stats.mtimeMs > STALE_TEMPORARY_MS) rmSync(file, { force: true });
  }
}
