import { findDomain, findEnum, keyOf, type ReplayedColumn, type ReplayedSchema } from '../replayed-schema.ts';
import type { AlterDomainStatement, CreateDomainStatement, CreateTypeStatement, EnumValueStatement } from '../statements.ts';
import { generatedName } from './generated-names.ts';
import { placedName } from './tables.ts';

export function createType(schema: ReplayedSchema, statement: CreateTypeStatement, file: string): void {
  const name = placedName(schema, statement.type);
  schema.dropped.delete(keyOf(schema, name));
  if (statement.form === 'enum') {
    schema.enums.set(keyOf(schema, name), { name, values: (statement.values ?? []).map((value) => ({ value, addedIn: file })), createdIn: file });
  }
  if (statement.form !== 'composite') return;
  const columns = (statement.columns ?? []).map((column): [string, ReplayedColumn] => [
    column.name, { notNull: false, ...(column.type ? { type: column.type } : {}) },
  ]);
  schema.composites.set(keyOf(schema, name), new Map(columns));
}

export function changeEnum(schema: ReplayedSchema, statement: EnumValueStatement, file: string): void {
  const known = findEnum(schema, statement.type);
  if (!known) return;
  const { value, oldValue, neighbour, before } = statement;
  if (statement.action === 'rename') {
    const old = known.values.find((one) => one.value === oldValue);
    if (old) old.value = value;
    return;
  }
  if (known.values.some((one) => one.value === value)) return;
  const beside = known.values.findIndex((one) => one.value === neighbour);
  const at = beside === -1 ? known.values.length : beside + (before === true ? 0 : 1);
  known.values.splice(at, 0, { value, addedIn: file });
}

export function createDomain(schema: ReplayedSchema, statement: CreateDomainStatement, file: string): void {
  const name = placedName(schema, statement.domain);
  const checks = new Map<string, { valid: boolean }>();
  for (const constraint of statement.constraints) {
    if (constraint.kind !== 'check') continue;
    checks.set(constraint.name ?? generatedName(name.name, [], 'check', (taken) => checks.has(taken)), { valid: true });
  }
  schema.domains.set(keyOf(schema, name), {
    name,
    type: statement.type,
    notNull: statement.constraints.some(({ kind }) => kind === 'notNull'),
    hasDefault: statement.default !== undefined && !statement.default.isNull,
    checks,
    createdIn: file,
  });
}

export function changeDomain(schema: ReplayedSchema, { domain: name, action, constraint, constraintName }: AlterDomainStatement): void {
  const domain = findDomain(schema, name);
  if (!domain) return;
  if (action === 'setNotNull' || action === 'dropNotNull') domain.notNull = action === 'setNotNull';
  if (action === 'setDefault' || action === 'dropDefault') domain.hasDefault = action === 'setDefault';
  if (action === 'dropConstraint') domain.checks.delete(constraintName ?? '');
  if (action === 'validateConstraint' && domain.checks.has(constraintName ?? '')) domain.checks.set(constraintName ?? '', { valid: true });
  if (action !== 'addConstraint' || !constraint) return;
  if (constraint.kind === 'notNull') domain.notNull = true;
  if (constraint.kind !== 'check') return;
  const own = constraint.name ?? generatedName(domain.name.name, [], 'check', (taken) => domain.checks.has(taken));
  domain.checks.set(own, { valid: !constraint.notValid });
}
