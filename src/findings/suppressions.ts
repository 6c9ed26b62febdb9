import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../settings/settings-error.ts';

/** ESLint's bulk suppressions: file → rule id with prefix → how many findings are put up with. */
export type Suppressions = Readonly<Record<string, Readonly<Record<string, { readonly count: number }>>>>;

export const SUPPRESSIONS_FILE = 'eslint-suppressions.json';

/**
 * The suppressions of a project, with file names relative to its root. ESLint keeps the file where it is run, so each
 * package may have one of its own; names in it are relative to the package.
 * @param folders POSIX paths of the packages, relative to the root.
 * @throws SettingsError that names the file when it is no JSON object.
 */
export function readSuppressions(root: string, folders: readonly string[]): Suppressions {
  const all: Record<string, Record<string, { count: number }>> = {};
  for (const folder of new Set(['', ...folders])) {
    for (const [file, rules] of Object.entries(readSuppressionsFile(join(root, folder, SUPPRESSIONS_FILE)))) {
      const path = folder ? `${folder}/${file}` : file;
      all[path] = { ...rules, ...all[path] };
    }
  }
  return all;
}

function readSuppressionsFile(path: string): Suppressions {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {};
  }
  const parsed = parseOrUndefined(text);
  if (!parsed || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new SettingsError(`${path} is not a JSON object. Let ESLint write it again: npx eslint --suppress-all.`);
  }
  return parsed as Suppressions;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The rules whose findings in a file are all hidden: as in ESLint, a rule's findings are hidden together while there are
 * no more of them than the file says, and shown together when there are more.
 * @param counts findings per rule id with prefix, after disable comments.
 */
export function suppressedRules(suppressions: Suppressions, path: string, counts: ReadonlyMap<string, number>): ReadonlySet<string> {
  const allowed = suppressions[path] ?? {};
  return new Set([...counts].filter(([rule, count]) => count <= (allowed[rule]?.count ?? 0)).map(([rule]) => rule));
}
