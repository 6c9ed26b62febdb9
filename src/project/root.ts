import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'jsonc-parser';

/**
 * The folder that is analysed when somebody stands in `from` (a file or a folder): the workspace root, else the git root,
 * else the folder of the nearest package.json, else the folder itself. An enclosing git repository ends the search, so
 * that a clone inside a workspace is a project of its own. Returns an absolute path.
 */
export function findRoot(from: string): string {
  const start = folderOf(path.resolve(from));
  const folders = foldersUpFrom(start);
  const gitIndex = folders.findIndex((folder) => existsSync(path.join(folder, '.git')));
  const candidates = gitIndex < 0 ? folders : folders.slice(0, gitIndex + 1);
  // The outermost one, so that the answer does not depend on where in the workspace one stands.
  const workspace = candidates.findLast(isWorkspaceRoot);
  return workspace ?? folders[gitIndex] ?? folders.find((folder) => existsSync(path.join(folder, 'package.json'))) ?? start;
}

/** Answers by folder, as long as the files they come from stay: an editor asks for each file that it opens, ESLint for each folder. */
const workspaces = new Map<string, { readonly stamp: string; readonly isRoot: boolean }>();

/** True when the folder declares a workspace: `workspaces` in package.json, or pnpm-workspace.yaml with packages. */
export function isWorkspaceRoot(folder: string): boolean {
  const stamp = ['pnpm-workspace.yaml', 'package.json'].map((name) => stampOf(path.join(folder, name))).join();
  const known = workspaces.get(folder);
  if (known?.stamp === stamp) return known.isRoot;
  const isRoot = stamp !== ',' && declaresWorkspace(folder);
  workspaces.set(folder, { stamp, isRoot });
  return isRoot;
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size}` : '';
}

function declaresWorkspace(folder: string): boolean {
  // pnpm also keeps mere settings in this file; only a package list makes a workspace.
  if (/^packages\s*:/m.test(readOrEmpty(path.join(folder, 'pnpm-workspace.yaml')))) return true;
  const manifest: unknown = parse(readOrEmpty(path.join(folder, 'package.json')));
  return typeof manifest === 'object' && manifest !== null && 'workspaces' in manifest && Boolean(manifest.workspaces);
}

function foldersUpFrom(start: string): string[] {
  const folders = [start];
  for (let folder = start; path.dirname(folder) !== folder; folder = path.dirname(folder)) folders.push(path.dirname(folder));
  return folders;
}

function folderOf(target: string): string {
  // A file that an editor has not saved yet does not exist: its name still has an extension.
  const stats = statSync(target, { throwIfNoEntry: false });
  const isFile = stats ? stats.isFile() : path.extname(target) !== '';
  return isFile ? path.dirname(target) : target;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
