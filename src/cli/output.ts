import { relative, sep } from 'node:path';
import { rules } from '../../rules/index.ts';
import { docsUrl } from '../findings/eslint-adapter.ts';
import { github } from '../report/github.ts';
import { gitlab } from '../report/gitlab.ts';
import { json } from '../report/json.ts';
import { markdown } from '../report/markdown.ts';
import { wordRuleErrors } from '../report/rule-errors.ts';
import type { Paint, RunReport } from '../report/run-report.ts';
import { sarif } from '../report/sarif.ts';
import { stylish } from '../report/stylish.ts';
import type { CommandInput } from './command.ts';
import { findRulePage } from './package-files.ts';

const FORMATS: Readonly<Record<string, (run: RunReport, paint: Paint) => string>> = {
  stylish,
  json,
  sarif: (run) => sarif(run, rules.map(({ id, docs }) => ruleHelp(id, docs.description))),
  github: (run) => github(run, folderWithin(process.env['GITHUB_WORKSPACE'], run.root)),
  gitlab: (run) => gitlab(run, folderWithin(process.env['CI_PROJECT_DIR'], run.root)),
  markdown,
};

/** Formats that show by themselves what failed and what was not checked. */
const TELLS_ALL = new Set(['stylish', 'github', 'markdown']);

/** Writes a run in the format that was asked for; gives its exit code. */
export function writeRun(run: RunReport, { values, paint, write }: CommandInput): number {
  const format = values.format ?? 'stylish';
  write((FORMATS[format] ?? stylish)(run, paint));
  if (TELLS_ALL.has(format)) return run.exitCode;
  for (const line of wordRuleErrors(run.result.ruleErrors)) process.stderr.write(`${line}\n`);
  for (const reason of run.notChecked) process.stderr.write(`Not checked: ${reason}\n`);
  return run.exitCode;
}

function ruleHelp(id: string, description: string): Parameters<typeof sarif>[1][number] {
  const page = findRulePage(id)?.replace(/<!--.*?-->\n?/gs, '');
  return { id, description, url: docsUrl(id), ...(page === undefined ? {} : { page }) };
}

/** Where the root of the project lies in a repository that a service has checked out, ending in a slash; '' at its top and elsewhere. */
function folderWithin(repository: string | undefined, root: string): string {
  if (!repository) return '';
  const folder = relative(repository, root).split(sep).join('/');
  return folder === '' || folder.startsWith('..') ? '' : `${folder}/`;
}
