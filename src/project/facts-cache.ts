import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { lowerFile } from '../facts/lower.ts';
import { FACTS_VERSION, type FileFacts, type SourceLanguage } from '../facts/types.ts';
import { openPack, writePack, type OpenPack, type PackWriter } from './facts-pack.ts';

export interface FactsCache {
  /** Facts of a text, from the cache or by lowering. Each call gives an object of its own. `hash`: of the text, when it is known. */
  get(text: string, language: SourceLanguage, hash?: string): FileFacts;
  /** Writes what is new; does nothing, and never throws, when nothing is or when the place cannot be written. */
  flush(): void;
  readonly hits: number;
  readonly misses: number;
}

export interface FactsCacheOptions {
  /** Folder for the pack; without one nothing is read or written. */
  readonly folder?: string;
  readonly enabled: boolean;
  /** For tests; the lowering of `src/facts` otherwise. */
  readonly lower?: (text: string, language: SourceLanguage) => FileFacts;
}

/** Entries that nobody asked for in so many days are dropped when the pack is written anew. */
const KEPT_DAYS = 14;
const PACK = 'facts.pack';

/**
 * Cache of facts by content. Several processes may use one folder: each writes the pack whole and puts it in place at
 * once, with what others wrote meanwhile; at worst the last one wins and some facts are lowered again.
 */
export function openFactsCache({ folder, enabled, lower = lowerFile }: FactsCacheOptions): FactsCache {
  const file = enabled && folder !== undefined ? path.join(folder, PACK) : undefined;
  const stamp = factsStamp();
  const today = Math.floor(Date.now() / 86_400_000);
  const used = new Set<string>();
  let pack: OpenPack | undefined;
  let writer: PackWriter | undefined;
  let writable = file !== undefined;
  const counts = { hits: 0, misses: 0 };

  const giveUpWriting = (): void => {
    writable = false;
    try {
      writer?.discard();
    } catch {
      // A temporary file that cannot be removed now is removed by a later run.
    }
    writer = undefined;
  };
  const store = (key: string, facts: FileFacts): void => {
    if (!writable || file === undefined) return;
    try {
      writer ??= writePack(file, stamp);
      writer.add(key, Buffer.from(JSON.stringify(facts)), today);
    } catch {
      giveUpWriting();
    }
  };
  const load = (key: string): FileFacts | undefined => {
    if (file === undefined) return undefined;
    pack ??= openPack(file, stamp);
    const blob = writer?.read(key) ?? pack.read(key);
    return blob && parseFacts(blob);
  };

  return {
    get hits() {
      return counts.hits;
    },
    get misses() {
      return counts.misses;
    },
    get(text, language, hash = hashText(text)) {
      const key = keyOf(hash, language);
      const known = load(key);
      if (known) {
        used.add(key);
        counts.hits++;
        return known;
      }
      counts.misses++;
      const facts = lower(text, language);
      store(key, facts);
      return facts;
    },
    flush() {
      if (!writer || file === undefined) return;
      try {
        pack?.close();
        // What another process put there since.
        const present = openPack(file, stamp);
        for (const [key, entry] of present.entries) {
          const lastUsed = used.has(key) ? today : entry.used;
          const blob = writer.has(key) || today - lastUsed > KEPT_DAYS ? undefined : present.read(key);
          if (blob) writer.add(key, blob, lastUsed);
        }
        present.close();
        writer.finish();
        writer = undefined;
        pack = undefined;
      } catch {
        giveUpWriting();
      }
    },
  };
}

/** Folder of the cache of a project: in its node_modules when there is one, else in the system's place for caches. */
export function cacheFolder(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  const modules = path.join(root, 'node_modules');
  if (existsSync(modules)) return path.join(modules, '.cache', 'eslint-plugin-backend-patterns');
  const system = environment['XDG_CACHE_HOME'] || environment['LOCALAPPDATA'] || path.join(homedir(), '.cache');
  return path.join(system, 'eslint-plugin-backend-patterns', createHash('sha1').update(root).digest('hex').slice(0, 16));
}

/** Hash of a text, hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** 20 bytes, as text of one byte per character. The language counts: the same text means something else in `.ts` and `.tsx`. */
function keyOf(hash: string, language: SourceLanguage): string {
  return createHash('sha1').update(hash).update(language).digest('binary');
}

let stampOfThisVersion: Buffer | undefined;

/**
 * Names in 20 bytes what facts depend on besides the text: their version, the parser's, and our lowering, whose own text
 * is hashed so that no change is missed.
 */
export function factsStamp(): Buffer {
  if (stampOfThisVersion) return stampOfThisVersion;
  const hash = createHash('sha1').update(`facts ${FACTS_VERSION} oxc-parser ${parserVersion()}`);
  const folder = new URL('../facts/', import.meta.url);
  for (const name of readdirSync(folder).sort()) {
    if (/(?<!\.d)\.[jt]s$/.test(name)) hash.update(readFileSync(new URL(name, folder)));
  }
  stampOfThisVersion = hash.digest();
  return stampOfThisVersion;
}

function parserVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('oxc-parser/package');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function parseFacts(blob: Buffer): FileFacts | undefined {
  try {
    const facts = JSON.parse(blob.toString('utf8')) as FileFacts;
    return facts.version === FACTS_VERSION ? facts : undefined;
  } catch {
    return undefined;
  }
}
