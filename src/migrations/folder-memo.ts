import { createHash } from 'node:crypto';

type Read = (path: string) => Uint8Array | string | undefined;

/** Where the replay of a folder stood before the file at a position, so that it can go on from there. */
export interface Checkpoint<State> {
  readonly position: number;
  readonly state: State;
}

/** How to go about a folder: from where, and before which file its state is to be kept. */
export interface Replay<State> {
  readonly from?: Checkpoint<State>;
  readonly keepBefore?: number;
}

interface Remembered {
  readonly key: string;
  /** Digest of everything that was read for it, by path. */
  readonly contents: ReadonlyMap<string, string>;
  readonly value: unknown;
  readonly checkpoint?: Checkpoint<unknown>;
}

/** What was concluded from folders: an editor asks again with every keystroke, and one file of one folder has changed. */
export type FolderMemo = Map<string, Remembered>;

interface Request<Value, State> {
  readonly folder: { readonly folder: string; readonly files: readonly { readonly path: string }[] };
  /** All that the outcome depends on besides what is read. */
  readonly key: string;
  read: Read;
  compute(read: Read, replay: Replay<State>): { readonly value: Value; readonly checkpoint?: Checkpoint<State> };
}

/** Computes what a folder amounts to, unless all is as it was; while one file changes again and again, from that file on. */
export function remember<Value, State>(memo: FolderMemo | undefined, { folder, key, read, compute }: Request<Value, State>): Value {
  if (!memo) return compute(read, {}).value;
  const before = memo.get(folder.folder);
  const known = before?.key === key ? before : undefined;
  const changed = known ? [...known.contents].filter(([path, digest]) => digestOf(read(path)) !== digest).map(([path]) => path) : [];
  if (known && changed.length === 0) return known.value as Value;
  const replay = known ? replayFrom(known, folder.files, changed) : {};
  const contents = new Map(replay.from ? known?.contents : []);
  const recorded: Read = (path) => {
    const content = read(path);
    contents.set(path, digestOf(content));
    return content;
  };
  const { value, checkpoint } = compute(recorded, replay as Replay<State>);
  memo.set(folder.folder, { key, contents, value, ...(checkpoint ? { checkpoint } : {}) });
  return value;
}

/** Files that come before the first changed one are as they were, unless something else has changed that they may have read. */
function replayFrom({ checkpoint }: Remembered, files: Request<unknown, unknown>['folder']['files'], changed: readonly string[]): Replay<unknown> {
  const positions = changed.map((path) => files.findIndex((file) => file.path === path));
  const first = Math.min(...positions);
  if (first < 0) return {};
  return { keepBefore: first, ...(checkpoint && checkpoint.position <= first ? { from: checkpoint } : {}) };
}

function digestOf(content: Uint8Array | string | undefined): string {
  return content === undefined ? '' : createHash('sha1').update(content).digest('base64');
}
