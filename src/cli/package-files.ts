import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE_NAME = 'eslint-plugin-backend-patterns';

/** Folder of our own package, whether we run from its sources or built into `dist`. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error('The files of this package are not complete: its package.json is missing. Install it again.');
    folder = dirname(folder);
  }
  return folder;
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The page of a rule, as Markdown; undefined when the package has none. */
export function findRulePage(id: string): string | undefined {
  const path = join(packageFolder(), 'docs/rules', `${id}.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
