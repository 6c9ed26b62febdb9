import {
  childrenOf, findDomain, findIndex, findTable, referencesTo, type ReplayedConstraint, type ReplayedIndex, type ReplayedSchema, type ReplayedTable,
} from '../replayed-schema.ts';
import type { ConstraintDefinition } from '../statements.ts';
import { generatedName } from './generated-names.ts';
import { addIndex, giveIndex, indexName, removeIndex } from './indexes.ts';

const LABELS: Readonly<Record<ConstraintDefinition['kind'], string>> = {
  check: 'check',
  foreignKey: 'fkey',
  unique: 'key',
  primaryKey: 'pkey',
  exclude: 'excl',
  notNull: 'not_null',
};

/** Adds a constraint under the name the server would give it, with its index, to the table and to those that inherit it. */
export function addConstraint(schema: ReplayedSchema, table: ReplayedTable, definition: ConstraintDefinition, file: string): void {
  const name = nameFor(schema, table, definition);
  const isKey = definition.kind === 'primaryKey';
  const usedIndex = definition.usingIndex === undefined ? undefined : findIndex(schema, { ...table.name, name: definition.usingIndex });
  const columns = usedIndex ? usedIndex.columns.slice(0, usedIndex.keyCount).flatMap((column) => column ?? []) : definition.columns;
  if (isKey || (definition.kind === 'notNull' && !definition.notValid)) {
    for (const column of columns) setNotNull(schema, table, column);
  }
  const index = usedIndex ? renamed(schema, usedIndex, name) : indexFor(schema, table, definition, name, file);
  table.constraints.set(name, lower(schema, table, definition, columns, file, index));
  const proves = definition.kind === 'notNull' ? columns : (definition.provesNotNull ?? []);
  const holds = { provesNotNull: proves, valid: !definition.notValid && definition.notEnforced !== true };
  if (proves.length > 0) table.checks.set(name, holds);
  if (definition.noInherit || definition.kind === 'unique' || isKey || definition.kind === 'exclude') return;
  for (const child of childrenOf(schema, table)) {
    if (definition.kind === 'foreignKey' && !table.partitioned) continue;
    if (!child.constraints.has(name)) addConstraint(schema, child, { ...definition, name }, file);
  }
}

function lower(
  schema: ReplayedSchema,
  table: ReplayedTable,
  definition: ConstraintDefinition,
  columns: readonly string[],
  file: string,
  index: ReplayedIndex | undefined,
): ReplayedConstraint {
  const target = definition.references && findTable(schema, definition.references);
  const parent = definition.references && (target ?? (definition.references.name === table.name.name ? table : undefined));
  const named = definition.referencedColumns ?? [];
  return {
    kind: definition.kind,
    columns,
    valid: !definition.notValid,
    enforced: definition.notEnforced !== true,
    noInherit: definition.noInherit === true,
    deferrable: definition.deferrable === true,
    ...(definition.expression ? { expression: definition.expression.text } : {}),
    ...(parent
      ? {
          references: {
            table: parent,
            columns: named.length > 0 ? named : primaryKeyOf(parent),
            onDelete: definition.onDelete ?? 'noAction',
            onUpdate: definition.onUpdate ?? 'noAction',
          },
        }
      : {}),
    ...(index ? { index } : {}),
    createdIn: file,
  };
}

export function primaryKeyOf(table: ReplayedTable): readonly string[] {
  return [...table.constraints.values()].find(({ kind }) => kind === 'primaryKey')?.columns ?? [];
}

function nameFor(schema: ReplayedSchema, table: ReplayedTable, definition: ConstraintDefinition): string {
  if (definition.name !== undefined) return definition.name;
  if (definition.usingIndex !== undefined) return definition.usingIndex;
  const label = LABELS[definition.kind];
  if (definition.kind === 'unique' || definition.kind === 'exclude') return indexName(schema, table, definition.columns, label);
  if (definition.kind === 'primaryKey') return indexName(schema, table, [], label);
  // A CHECK bears a column's name only if it reads that one alone.
  const words = definition.kind === 'check' && definition.columns.length !== 1 ? [] : definition.columns;
  return generatedName(table.name.name, words, label, (name) => table.constraints.has(name));
}

function indexFor(
  schema: ReplayedSchema,
  table: ReplayedTable,
  { kind, columns, included = [], nullsNotDistinct }: ConstraintDefinition,
  name: string,
  file: string,
): ReplayedIndex | undefined {
  if (kind !== 'unique' && kind !== 'primaryKey' && kind !== 'exclude') return undefined;
  const shape = {
    columns: [...columns, ...included],
    keyCount: columns.length,
    unique: kind !== 'exclude',
    method: kind === 'exclude' ? 'gist' : 'btree',
    ...(nullsNotDistinct ? { nullsNotDistinct } : {}),
  };
  const naming = { words: kind === 'primaryKey' ? [] : columns, label: LABELS[kind] };
  const index = addIndex(schema, table, name, shape, file, naming);
  giveToPartitions(schema, table, kind, index, file);
  return index;
}

