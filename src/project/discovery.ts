import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { kindOf, type ListedFile, type Listing } from './listed-file.ts';
import type { SkipReason } from './types.ts';

/** Larger files are bundles and data; they cost seconds and say nothing about a backend. Bytes. */
export const MAX_SOURCE_SIZE = 1024 * 1024;

/** Never the project's own code, even where somebody commits them. */
const FOREIGN_SEGMENT = /(?:^|\/)(?:node_modules|\.git|\.yarn)(?:\/|$)/;

/** Without git nothing says for sure what is output; these names are, unless an ignore file lists them back. */
const OUTPUT_FOLDERS = new Set(['dist', 'build', 'out', '.next', 'coverage', '.turbo', '.nuxt', '.output', '.cache']);

/**
 * Lists the files of the project at `root` (absolute): what git lists, else what a walk finds that honours .gitignore.
 * `ignored`: globs relative to the root that leave files out. Never throws for what it meets on disk.
 */
export function listFiles(root: string, ignored: readonly string[] = []): Listing {
  const fromGit = listWithGit(root);
  const names = fromGit ?? walk(root);
  const isIgnored = ignored.length > 0 ? picomatch([...ignored], { dot: true }) : () => false;
  const files: ListedFile[] = [];
  const skipped: { path: string; reason: SkipReason }[] = [];
  const links = new Map<string, string>();
  for (const name of names) {
    if (FOREIGN_SEGMENT.test(name) || isIgnored(name)) continue;
    const kind = kindOf(name);
    const absolutePath = path.join(root, name);
    // Folders show up here as links and submodules; neither has an extension that makes it a source.
    if (!kind && path.extname(name) !== '') continue;
    const stats = statsOf(absolutePath);
    // Listed but deleted in the work tree.
    if (!stats) continue;
    if (stats.isSymbolicLink()) {
      const target = targetWithin(root, absolutePath);
      if (target !== undefined) {
        links.set(name, target);
        continue;
      }
    }
    const real = stats.isSymbolicLink() ? statsOf(absolutePath, true) : stats;
    if (!kind || !real?.isFile()) continue;
    if (kind === 'source' && real.size > MAX_SOURCE_SIZE) {
      skipped.push({ path: name, reason: 'too large' });
      continue;
    }
    files.push({ path: name, absolutePath, kind, size: real.size, changed: real.mtimeMs });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, skipped, links, folders: foldersOf(names), listedBy: fromGit ? 'git' : 'walk' };
}

function foldersOf(names: readonly string[]): string[] {
  const folders = new Set<string>(['']);
  for (const name of names) {
    let folder = path.posix.dirname(name);
    for (; folder !== '.' && !folders.has(folder) && !FOREIGN_SEGMENT.test(folder); folder = path.posix.dirname(folder)) folders.add(folder);
  }
  return [...folders];
}

/** Paths relative to the folder, submodules included; undefined when git is missing, refuses, or lists nothing. */
function listWithGit(folder: string): string[] | undefined {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  let output: string;
  try {
    const options = { cwd: folder, env: gitEnvironment(), maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
    output = execFileSync('git', args, options).toString('utf8');
  } catch {
    return undefined;
  }
  // An unmerged file is listed once per side; an untracked repository as `folder/`.
  const names = [...new Set(output.split('\0'))].filter((name) => name !== '' && !name.endsWith('/'));
  // A folder that an outer repository ignores lists nothing; it was still asked for.
  if (names.length === 0) return undefined;
  return names.flatMap((name) => listSubmodule(folder, name) ?? [name]);
}

function listSubmodule(folder: string, name: string): string[] | undefined {
  if (path.extname(name) !== '' && kindOf(name)) return undefined;
  const absolute = path.join(folder, name);
  if (!statsOf(absolute)?.isDirectory()) return undefined;
  // A submodule that was not checked out has no .git; asking git there would list the outer repository again.
  if (!statsOf(path.join(absolute, '.git'))) return [];
  return (listWithGit(absolute) ?? []).map((inner) => `${name}/${inner}`);
}

/** Hooks set GIT_DIR and friends for their own repository, which would mislead a call in another folder. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, GIT_PREFIX: _prefix, ...rest } = process.env;
  return { ...rest, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}

function walk(root: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, rules: readonly IgnoreRules[]): void => {
    const entries = entriesOf(path.join(root, folder));
    const own = entries.some((entry) => entry.name === '.gitignore') ? readIgnoreFile(root, folder) : undefined;
    const inherited = own ? [...rules, own] : rules;
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const verdict = verdictOf(inherited, entry.isDirectory() ? `${name}/` : name);
      if (verdict === 'ignored' || FOREIGN_SEGMENT.test(name)) continue;
      if (!entry.isDirectory()) found.push(name);
      else if (verdict === 'kept' || !OUTPUT_FOLDERS.has(entry.name)) visit(name, inherited);
    }
  };
  visit('', []);
  return found;
}

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Deeper ignore files win over those above them. */
function verdictOf(rules: readonly IgnoreRules[], name: string): 'ignored' | 'kept' | 'unknown' {
  for (const { folder, rules: own } of rules.toReversed()) {
    const result = own.test(folder === '' ? name : name.slice(folder.length + 1));
    if (result.ignored) return 'ignored';
    if (result.unignored) return 'kept';
  }
  return 'unknown';
}

function readIgnoreFile(root: string, folder: string): IgnoreRules | undefined {
  try {
    return { folder, rules: ignore().add(readFileSync(path.join(root, folder, '.gitignore'), 'utf8')) };
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function statsOf(file: string, follow = false): Stats | undefined {
  try {
    return follow ? statSync(file) : lstatSync(file);
  } catch {
    return undefined;
  }
}

/** What a link inside the root points at, as a POSIX path relative to the root; undefined when it leads outside or nowhere. */
function targetWithin(root: string, link: string): string | undefined {
  try {
    const target = path.relative(realpathSync(root), realpathSync(link));
    if (target === '' || target.startsWith('..') || path.isAbsolute(target)) return undefined;
    return target.split(path.sep).join('/');
  } catch {
    return undefined;
  }
}
