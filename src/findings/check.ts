import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import type { Settings } from '../settings/settings.ts';
import type { Rule } from './define-rule.ts';
import { directivesOf, findSilencer, inlineRulesOf, RULE_PREFIX } from './directives.ts';
import { createLineIndex, placeReports, runRule, showsLowConfidence, type LineIndex } from './evaluate.ts';
import { numberDuplicates } from './fingerprint.ts';
import { judgedFiles } from './judged-files.ts';
import { optionsOf } from './options.ts';
import { lineStartsOf } from './place.ts';
import { compareText, presetsFor, selectRules, strictPreset, type SelectedRule } from './rule-selection.ts';
import { schemaFiles } from './schema-file.ts';
import { readSuppressions, suppressedRules, type Suppressions } from './suppressions.ts';
import type { Finding } from './types.ts';

export type Silencer = 'directive' | 'suppression' | 'confidence';

/** A finding that is not shown, and why. */
export interface SilencedFinding {
  readonly finding: Finding;
  readonly by: Silencer;
  /** Where the comment stands, what it says, or which file silenced it. */
  readonly reason: string;
}

/** A rule that threw: a mistake of ours, which is told and does not stop the rest. */
export interface RuleError {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  readonly stack: string;
}

export interface CheckRequest {
  readonly rules: readonly Rule[];
  readonly judges?: NonNullable<Rule['judges']>;
  /** Run these rules alone; ids with or without prefix. */
  readonly only?: readonly string[] | undefined;
  /** Restricts what is judged, never what is read; paths relative to the root. */
  readonly includes?: ((path: string) => boolean) | undefined;
}

export interface CheckResult {
  /** Sorted by path, position and rule. */
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly ruleErrors: readonly RuleError[];
  /** Ids of the rules that ran. */
  readonly rules: readonly string[];
  /** Paths of the files that were judged. */
  readonly judged: readonly string[];
}

/**
 * Runs rules over a project: what the `check` command and the report show.
 * @throws SettingsError for unknown rules or options, or a damaged suppressions file.
 */
export function checkProject(project: Project, request: CheckRequest): CheckResult {
  const judges = request.judges ?? 'source';
  const selectedFor = ruleSelector(project, request, judges);
  const byId = new Map(request.rules.map((rule) => [RULE_PREFIX + rule.id, rule]));
  const suppressions = readSuppressions(project.root, project.packages.map((unit) => unit.folder));
  const lines = createLineIndex(project);
  const isIncluded = ({ path }: SourceFile): boolean => !request.includes || request.includes(path);
  const sources = judgedFiles(project, judges).filter(isIncluded);
  const schemas = new Set(judges === 'source' && request.rules.some((rule) => rule.judgesSchemas) ? schemaFiles(project).filter(isIncluded) : []);
  const judged = [...sources, ...schemas].sort((a, b) => compareText(a.path, b.path));
  const ruleErrors: RuleError[] = [];
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const file of judged) {
    const selected = selectedFor(project.settingsOf(file.package)).filter(({ rule }) => !schemas.has(file) || rule.judgesSchemas);
    const rules = applyInlineRules(file, selected, byId, judges, ruleErrors);
    const found = numbered(rules.flatMap((rule) => findingsOf(project, file, rule, lines, ruleErrors)).sort(comparePlaces));
    for (const outcome of silenceFindings(project, judges, file, found, suppressions)) {
      if (outcome.by) silenced.push({ finding: outcome.finding, by: outcome.by, reason: outcome.reason });
      else findings.push(outcome.finding);
    }
  }
  return { findings, silenced, ruleErrors, rules: selectedFor(project.settings).map(({ rule }) => rule.id), judged: sources.map((file) => file.path) };
}

