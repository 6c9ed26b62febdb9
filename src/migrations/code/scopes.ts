import type { Cell, Scope, Value } from './values.ts';

/** Values that variables had before a branch that may not run. */
export type Journal = Map<Cell, Value>;

export function childScope(parent: Scope, self?: Value): Scope {
  return { cells: new Map(), parent, file: parent.file, ...(self ? { self } : {}) };
}

export function declare(scope: Scope, name: string, value: Value): void {
  scope.cells.set(name, { value });
}

export function findCell(scope: Scope, name: string): Cell | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const cell = at.cells.get(name);
    if (cell) return cell;
  }
  return undefined;
}

export function findSelf(scope: Scope): Value | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.self) return at.self;
  return undefined;
}

/** Writes a variable, and remembers in every open journal what it was. */
export function write(cell: Cell, value: Value, journals: readonly Journal[]): void {
  for (const journal of journals) if (!journal.has(cell)) journal.set(cell, cell.value);
  cell.value = value;
}

/** Takes the writes of a branch back and gives what they were. */
export function takeBack(journal: Journal): Journal {
  const written: Journal = new Map();
  for (const [cell, before] of journal) {
    written.set(cell, cell.value);
    cell.value = before;
  }
  return written;
}
