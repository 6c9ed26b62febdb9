import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const HEAVY = ['libpg-query', 'ts-morph', 'sql-parser-cst', 'dependency-cruiser', '@typescript-eslint/parser', 'typescript', '@electric-sql/pglite', 'pg'];

/** Hooks that print the address of each module that is loaded. */
const HOOKS = `export async function load(url, context, next) { process._rawDebug('loaded ' + url); return next(url, context); }`;
const REGISTER = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(HOOKS)}`)});`;

/** Prints what was loaded by `require`, which hooks do not see. */
const REQUIRED = `const { default: module } = await import('node:module'); for (const file of Object.keys(module._cache)) process._rawDebug('loaded file:' + file);`;

/** Packages that are loaded by importing an entry of the built package. */
function packagesLoadedBy(entry: string): ReadonlySet<string> {
  const target = new URL(`../../dist/${entry}`, import.meta.url).href;
  const registering = `data:text/javascript,${encodeURIComponent(REGISTER)}`;
  const program = `await import(${JSON.stringify(target)}); ${REQUIRED}`;
  const { stderr, status } = spawnSync(process.execPath, ['--import', registering, '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(stderr).toContain(`loaded ${target}`);
  return new Set([...stderr.matchAll(/^loaded file:.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map((match) => match[1] ?? ''));
}

test.each(['src/index.js', 'src/languages/sql.js', 'src/migrations/index.js', 'src/project/index.js', 'src/cli/check.js', 'src/cli/migrations.js'])('%s loads nothing heavy when it is imported', (entry) => {
  const loaded = packagesLoadedBy(entry);
  expect(HEAVY.filter((name) => loaded.has(name))).toEqual([]);
});
