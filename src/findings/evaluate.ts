import { symbolPath } from '../facts/symbols.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import type { Settings } from '../settings/settings.ts';
import type { Rule } from './define-rule.ts';
import { presetsFor, strictPreset, type SelectedRule } from './rule-selection.ts';
import { fingerprintOf } from './fingerprint.ts';
import { wordMessage, wordTrail, type MessageData } from './messages.ts';
import { lineStartsOf, placeAt } from './place.ts';
import type { Finding, Report } from './types.ts';

/** A report with its data complete and its trail placed; what every adapter starts from. */
export interface WordedReport {
  readonly report: Report;
  readonly data: MessageData;
  readonly message: string;
  readonly trail: Finding['trail'];
}

/** Reads line starts of the project's files, each once. */
export type LineIndex = (path: string) => readonly number[];

/** Line starts by path, for the time of one run: texts may change between runs. */
export function createLineIndex(project: Project): LineIndex {
  const known = new Map<string, readonly number[]>();
  return (path) => {
    const starts = known.get(path) ?? lineStartsOf(project.files.get(path)?.text ?? '');
    known.set(path, starts);
    return starts;
  };
}

/** Whether findings of low confidence are shown: by the strict preset of a kind of file alone. */
export function showsLowConfidence(settings: Settings, judges: NonNullable<Rule['judges']>): boolean {
  return presetsFor(judges, settings).includes(strictPreset(judges));
}

/** Runs one rule over one file. What the rule throws goes through. */
export function runRule(project: Project, file: SourceFile, { rule, options }: SelectedRule, lines: LineIndex): WordedReport[] {
  const reports: WordedReport[] = [];
  rule.check({
    file,
    project,
    settings: project.settingsOf(file.package),
    options,
    report(report) {
      const trail = (report.trail ?? []).map((step) => ({ ...step, ...placeAt(lines(step.path), step.start) }));
      const data = { trail: wordTrail(trail), ...report.data };
      reports.push({ report, data, message: wordMessage(rule.messages, report.messageId, data), trail });
    },
  });
  return reports;
}

/** Places worded reports of one file: lines, columns and fingerprints. */
export function placeReports(file: SourceFile, { rule }: SelectedRule, reports: readonly WordedReport[]): Finding[] {
  if (reports.length === 0) return [];
  const text = file.text;
  const starts = lineStartsOf(text);
  return reports.map(({ report, data, message, trail }) => {
    const { start, end } = report.at;
    const plan = data['plan'];
    const from = placeAt(starts, start);
    const to = placeAt(starts, end);
    return {
      rule: rule.id,
      messageId: report.messageId,
      message,
      path: file.path,
      start,
      end,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      confidence: report.confidence ?? 'high',
      ...(typeof plan === 'string' && plan !== '' ? { plan } : {}),
      trail,
      ...(report.related?.length ? { related: report.related } : {}),
      suggestions: (report.suggestions ?? []).map(({ messageId, data, edits }) => ({ message: wordMessage(rule.messages, messageId, data), edits })),
      fingerprint: fingerprintOf({ rule: rule.id, symbol: symbolPath(file.facts, start), code: text.slice(start, end) }),
    };
  });
}
