import { emptyFacts } from '../facts/empty.ts';
import { languageOf } from '../facts/language.ts';
import type { FileFacts } from '../facts/types.ts';
import { hashText, type FactsCache } from './facts-cache.ts';
import type { ListedFile } from './listed-file.ts';
import type { Packages } from './packages.ts';
import { roleOf } from './roles.ts';
import type { ReadText, TextReader } from './source-text.ts';
import type { FileRole, SkipReason, SourceFile } from './types.ts';

/** A source file with what loading knows of it. A file that changes gets a new object, so that whoever holds the old one can tell. */
export interface LoadedFile extends SourceFile {
  readonly listed: ListedFile;
  /** Hash of the text. */
  readonly hash: string;
  /** Why there are no facts. */
  readonly trouble: SkipReason | undefined;
  /** How reading went; known even when the facts have been forgotten. */
  readonly outcome: Pick<FileFacts, 'parsed' | 'errors'>;
  /** Gives the memory of the facts back; they are read again when somebody asks for them. */
  forget(): void;
}

export interface FileSources {
  readonly texts: TextReader;
  readonly cache: FactsCache;
  packages(): Packages;
}

/** Nothing is read before it is asked for. `buffer`: text of an editor, which counts instead of what lies on disk. */
export function createLoadedFile(listed: ListedFile, sources: FileSources, buffer?: string): LoadedFile {
  let hash: string | undefined;
  let facts: FileFacts | undefined;
  let role: FileRole | undefined;
  let trouble: SkipReason | undefined;
  let outcome: LoadedFile['outcome'] | undefined;
  const read = (): ReadText => (buffer === undefined ? sources.texts.read(listed.absolutePath) : { text: buffer });
  const hashOf = (content: ReadText): string => {
    hash ??= 'text' in content ? hashText(content.text) : content.trouble;
    return hash;
  };
  const readFacts = (): FileFacts => {
    facts ??= lower();
    return facts;
  };
  const lower = (): FileFacts => {
    const content = read();
    const language = languageOf(listed.path);
    if ('text' in content && language) return sources.cache.get(content.text, language, hashOf(content));
    trouble = 'trouble' in content ? content.trouble : 'unsupported';
    return emptyFacts('ts');
  };
  return {
    path: listed.path,
    absolutePath: listed.absolutePath,
    listed,
    get text() {
      const content = read();
      return 'text' in content ? content.text : '';
    },
    get hash() {
      return hash ?? hashOf(read());
    },
    get facts() {
      return readFacts();
    },
    get trouble() {
      if (!outcome) readFacts();
      return trouble;
    },
    get role() {
      role ??= roleOf(listed.path, readFacts);
      return role;
    },
    get outcome() {
      return outcome ?? readFacts();
    },
    forget() {
      if (!facts) return;
      outcome = { parsed: facts.parsed, errors: facts.errors };
      role ??= roleOf(listed.path, readFacts);
      facts = undefined;
    },
    get package() {
      return sources.packages().packageOf(listed.path);
    },
  };
}