/** The rules of a run by the settings of a package; settings of all packages are looked at at once, so that a mistake in any stops the run. */
function ruleSelector(project: Project, request: CheckRequest, judges: NonNullable<Rule['judges']>): (settings: Settings) => readonly SelectedRule[] {
  const presets = presetsFor(judges, project.settings);
  const table = new Map<Settings, readonly SelectedRule[]>();
  const select = (settings: Settings): readonly SelectedRule[] => {
    const selected = table.get(settings) ?? selectRules(request.rules, settings, { presets, only: request.only, judges });
    table.set(settings, selected);
    return selected;
  };
  for (const unit of project.packages) select(project.settingsOf(unit));
  return select;
}

function findingsOf(project: Project, file: SourceFile, selected: SelectedRule, lines: LineIndex, errors: RuleError[]): Finding[] {
  try {
    return placeReports(file, selected, runRule(project, file, selected, lines));
  } catch (error) {
    errors.push(ruleError(selected.rule.id, file.path, error));
    return [];
  }
}

function ruleError(rule: string, path: string, error: unknown): RuleError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { rule, path, message, stack: stack ?? message };
}

/** `/* eslint backend-patterns/x: … *\/` turns rules off, on, or gives them options, for one file. */
function applyInlineRules(
  file: SourceFile,
  selected: readonly SelectedRule[],
  byId: ReadonlyMap<string, Rule>,
  judges: string,
  errors: RuleError[],
): SelectedRule[] {
  const inline = inlineRulesOf(file.facts.linterComments);
  if (inline.size === 0) return [...selected];
  const rules = new Map(selected.map((entry) => [RULE_PREFIX + entry.rule.id, entry]));
  for (const [id, { off, options }] of inline) {
    const rule = byId.get(id);
    if (!rule || (rule.judges ?? 'source') !== judges) continue;
    if (off) {
      rules.delete(id);
      continue;
    }
    try {
      rules.set(id, { rule, options: options ? optionsOf(rule, options) : rules.get(id)?.options ?? optionsOf(rule) });
    } catch (error) {
      errors.push(ruleError(rule.id, file.path, error));
    }
  }
  return [...rules.values()];
}

function numbered(findings: readonly Finding[]): Finding[] {
  const fingerprints = numberDuplicates(findings.map((finding) => finding.fingerprint));
  return findings.map((finding, index) => ({ ...finding, fingerprint: fingerprints[index] ?? finding.fingerprint }));
}

function comparePlaces(a: Finding, b: Finding): number {
  return a.start - b.start || compareText(a.rule, b.rule) || a.end - b.end || compareText(a.message, b.message);
}

type Outcome = { readonly finding: Finding; readonly by?: undefined } | { readonly finding: Finding; readonly by: Silencer; readonly reason: string };

/** In the order of ESLint: comments first, then bulk suppressions over what is left. */
function silenceFindings(
  project: Project,
  judges: NonNullable<Rule['judges']>,
  file: SourceFile,
  findings: readonly Finding[],
  suppressions: Suppressions,
): Outcome[] {
  if (findings.length === 0) return [];
  const directives = directivesOf(file.facts.linterComments, lineStartsOf(file.text));
  const strict = showsLowConfidence(project.settings, judges);
  const outcomes = findings.map((finding): Outcome => {
    if (finding.confidence === 'low' && !strict) return { finding, by: 'confidence', reason: `low confidence; the preset "${strictPreset(judges)}" shows it` };
    const directive = findSilencer(directives, RULE_PREFIX + finding.rule, finding);
    if (!directive) return { finding };
    const why = directive.justification ? `: ${directive.justification}` : '';
    return { finding, by: 'directive', reason: `eslint-${directive.kind} in line ${directive.line}${why}` };
  });
  const counts = new Map<string, number>();
  for (const { finding, by } of outcomes) {
    if (!by) counts.set(RULE_PREFIX + finding.rule, (counts.get(RULE_PREFIX + finding.rule) ?? 0) + 1);
  }
  const hidden = suppressedRules(suppressions, file.path, counts);
  return outcomes.map((outcome) => {
    if (outcome.by || !hidden.has(RULE_PREFIX + outcome.finding.rule)) return outcome;
    return { finding: outcome.finding, by: 'suppression', reason: 'eslint-suppressions.json' };
  });
}
