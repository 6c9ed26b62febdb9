import type { Node, RangeVar } from 'libpg-query';
import type { QualifiedName } from './statements.ts';

/** The strings of a list of String nodes. */
export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** `[schema, name]` as the parser lists it; a leading database name is dropped. */
export function nameOfPath(path: readonly string[]): QualifiedName {
  const [schema, name] = [path.at(-2), path.at(-1) ?? ''];
  return schema === undefined ? { name } : { schema, name };
}

export function nameOfRelation(relation: RangeVar | undefined): QualifiedName {
  const name = relation?.relname ?? '';
  return relation?.schemaname === undefined ? { name } : { schema: relation.schemaname, name };
}

/** A name given as a list of strings or as a type. */
export function nameOfObject(node: Node): QualifiedName {
  if ('List' in node) return nameOfPath(stringsOf(node.List.items));
  if ('TypeName' in node) return nameOfPath(stringsOf(node.TypeName.names));
  if ('String' in node) return { name: node.String.sval ?? '' };
  if ('RangeVar' in node) return nameOfRelation(node.RangeVar);
  if ('ObjectWithArgs' in node) return nameOfPath(stringsOf(node.ObjectWithArgs.objname));
  return { name: '' };
}

export function isTemporary(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp';
}

/** Name of the only column an expression refers to plainly: `a`, `t.a`. */
export function columnOf(node: Node | undefined): string | undefined {
  if (!node || !('ColumnRef' in node)) return undefined;
  return stringsOf(node.ColumnRef.fields).at(-1);
}

/** Calls `visit` for a node and for all nodes under it. */
export function walkTree(value: unknown, visit: (kind: string, node: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walkTree(item, visit);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) {
    if (/^[A-Z]/.test(key) && child !== null && typeof child === 'object') visit(key, child as Record<string, unknown>);
    walkTree(child, visit);
  }
}

/** Names of the columns an expression refers to, each once, in order. */
export function columnsIn(expression: Node | undefined): string[] {
  const names = new Set<string>();
  if (expression) {
    walkTree([expression], (kind, node) => {
      const name = kind === 'ColumnRef' ? stringsOf(node['fields'] as Node[]).at(-1) : undefined;
      if (name !== undefined) names.add(name);
    });
  }
  return [...names];
}

/** Text of a constant: numbers and strings; `true` and `false`; null for what is no constant and for NULL. */
export function constantOf(node: Node | undefined): string | null {
  if (!node) return null;
  if ('TypeCast' in node) return constantOf(node.TypeCast.arg);
  if (!('A_Const' in node)) return null;
  const { sval, ival, fval, boolval, isnull } = node.A_Const;
  if (isnull) return null;
  if (sval) return sval.sval ?? '';
  if (fval) return fval.fval ?? '';
  if (boolval) return String(boolval.boolval ?? false);
  return ival ? String(ival.ival ?? 0) : null;
}
