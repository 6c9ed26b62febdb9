import type { Project } from '../../project/project.ts';
import { findBase } from '../base/base-release.ts';
import { findReferences, hasDatabaseCode, searchedFiles, type ColumnTarget, type Reference } from './references.ts';

/** What needs a table or column while a migration runs. */
export interface Needs {
  /** Of the running release where it is known, then those that only the code at hand has. */
  readonly references: readonly Reference[];
  /** Who has the first of them: `the code`, `the running release (main at 1a2b3c4)`. */
  readonly who: string;
  /** False when all that is known is words in text, queries that select every column of a table, and scripts. */
  readonly isCertain: boolean;
  /** Files that were searched. */
  readonly searched: number;
  /** True where the merge base was searched as well. */
  readonly hasBase: boolean;
}

const CERTAIN = new Set<Reference['kind']>(['model', 'key', 'member', 'builder', 'sql', 'query']);

/** Undefined when no code here talks to a database: what needs the column is elsewhere. */
export function findNeeds(project: Project, target: ColumnTarget): Needs | undefined {
  const base = findBase(project);
  if (!hasDatabaseCode(project) && !(base && hasDatabaseCode(base.project))) return undefined;
  const running = base ? findReferences(base.project, target) : [];
  const seen = new Set(running.map(identity));
  const here = findReferences(project, target).filter((reference) => !seen.has(identity(reference)));
  const references = [...running, ...here];
  return {
    references,
    who: base && running.length > 0 ? `the running release (${base.ref}, merge base ${base.commit.slice(0, 7)})` : 'the code',
    // Scripts have often been run for the last time.
    isCertain: references.some(({ kind, path }) => CERTAIN.has(kind) && (project.files.get(path) ?? base?.project.files.get(path))?.role !== 'script'),
    searched: searchedFiles(project),
    hasBase: base !== undefined,
  };
}

/** Lines move between two states; what stands there tells. */
function identity({ path, kind, text }: Reference): string {
  return `${path} ${kind} ${text}`;
}

const SHOWN = 3;

/** `model User (prisma/schema.prisma:12), prisma.user.findMany (src/users.ts:3) and 4 more places`. */
export function wordReferences(references: readonly Reference[]): string {
  const shown = references.slice(0, SHOWN).map((reference) => `\`${reference.text.replaceAll('`', "'")}\` (${reference.path}:${reference.line})`);
  const rest = references.length - shown.length;
  if (rest > 0) shown.push(rest === 1 ? '1 more place' : `${rest} more places`);
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}

const WHAT: Readonly<Record<Reference['kind'], string>> = {
  model: 'declares it',
  key: 'names it',
  member: 'names it',
  builder: 'names it',
  sql: 'SQL names it',
  mentions: 'SQL mentions it',
  selectAll: 'selects every column',
  query: 'queries the table',
};

/** References as places of a finding: what stands there and what it does. */
export function relatedPlaces(references: readonly Reference[]) {
  return references.map(({ path, line, column, kind, text }) => ({ path, line, column, label: `${text} (${WHAT[kind]})` }));
}
