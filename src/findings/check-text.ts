import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openProject } from '../project/open.ts';
import { checkProject, type CheckResult } from './check.ts';
import type { Rule } from './define-rule.ts';

export interface CheckTextOptions {
  readonly rules: readonly Rule[];
  /** Run these rules alone; without it the rules of the preset run. */
  readonly only?: readonly string[];
  readonly judges?: NonNullable<Rule['judges']>;
}

/**
 * Checks a handful of files given as texts, as a project of their own: for examples and tests.
 * A `package.json` is added when there is none. A rule that throws throws here too.
 * @param files POSIX paths relative to the root → texts.
 */
export function checkText(files: Readonly<Record<string, string>>, options: CheckTextOptions): CheckResult {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'backend-patterns-')));
  try {
    for (const [path, text] of Object.entries({ 'package.json': '{ "private": true, "type": "module" }', ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const result = checkProject(openProject({ root, cache: false }), options);
    const failed = result.ruleErrors[0];
    if (failed) throw new Error(`Rule "${failed.rule}" threw on ${failed.path}: ${failed.stack}`);
    return result;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
