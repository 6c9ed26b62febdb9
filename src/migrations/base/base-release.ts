import { join } from 'node:path';
import picomatch from 'picomatch';
import { MAX_SOURCE_SIZE } from '../../project/discovery.ts';
import { readFromDisk, type FileSource } from '../../project/file-source.ts';
import { kindOf, type ListedFile } from '../../project/listed-file.ts';
import { openProject } from '../../project/open.ts';
import type { Project } from '../../project/project.ts';
import { askGit, listChanged, listTree, readBlobs, type TreeEntry } from './git.ts';

/** The release that is still running while new migrations do: the code at the merge base with a branch or commit. */
export interface BaseRelease {
  /** As it was asked for: `main`, `origin/main`, a commit. */
  readonly ref: string;
  /** The merge base, in full. */
  readonly commit: string;
  /** Whether a file (path relative to the root) was there. */
  has(path: string): boolean;
  /** The program there; opened when first asked for, without a checkout. */
  readonly project: Project;
}

/** A base that cannot be found is a wrong setting; whoever ends a run for those goes by the name. */
class BaseError extends Error {
  override readonly name = 'SettingsError';
}

const known = new WeakMap<Project, { readonly ref: string; readonly release: BaseRelease }>();

/**
 * The base release that the settings name; undefined when they name none.
 * @throws BaseError when it cannot be found: no git, no such commit, a history that is too short.
 */
export function findBase(project: Project): BaseRelease | undefined {
  const ref = project.settings.migrations?.base;
  if (ref === undefined) return undefined;
  const before = known.get(project);
  if (before?.ref === ref) return before.release;
  const release = openBase(project, ref);
  known.set(project, { ref, release });
  return release;
}

function openBase(project: Project, ref: string): BaseRelease {
  const { root } = project;
  const commit = mergeBase(root, ref);
  const entries = listTree(root, commit);
  if (!entries) throw new BaseError(`--base ${ref}: the files of ${commit} cannot be listed. A partial clone has to fetch them first.`);
  const paths = new Set(entries.map(({ path }) => path));
  let opened: Project | undefined;
  return {
    ref,
    commit,
    has: (path) => paths.has(path),
    get project() {
      opened ??= openProject({ root, source: sourceAt(project, commit, entries), settings: project.settings, cache: false });
      return opened;
    },
  };
}

function mergeBase(root: string, ref: string): string {
  const inside = askGit(root, ['rev-parse', '--is-inside-work-tree']);
  if (!inside.ok) throw new BaseError(inside.missing ? `--base ${ref}: git was not found.` : `--base ${ref}: ${root} is not in a git work tree.`);
  // A leading dash would be taken for an option.
  const named = ref.startsWith('-') ? undefined : textOf(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const isShallow = textOf(root, ['rev-parse', '--is-shallow-repository']) === 'true';
  if (named === undefined) {
    throw new BaseError(`--base ${ref}: there is no such branch or commit here. Fetch it first, e.g. \`git fetch origin ${ref.replace(/^origin\//, '')}\`, or name another.`);
  }
  const base = textOf(root, ['merge-base', named, 'HEAD']);
  if (base !== undefined) return base;
  throw new BaseError(
    isShallow
      ? `--base ${ref}: the clone is shallow, so that the merge base with HEAD is not known. Fetch the history first: \`git fetch --unshallow\`, or \`fetch-depth: 0\` of actions/checkout.`
      : `--base ${ref}: it has no commit in common with HEAD.`,
  );
}

function textOf(root: string, args: readonly string[]): string | undefined {
  const answer = askGit(root, args);
  return answer.ok ? answer.output.toString('utf8').trim().split('\n')[0] : undefined;
}

/** What has not changed since is read from disk, all else from git at once. */
function sourceAt(project: Project, commit: string, entries: readonly TreeEntry[]): FileSource {
  const { root } = project;
  const changed = listChanged(root, commit);
  const ignored = project.settings.ignore ?? [];
  const isIgnored = ignored.length > 0 ? picomatch([...ignored], { dot: true }) : () => false;
  const listed = entries.filter(({ path, size }) => !isIgnored(path) && kindOf(path) !== undefined && (kindOf(path) !== 'source' || size <= MAX_SOURCE_SIZE));
  const past = listed.filter(({ path }) => changed?.has(path) ?? true);
  let texts: ReadonlyMap<string, string> | undefined;
  const blobs = new Map(past.map(({ path, blob }) => [join(root, path), blob]));
  return {
    cache: project.loaded.cache,
    listing: {
      files: listed.flatMap(({ path, size }): ListedFile[] => {
        const kind = kindOf(path);
        return kind === undefined || /(?:^|\/)node_modules\//.test(path) ? [] : [{ path, absolutePath: join(root, path), kind, size, changed: 0 }];
      }),
      skipped: [],
      links: project.loaded.listing.links,
      folders: [],
      listedBy: 'git',
    },
    read(absolutePath) {
      const blob = blobs.get(absolutePath);
      if (blob === undefined) return readFromDisk(absolutePath);
      texts ??= readBlobs(root, [...new Set(blobs.values())]);
      return texts.get(blob);
    },
  };
}
