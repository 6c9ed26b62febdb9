import { createHash } from 'node:crypto';

type Read = (path: string) => Uint8Array | string | undefined;

interface Remembered {
  readonly key: string;
  /** Digest of everything that was read for it, by path. */
  readonly contents: ReadonlyMap<string, string>;
  readonly value: unknown;
}

/** What was concluded from folders: an editor asks again with every keystroke, and one folder alone has changed. */
export type FolderMemo = Map<string, Remembered>;

/** Computes what a folder amounts to, unless the key and all that was read for it are as they were. */
export function remember<T>(memo: FolderMemo | undefined, folder: string, key: string, read: Read, compute: (read: Read) => T): T {
  if (!memo) return compute(read);
  const known = memo.get(folder);
  if (known?.key === key && [...known.contents].every(([path, digest]) => digestOf(read(path)) === digest)) return known.value as T;
  const contents = new Map<string, string>();
  const value = compute((path) => {
    const content = read(path);
    if (!contents.has(path)) contents.set(path, digestOf(content));
    return content;
  });
  memo.set(folder, { key, contents, value });
  return value;
}

function digestOf(content: Uint8Array | string | undefined): string {
  return content === undefined ? '' : createHash('sha1').update(content).digest('base64');
}
