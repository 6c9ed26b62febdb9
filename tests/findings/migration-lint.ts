import { relative, sep } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { buildPreset } from '../../configs/presets.ts';
import { rules } from '../../rules/index.ts';
import { checkProject, type CheckResult } from '../../src/findings/check.ts';
import { RULE_PREFIX } from '../../src/findings/directives.ts';
import { placesSuffix } from '../../src/findings/messages.ts';
import type { Preset } from '../../src/findings/rule-selection.ts';
import type { Finding } from '../../src/findings/types.ts';
import plugin from '../../src/index.ts';
import { openProject } from '../../src/project/open.ts';

/** A finding or message in one line. */
export interface FoundLine {
  readonly text: string;
  readonly hidden: boolean;
}

/** What ESLint says of the migrations of a project with a preset, sorted. */
export async function lintMigrations(root: string, preset: Preset, files: readonly string[] = ['**/*.{sql,js,ts}']): Promise<FoundLine[]> {
  const config: Linter.Config[] = [{ files: ['**/*.ts'], languageOptions: { parser } }, ...buildPreset(preset, plugin, rules, root)];
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config, applySuppressions: true } as ESLint.Options);
  const results = await eslint.lintFiles([...files]);
  const lines = results.flatMap(({ filePath, messages, suppressedMessages }) => {
    const path = relative(root, filePath).split(sep).join('/');
    const word = ({ line, column, endLine, endColumn, ruleId, message }: Linter.LintMessage, hidden: boolean): FoundLine => ({
      text: `${path}:${line}:${column}-${endLine}:${endColumn} ${ruleId} ${message}`,
      hidden,
    });
    return [...messages.map((message) => word(message, false)), ...suppressedMessages.map((message) => word(message, true))];
  });
  return lines.sort(byText);
}

/** What `migrations` says of them. */
export function checkMigrations(root: string, preset: Preset): { readonly lines: FoundLine[]; readonly result: CheckResult } {
  const result = checkProject(openProject({ root, cache: false, settings: { preset } }), { rules, judges: 'migrations' });
  const word = (finding: Finding, hidden: boolean): FoundLine => {
    const { path, line, column, endLine, endColumn, rule, message, trail, related } = finding;
    return { text: `${path}:${line}:${column}-${endLine}:${endColumn} ${RULE_PREFIX}${rule} ${message}${placesSuffix(trail, related)}`, hidden };
  };
  const silenced = result.silenced.filter(({ by }) => by !== 'confidence').map(({ finding }) => word(finding, true));
  return { lines: [...result.findings.map((finding) => word(finding, false)), ...silenced].sort(byText), result };
}

function byText(a: FoundLine, b: FoundLine): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}