/** The partitions' indexes have become constraints of theirs as well. */
function giveToPartitions(schema: ReplayedSchema, table: ReplayedTable, kind: ConstraintDefinition['kind'], index: ReplayedIndex, file: string): void {
  for (const child of childrenOf(schema, table).filter((one) => one.partitionOf === table)) {
    const own = [...schema.indexes.values()].find((candidate) => candidate.table === child && candidate.parent === index);
    if (!own) continue;
    const columns = index.columns.slice(0, index.keyCount).flatMap((column) => column ?? []);
    const plain = { kind, columns, valid: true, enforced: true, noInherit: false, deferrable: false, createdIn: file };
    child.constraints.set(own.name.name, { ...plain, index: own });
    giveToPartitions(schema, child, kind, own, file);
  }
}

/** What a new partition gets from the table above it: columns are there already. */
export function inheritConstraints(schema: ReplayedSchema, child: ReplayedTable, parent: ReplayedTable, file: string): void {
  for (const index of [...schema.indexes.values()].filter(({ table }) => table === parent)) {
    const owner = [...parent.constraints.values()].find((constraint) => constraint.index === index);
    const columns = index.columns.slice(0, index.keyCount).map((column) => column ?? 'expr');
    const label = owner ? LABELS[owner.kind] : 'idx';
    const own = giveIndex(schema, child, index, file, { words: owner?.kind === 'primaryKey' ? [] : columns, label });
    if (owner) child.constraints.set(own.name.name, { ...owner, index: own });
    if (owner?.kind === 'primaryKey') for (const column of owner.columns) setNotNull(schema, child, column);
  }
  for (const [name, constraint] of parent.constraints) {
    if (constraint.index || constraint.noInherit || child.constraints.has(name)) continue;
    if (constraint.kind === 'foreignKey' && child.partitionOf !== parent) continue;
    child.constraints.set(name, constraint);
    const check = parent.checks.get(name);
    if (check) child.checks.set(name, check);
  }
}

export function setNotNull(schema: ReplayedSchema, table: ReplayedTable, column: string): void {
  table.columns.set(column, { ...table.columns.get(column), notNull: true });
  for (const child of childrenOf(schema, table)) setNotNull(schema, child, column);
}

export function dropConstraint(schema: ReplayedSchema, table: ReplayedTable, name: string, cascade = false): void {
  const constraint = table.constraints.get(name);
  table.checks.delete(name);
  table.constraints.delete(name);
  if (constraint?.index) {
    const { index } = constraint;
    removeIndex(schema, index);
    if (cascade) dropReferencesThrough(schema, table, constraint);
  }
  for (const child of childrenOf(schema, table)) {
    const own = constraint?.index ? nameOfChild(child, constraint.index) : name;
    if (own !== undefined && child.constraints.has(own)) dropConstraint(schema, child, own, cascade);
  }
}

function nameOfChild(child: ReplayedTable, parent: ReplayedIndex): string | undefined {
  return [...child.constraints].find(([, { index }]) => index?.parent === parent)?.[0];
}

function dropReferencesThrough(schema: ReplayedSchema, table: ReplayedTable, { columns }: ReplayedConstraint): void {
  for (const { table: other, name, constraint } of referencesTo(schema, table)) {
    if (sameColumns(constraint.references?.columns ?? [], columns)) dropConstraint(schema, other, name);
  }
}

export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}

/** `USING INDEX` renames the index after the constraint. */
function renamed(schema: ReplayedSchema, index: ReplayedIndex, name: string): ReplayedIndex {
  if (index.name.name === name) return index;
  for (const [key, candidate] of schema.indexes) {
    if (candidate !== index) continue;
    schema.indexes.delete(key);
    schema.indexes.set(key.slice(0, key.lastIndexOf('.') + 1) + name, index);
    break;
  }
  index.name = { ...index.name, name };
  return index;
}

export function validateConstraint(schema: ReplayedSchema, table: ReplayedTable, name: string): void {
  const constraint = table.constraints.get(name);
  if (constraint) table.constraints.set(name, { ...constraint, valid: true });
  const check = table.checks.get(name);
  if (check) table.checks.set(name, { ...check, valid: true });
  if (constraint?.kind === 'notNull') for (const column of constraint.columns) setNotNull(schema, table, column);
  for (const child of childrenOf(schema, table)) if (child.constraints.has(name)) validateConstraint(schema, child, name);
}

/** Whether the domain of a column checks its values. */
export function isConstrainedDomain(schema: ReplayedSchema, type: { readonly schema?: string; readonly name: string } | undefined): boolean {
  const domain = type && findDomain(schema, type);
  return domain !== undefined && (domain.notNull || domain.checks.size > 0);
}
