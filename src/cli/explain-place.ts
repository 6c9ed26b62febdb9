import { rules } from '../../rules/index.ts';
import { symbolPath } from '../facts/symbols.ts';
import { checkProject } from '../findings/check.ts';
import { findOffset, lineStartsOf } from '../findings/place.ts';
import type { Span } from '../facts/types.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/types.ts';
import type { Paint } from '../report/run-report.ts';
import type { CommandInput } from './command.ts';
import { UsageError } from './exit-codes.ts';
import { callLines, guardLines, queryLines, reachedLines, routeLines } from './explain-facts.ts';
import { openFor } from './open.ts';
import { relativeToRoot } from './paths.ts';
import { layerOf } from '../project/layers.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** A place in a file, for what is asked about it. */
export interface AskedPlace {
  readonly project: Project;
  readonly file: SourceFile;
  readonly offset: number;
  /** The line, white space around it excluded. */
  readonly span: Span;
  readonly lineStarts: readonly number[];
}

/** What is believed about a place, in sections; a section about which there is nothing to say says so. */
export function explainPlace(place: Place, input: CommandInput): string {
  const project = openFor(input);
  const asked = askedPlace(project, place, input.cwd);
  const { file, offset } = asked;
  const label = layerOf(project, file);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['File', [`${file.path}: ${file.role}${file.package.name ? `, of package ${file.package.name}` : ''}`]],
    ['Layer', [`${label.layer} (${label.confidence} confidence)`, ...label.evidence]],
    ['Within', [symbolPath(file.facts, offset) || 'the top of the module']],
    ['Routes', routeLines(asked)],
    ['Queries', queryLines(asked)],
    ['Calls', callLines(asked)],
    ['The function reaches', reachedLines(asked)],
    ['Guards', guardLines(asked)],
    ['Findings', findingLines(asked)],
  ];
  return `${sections.map(([title, lines]) => section(title, lines, input.paint)).join('\n')}\n`;
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return [paint('bold', title), ...(lines.length > 0 ? lines : ['none']).map((line) => `  ${line}`)].join('\n');
}

function askedPlace(project: Project, place: Place, cwd: string): AskedPlace {
  const path = relativeToRoot(place.file, project.root, cwd);
  const file = project.files.get(path);
  if (!file) throw new UsageError(whyUnknown(project, path));
  const lineStarts = lineStartsOf(file.text);
  const start = findOffset(lineStarts, { line: place.line, column: 1 });
  if (start === undefined) throw new UsageError(`${path} has ${lineStarts.length} lines, not ${place.line}.`);
  const line = file.text.slice(start, lineStarts[place.line] ?? file.text.length);
  const span = { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
  const offset = place.column === undefined ? Math.min(span.start, start + line.length) : start + place.column - 1;
  return { project, file, offset, span: { start: Math.min(span.start, offset), end: Math.max(span.end, offset) }, lineStarts };
}

function whyUnknown(project: Project, path: string): string {
  const skipped = project.coverage.skipped.find((file) => file.path === path);
  if (skipped) return `${path} was skipped: ${skipped.reason}.`;
  return `${path} is no source file of the project (root: ${project.root}): it does not exist, is ignored, or is in no language that is read.`;
}

function findingLines({ project, file, span }: AskedPlace): string[] {
  const touches = (finding: Span): boolean => finding.start <= span.end && finding.end >= span.start;
  const result = checkProject(project, { rules, includes: (path) => path === file.path });
  const notJudged = result.judged.length === 0 ? [`not judged: rules judge source files, and this is taken for: ${file.role}`] : [];
  return [
    ...notJudged,
    ...result.findings.filter(touches).map(({ rule, message }) => `${rule}: ${message}`),
    ...result.silenced.filter(({ finding }) => touches(finding)).map(({ finding, reason }) => `${finding.rule}, silenced by ${reason}: ${finding.message}`),
    ...result.ruleErrors.map(({ rule, message }) => `rule ${rule} failed: ${message}`),
  ];
}
