import { execFileSync } from 'node:child_process';

/** What git said, or what it complained about. */
export type GitAnswer = { readonly ok: true; readonly output: Buffer } | { readonly ok: false; readonly missing: boolean; readonly message: string };

/** Runs git in a folder. Hooks set GIT_DIR and friends for their own repository, which would mislead it. */
export function askGit(folder: string, args: readonly string[], input?: string): GitAnswer {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, GIT_PREFIX: _prefix, ...rest } = process.env;
  try {
    const output = execFileSync('git', args, {
      cwd: folder,
      env: { ...rest, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      maxBuffer: 1 << 30,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });
    return { ok: true, output };
  } catch (error) {
    const { code, stderr } = error as { readonly code?: string; readonly stderr?: Buffer };
    return { ok: false, missing: code === 'ENOENT', message: stderr?.toString('utf8').trim() ?? String(error) };
  }
}

export interface TreeEntry {
  /** POSIX path relative to the folder. */
  readonly path: string;
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

/** Files of a commit at and below a folder; links and submodules are left out. */
export function listTree(folder: string, commit: string): readonly TreeEntry[] | undefined {
  const answer = askGit(folder, ['ls-tree', '-r', '-l', '-z', commit]);
  if (!answer.ok) return undefined;
  return answer.output.toString('utf8').split('\0').flatMap((line) => {
    const [, mode, blob, size, path] = /^(\d+) blob (\S+)\s+(\d+)\t([\s\S]+)$/.exec(line) ?? [];
    return mode === undefined || mode === '120000' || blob === undefined || path === undefined ? [] : [{ path, blob, size: Number(size) }];
  });
}

/** Files at and below a folder whose text in the work tree is another than in a commit; paths relative to the folder. */
export function listChanged(folder: string, commit: string): ReadonlySet<string> | undefined {
  const answer = askGit(folder, ['diff', '--name-only', '--no-renames', '--relative', '-z', commit, '--']);
  return answer.ok ? new Set(answer.output.toString('utf8').split('\0').filter((path) => path !== '')) : undefined;
}

/** Texts of blobs by their ids; all of them in one run of git. */
export function readBlobs(folder: string, blobs: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (blobs.length === 0) return texts;
  const answer = askGit(folder, ['cat-file', '--batch'], `${blobs.join('\n')}\n`);
  if (!answer.ok) return texts;
  const { output } = answer;
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const [blob = '', kind, size = '0'] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    texts.set(blob, output.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}
