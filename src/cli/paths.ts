import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from './exit-codes.ts';

interface PathScope {
  /** Absolute. */
  readonly root: string;
  readonly cwd: string;
  /** Paths of all files that a path may mean, relative to the root. */
  readonly known: Iterable<string>;
}

/**
 * Which files the path arguments of a command mean: files, folders or globs, relative to the current folder.
 * Undefined when there are none, which means all.
 * @throws UsageError for a path outside the project, or one that matches no file.
 */
export function includesOf(operands: readonly string[], { root, cwd, known }: PathScope): ((path: string) => boolean) | undefined {
  if (operands.length === 0) return undefined;
  const paths = [...known];
  const matchers = operands.map((operand) => {
    const matches = matcherOf(operand, root, cwd);
    if (!paths.some(matches)) throw new UsageError(`No file of the project matches "${operand}" (root: ${root}).`);
    return matches;
  });
  return (path) => matchers.some((matches) => matches(path));
}

function matcherOf(operand: string, root: string, cwd: string): (path: string) => boolean {
  const path = relativeToRoot(operand, root, cwd);
  const isGlob = picomatch(path, { dot: true });
  return (candidate) => path === '' || candidate === path || candidate.startsWith(`${path}/`) || isGlob(candidate);
}

/** POSIX path relative to the root; symbolic links on the way to both are followed where they exist. */
export function relativeToRoot(operand: string, root: string, cwd: string): string {
  const path = relative(real(root), real(resolve(cwd, operand))).split(sep).join('/');
  if (path === '..' || path.startsWith('../')) throw new UsageError(`"${operand}" is outside the project (root: ${root}).`);
  return path;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
