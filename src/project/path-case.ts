import { isForeignPath } from './api-responses.ts';
import { addTo } from './grouping.ts';
import { segmentAnchor, type PathAnchor } from './path-anchors.ts';
import { isPlainSegment, segmentsOf, wordsOf } from './path-words.ts';
import { defineView, type Project } from './project.ts';
import { routes, type Route } from './routes.ts';
import { isRpcStyle } from './rpc-paths.ts';
import type { PackageUnit, SourceFile } from './types.ts';

export const PATH_CASES = ['kebab-case', 'camelCase', 'snake_case', 'PascalCase'] as const;
export type PathCase = (typeof PATH_CASES)[number];

const FORMS: Readonly<Record<PathCase, RegExp>> = {
  'kebab-case': /^[a-z\d]+(?:-[a-z\d]+)+$/,
  camelCase: /^[a-z][a-z\d]*(?:[A-Z][A-Za-z\d]*)+$/,
  snake_case: /^[a-z\d]+(?:_[a-z\d]+)+$/,
  PascalCase: /^(?:[A-Z][a-z\d]*){2,}$/,
};

const WRITE: Readonly<Record<PathCase, (words: readonly string[]) => string>> = {
  'kebab-case': (words) => words.join('-'),
  camelCase: (words) => words.map((word, index) => (index === 0 ? word : capitalised(word))).join(''),
  snake_case: (words) => words.join('_'),
  PascalCase: (words) => words.map(capitalised).join(''),
};

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The case of a segment of several words; undefined for one word, and where several are mixed. */
export function caseOf(segment: string): PathCase | undefined {
  return PATH_CASES.find((name) => FORMS[name].test(segment));
}

/** A segment in another case. */
export function inCase(segment: string, style: PathCase): string {
  return WRITE[style](wordsOf(segment));
}

/** A segment of several words, where it is written first. */
export interface WordySegment {
  readonly segment: string;
  readonly case?: PathCase;
  readonly route: Route;
  readonly anchor: PathAnchor;
}

/** Segments of several words of the paths of a package, each place once. */
const wordySegments = defineView((project): ReadonlyMap<PackageUnit, readonly WordySegment[]> => {
  const table = new Map<PackageUnit, WordySegment[]>();
  const seen = new Set<string>();
  for (const route of routes(project)) {
    if ((route.kind !== 'rest' && route.kind !== 'page') || route.file.role !== 'source' || isForeignPath(route.path) || isRpcStyle(project, route)) continue;
    segmentsOf(route.path).forEach((segment, index) => {
      if (!isPlainSegment(segment) || wordsOf(segment).length < 2 || !/[-_]|[a-z][A-Z]/.test(segment)) return;
      const anchor = segmentAnchor(project, route, index);
      const key = `${anchor.file.path}#${anchor.exact ? anchor.start : ''} ${segment}`;
      if (seen.has(key) || anchor.file.role !== 'source') return;
      seen.add(key);
      const style = caseOf(segment);
      addTo(table, route.file.package, { segment, route, anchor, ...(style ? { case: style } : {}) });
    });
  }
  return table;
});

/** How the paths of a package are written. `clear` is false where there are too few of them to tell, and `kebab-case` stands in. */
export interface PathStyle {
  readonly case: PathCase;
  readonly clear: boolean;
  readonly count: number;
  readonly of: number;
}

const CLEAR_MAJORITY = 0.8;
const FEW = 5;

/** The case that the segments of a package keep, else that of the whole project; undefined where there is no majority. */
export function pathStyleOf(project: Project, unit: PackageUnit): PathStyle | undefined {
  const own = wordySegments(project).get(unit) ?? [];
  return majorityOf(own) ?? majorityOf([...wordySegments(project).values()].flat()) ?? defaultFor(own);
}

function majorityOf(segments: readonly WordySegment[]): PathStyle | undefined {
  const { counts, of } = countsOf(segments);
  const [first] = counts.sort((a, b) => b.count - a.count);
  const isClear = first && of > 0 && (first.count === of || (of >= FEW && first.count >= CLEAR_MAJORITY * of));
  return isClear ? { case: first.name, clear: true, count: first.count, of } : undefined;
}

/** With a handful of segments nobody has decided yet. */
function defaultFor(segments: readonly WordySegment[]): PathStyle | undefined {
  const { counts, of } = countsOf(segments);
  return of < FEW ? { case: 'kebab-case', clear: false, count: counts.find(({ name }) => name === 'kebab-case')?.count ?? 0, of } : undefined;
}

function countsOf(segments: readonly WordySegment[]) {
  const cases = new Map(segments.map((each) => [each.segment, each.case]));
  return { of: cases.size, counts: PATH_CASES.map((name) => ({ name, count: [...cases.values()].filter((style) => style === name).length })) };
}

/** Segments of several words by the file in which they are written. */
export const segmentsByFile = defineView((project): ReadonlyMap<SourceFile, readonly WordySegment[]> => {
  const table = new Map<SourceFile, WordySegment[]>();
  for (const segments of wordySegments(project).values()) for (const each of segments) addTo(table, each.anchor.file, each);
  return table;
});
