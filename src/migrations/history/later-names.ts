import type { MigrationAnalysis } from '../analyze.ts';
import { flatten } from '../flatten.ts';
import type { Statement } from '../statements.ts';

/** Where a name comes to be: the position of the file in its folder, then the offset in the file. */
interface Birth {
  readonly position: number;
  readonly start: number;
}

interface FolderNames {
  readonly positions: ReadonlyMap<string, number>;
  readonly births: ReadonlyMap<string, readonly Birth[]>;
}

const known = new WeakMap<MigrationAnalysis, readonly FolderNames[]>();

/** What is dropped or renamed at a place of the history: a table, or a column of it. */
export interface NamedPlace {
  readonly path: string;
  readonly start: number;
  readonly table: string;
  readonly column?: string;
}

/** Whether a later statement brings the name back: code that uses it then means the new one. */
export function isNamedLater(analysis: MigrationAnalysis, { path, start, table, column }: NamedPlace): boolean {
  const folders = known.get(analysis) ?? namesByFolder(analysis);
  known.set(analysis, folders);
  const folder = folders.find(({ positions }) => positions.has(path));
  const position = folder?.positions.get(path);
  if (!folder || position === undefined) return false;
  const isLater = (birth: Birth): boolean => birth.position > position || (birth.position === position && birth.start > start);
  const own = folder.births.get(keyOf(table, column))?.some(isLater) ?? false;
  // A table that is made anew has its columns anew; which, the statement may not say (`CREATE TABLE … AS`, a renamed table).
  return own || (column !== undefined && (folder.births.get(keyOf(table, '*'))?.some(isLater) ?? false));
}

function keyOf(table: string, column?: string): string {
  return (column === undefined ? table : `${table}.${column}`).toLowerCase();
}

function namesByFolder({ folders, files }: MigrationAnalysis): FolderNames[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return folders.map((folder) => {
    const positions = new Map(folder.files.map(({ path }, position) => [path, position]));
    const births = new Map<string, Birth[]>();
    for (const [path, position] of positions) {
      for (const statement of byPath.get(path)?.statements.flatMap(flatten) ?? []) {
        for (const key of namesMadeBy(statement)) {
          const list = births.get(key) ?? [];
          list.push({ position, start: statement.start });
          births.set(key, list);
        }
      }
    }
    return { positions, births };
  });
}

function namesMadeBy(statement: Statement): string[] {
  if (statement.kind === 'createTable') {
    const { table, columns, fromQuery, like } = statement;
    const all = fromQuery || like.length > 0 ? [keyOf(table.name, '*')] : [];
    return [keyOf(table.name), ...columns.map((column) => keyOf(table.name, column.name)), ...all];
  }
  if (statement.kind === 'createView') return [keyOf(statement.view.name), keyOf(statement.view.name, '*')];
  if (statement.kind === 'rename' && statement.object === 'table') return [keyOf(statement.to), keyOf(statement.to, '*')];
  if (statement.kind === 'rename' && statement.object === 'column') return [keyOf(statement.target.name, statement.to)];
  if (statement.kind !== 'alterTable') return [];
  return statement.commands.flatMap((command) => (command.kind === 'addColumn' ? [keyOf(statement.table.name, command.column.name)] : []));
}
