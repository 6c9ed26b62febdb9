import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Node } from 'libpg-query';

type PostgresParser = Pick<typeof import('libpg-query'), 'parseSync' | 'scanSync'>;

/** The part of WebAssembly that is needed; Node has it, its type package does not. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, () => void>> };
}

/** What the parser says of one statement. `offset`: UTF-16 code units from the start of the statement's text. */
export type ParsedStatement = { readonly ok: true; readonly node: Node } | { readonly ok: false; readonly message: string; readonly offset: number };

let loaded: PostgresParser | undefined;

/**
 * The PostgreSQL 18 parser (libpg-query, WebAssembly), started on first use and without waiting: ESLint rules are synchronous.
 * libpg-query offers only an asynchronous start. Its glue calls `instantiateWasm` before its first `await`, so handing it a
 * finished instance there is enough; `A` is `__wasm_call_ctors` of exactly the pinned build, which a test holds.
 */
export function loadPostgresParser(): PostgresParser {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const glue = require.resolve('libpg-query/wasm/libpg-query.js');
  const startModule = require(glue) as (module: object) => Promise<unknown>;
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const running: { exports?: Readonly<Record<string, () => void>> } = {};
  const emscripten = {
    instantiateWasm(imports: object, receive: (instance: object) => void) {
      const instance = new Instance(new Module(readFileSync(glue.replace(/\.js$/, '.wasm'))), imports);
      running.exports = instance.exports;
      receive(instance);
      return instance.exports;
    },
    // Stops the asynchronous rest of the start, which would run the constructors a second time.
    preRun: [() => { throw new Error('already started'); }],
  };
  startModule(emscripten).catch(() => undefined);
  const construct = running.exports?.['A'];
  if (!construct) throw new Error('The PostgreSQL parser did not start: libpg-query is not the version this package was made for. Reinstall the dependencies.');
  construct();
  const cached = require.cache[glue];
  if (!cached) throw new Error('The PostgreSQL parser did not start: its module is not in the cache of require.');
  const kept: unknown = cached.exports;
  cached.exports = () => ({ then: (done: (module: unknown) => void) => { done(emscripten); return Promise.resolve(); } });
  try {
    loaded = require('libpg-query') as PostgresParser;
  } finally {
    cached.exports = kept;
  }
  return loaded;
}

/** Parses the text of one statement. Bad input is an answer, never an exception. */
export function parseStatement(sql: string): ParsedStatement {
  try {
    const node = loadPostgresParser().parseSync(sql).stmts?.[0]?.stmt;
    return node ? { ok: true, node } : { ok: false, message: 'no statement', offset: 0 };
  } catch (error) {
    const details = (error as { sqlDetails?: { cursorPosition?: number } }).sqlDetails;
    return { ok: false, message: error instanceof Error ? error.message : String(error), offset: utf16OfCodePoint(sql, details?.cursorPosition ?? 0) };
  }
}

/** Errors count code points. */
function utf16OfCodePoint(text: string, index: number): number {
  let offset = 0;
  for (let passed = 0; passed < index && offset < text.length; passed += 1) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** Translates the tree's locations (UTF-8 bytes) into UTF-16 offsets of the same text. */
export function byteOffsets(text: string): (byte: number) => number {
  if (!/[^\x00-\x7f]/.test(text)) return (byte) => byte;
  const map = new Uint32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  let index = 0;
  for (const character of text) {
    const length = Buffer.byteLength(character);
    map.fill(index, byte, byte + length);
    byte += length;
    index += character.length;
  }
  map[byte] = index;
  return (at) => map[Math.min(at, byte)] ?? text.length;
}
