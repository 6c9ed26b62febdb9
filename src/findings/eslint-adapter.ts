import { isAbsolute, relative, sep } from 'node:path';
import type { Rule as EslintRule, SourceCode } from 'eslint';
import { findMigration } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import type { Settings } from '../settings/settings.ts';
import type { Rule } from './define-rule.ts';
import { RULE_PREFIX } from './directives.ts';
import { createLineIndex, runRule, showsLowConfidence, type LineIndex, type WordedReport } from './evaluate.ts';
import { isJudgedSource } from './judged-files.ts';
import { placesSuffix } from './messages.ts';
import { migrationFile } from './migration-file.ts';
import { projectOf } from './open-projects.ts';
import { eslintSchemaOf } from './options.ts';
import { namedPresets } from './rule-selection.ts';
import { MIGRATIONS_PRESET, overridesIn } from './eslint-settings.ts';
import type { Edit } from './types.ts';

/** Where the package's own pages are served once it is published. */
const DOCS_URL = 'https://unpkg.com/eslint-plugin-backend-patterns/docs/rules';

/** ESLint has no place for a trail and related places but the message: a placeholder at its end, empty where there is none. */
const TRAIL = 'trailSuffix';

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const SQL = /\.sql$/i;

/** Languages of the files that a rule for migrations serves; source rules leave whatever is no source alone, so that a configuration without `files` does no harm. */
const LANGUAGES = ['js/js', 'backend-patterns/sql'];
const BYTE_ORDER_MARK = 0xfeff;

/** What all our rules share about one text that ESLint lints. */
interface Linted {
  readonly project: Project;
  readonly file: SourceFile;
  readonly lines: LineIndex;
  /** How far ESLint's offsets are ahead of ours: by a byte order mark that the host left in the text. */
  readonly shift: number;
}

/** One look per text: each pass of `--fix` makes a new tree. */
const linted = new WeakMap<object, Linted | null>();

/** Page of a rule in the documentation. */
export function docsUrl(id: string): string {
  return `${DOCS_URL}/${id}.md`;
}

/**
 * Turns a rule into an ESLint rule (ESLint 9.15 and later, oxlint). It takes nothing from ESLint's tree but its identity,
 * so that any parser will do.
 */
export function toEslintRule(rule: Rule): EslintRule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description: rule.docs.description, url: docsUrl(rule.id), recommended: rule.docs.preset === 'recommended' },
      messages: Object.fromEntries(Object.entries(rule.messages).map(([id, message]) => [id, `${message}{{${TRAIL}}}`])),
      schema: eslintSchemaOf(rule) as NonNullable<EslintRule.RuleMetaData['schema']>,
      ...(rule.defaultOptions ? { defaultOptions: [rule.defaultOptions] } : {}),
      hasSuggestions: rule.hasSuggestions ?? false,
      ...(rule.judges === 'migrations' ? { languages: LANGUAGES } : {}),
    } as EslintRule.RuleMetaData,
    create(context) {
      if (!isLintable(rule, context)) return {};
      return { Program: () => lint(rule, context), Script: () => lint(rule, context) };
    },
  };
}

/** Virtual blocks of processors, texts without a name and other languages are left alone. */
function isLintable({ judges }: Rule, { filename, physicalFilename }: EslintRule.RuleContext): boolean {
  if (filename !== physicalFilename || !isAbsolute(filename)) return false;
  return SOURCE.test(filename) || (judges === 'migrations' && SQL.test(filename));
}

/** A package's own settings may turn a rule off that the preset, made from the root's, has on. */
function isOffInPackage({ id }: Rule, { project, file }: Linted): boolean {
  const { rules } = project.settingsOf(file.package);
  const entry = rules?.[RULE_PREFIX + id] ?? rules?.[id];
  return rules !== project.settings.rules && (Array.isArray(entry) ? entry[0] : entry) === 'off';
}

function lint(rule: Rule, context: EslintRule.RuleContext): void {
  const look = lookAt(context);
  if (!look || !isJudged(rule, look) || isOffInPackage(rule, look)) return;
  const options = { ...rule.defaultOptions, ...(context.options[0] as Record<string, unknown> | undefined) };
  const strict = showsLowConfidence(presetSettings(rule, context, look.project), rule.judges ?? 'source');
  for (const worded of runRule(look.project, look.file, { rule, options }, look.lines)) {
    if (worded.report.confidence === 'low' && !strict) continue;
    context.report(descriptorOf(worded, context.sourceCode, look.shift));
  }
}

function isJudged({ judges }: Rule, { project, file }: Linted): boolean {
  if (judges !== 'migrations') return isJudgedSource(project, file);
  // The whole history is read for a migration: not for every file of the program.
  const mayBe = file.role === 'migration' || /migrat/i.test(file.path);
  return mayBe && findMigration(project, file.path)?.judged === true;
}

/** The preset that the ESLint configuration is made from; the one of the settings file where it does not say. */
function presetSettings({ judges }: Rule, { settings }: EslintRule.RuleContext, project: Project): Settings {
  const preset = judges === 'migrations' ? (settings[MIGRATIONS_PRESET] as Settings['preset']) : overridesIn(settings).preset;
  return preset === undefined ? { preset: namedPresets(project.settings) } : { preset };
}

function lookAt(context: EslintRule.RuleContext): Linted | null {
  const { ast, text } = context.sourceCode;
  const known = linted.get(ast);
  if (known !== undefined) return known;
  const project = projectOf(context.filename, overridesIn(context.settings).overrides);
  const shift = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  project.update(context.filename, text.slice(shift));
  const file = SQL.test(context.filename) ? sqlFileAt(project, context.filename) : project.fileAt(context.filename);
  const look = file ? { project, file, lines: createLineIndex(project), shift } : null;
  linted.set(ast, look);
  return look;
}

function sqlFileAt(project: Project, filename: string): SourceFile | undefined {
  const path = relative(project.root, filename).split(sep).join('/');
  return path.startsWith('../') || isAbsolute(path) ? undefined : migrationFile(project, path);
}

function descriptorOf({ report, data, trail }: WordedReport, sourceCode: SourceCode, shift: number): EslintRule.ReportDescriptor {
  return {
    loc: { start: sourceCode.getLocFromIndex(report.at.start + shift), end: sourceCode.getLocFromIndex(report.at.end + shift) },
    messageId: report.messageId,
    data: { ...stringsOf(data), [TRAIL]: placesSuffix(trail, report.related, Object.values(data).join(' ')) },
    suggest: (report.suggestions ?? []).map((suggestion) => ({
      messageId: suggestion.messageId,
      data: { ...suggestion.data, [TRAIL]: '' },
      fix: (fixer) => suggestion.edits.map((edit) => fixer.replaceTextRange(rangeOf(edit, shift), edit.text)),
    })),
  };
}

function stringsOf(data: WordedReport['data']): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
}

function rangeOf(edit: Edit, shift: number): [number, number] {
  return [edit.start + shift, edit.end + shift];
}
