import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { collectPage } from '../report/collect-page.ts';
import { html } from '../report/html.ts';
import { wordRuleErrors } from '../report/rule-errors.ts';
import { count } from '../report/run-report.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { openFor } from './open.ts';
import { runRules } from './run-rules.ts';

const DEFAULT_FILE = 'backend-patterns-report.html';

export const run: Command = (input) => {
  const project = openFor(input);
  const outcome = runRules(project, input, 'report', ['source', 'migrations']);
  const path = resolve(input.cwd, input.values.out ?? DEFAULT_FILE);
  writePage(path, html(collectPage(project, outcome, rules)));
  const { findings, ruleErrors } = outcome.result;
  input.write(`${path}: ${count(findings.length, 'finding')} in ${count(new Set(findings.map((finding) => finding.path)).size, 'file')}.\n`);
  for (const reason of outcome.notChecked) process.stderr.write(`Not checked: ${reason}\n`);
  for (const line of wordRuleErrors(ruleErrors)) process.stderr.write(`${line}\n`);
  return outcome.exitCode === EXIT.findings ? EXIT.clean : outcome.exitCode;
};

function writePage(path: string, page: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  } catch (error) {
    throw new UsageError(`--out: ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
