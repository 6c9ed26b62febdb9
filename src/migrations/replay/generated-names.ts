import type { ReplayedSchema } from '../replayed-schema.ts';
import { keyOf } from '../replayed-schema.ts';
import type { QualifiedName } from '../statements.ts';

/** Longest name the server keeps, in bytes. */
const LIMIT = 63;

/**
 * A name as the server makes it: `table_columns_label`, the longer of the two parts cut first (makeObjectName), numbered until `isTaken` says no.
 */
export function generatedName(table: string, columns: readonly string[], label: string, isTaken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = joinedName(table, columns.join('_'), attempt === 0 ? label : `${label}${attempt}`);
    if (!isTaken(name)) return name;
  }
}

function joinedName(first: string, second: string, label: string): string {
  const room = LIMIT - (label.length + 1) - (second === '' ? 0 : 1);
  let [a, b] = [Buffer.byteLength(first), Buffer.byteLength(second)];
  while (a + b > room) {
    if (a > b) a -= 1;
    else b -= 1;
  }
  return [clip(first, a), ...(second === '' ? [] : [clip(second, b)]), label].join('_');
}

function clip(text: string, bytes: number): string {
  let clipped = text;
  while (Buffer.byteLength(clipped) > bytes) clipped = [...clipped].slice(0, -1).join('');
  return clipped;
}

/** Whether a relation of this name is in the schema of another one. */
export function isRelationTaken(schema: ReplayedSchema, beside: QualifiedName, name: string): boolean {
  const key = keyOf(schema, { ...beside, name });
  return schema.tables.has(key) || schema.indexes.has(key) || schema.sequences.has(key) || schema.views.has(key);
}
