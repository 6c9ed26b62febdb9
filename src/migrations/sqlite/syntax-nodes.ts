import type { Span } from '../../facts/types.ts';
import type { QualifiedName } from '../statements.ts';
import type { Node } from './sqlite-parser.ts';

/** Range of a node, in the text that was parsed. */
export function rangeOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** `x`, `main.x`; the schema `main` is the one that names without a schema mean. */
export function nameOf(node: Node | undefined): QualifiedName {
  if (node?.type === 'identifier') return { name: node.name };
  if (node?.type === 'string_literal') return { name: node.value };
  if (node?.type === 'alias') return nameOf(node.expr as Node);
  if (node?.type !== 'member_expr') return { name: '' };
  const { name } = nameOf(node.property as Node);
  const schema = nameOf(node.object as Node).name;
  return schema.toLowerCase() === 'main' ? { name } : { name, schema };
}

/** Nodes directly under a node, in the order of the text. */
function childrenOf(node: Node): Node[] {
  return Object.values(node as unknown as Record<string, unknown>).flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Calls `visit` for a node and all under it; where it answers false it goes no deeper. */
export function walkNodes(node: Node, visit: (node: Node) => boolean | void): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walkNodes(child, visit);
}

/** Names of columns that an expression reads, without their tables. */
export function columnsIn(node: Node | undefined): string[] {
  const columns = new Set<string>();
  if (!node) return [];
  walkNodes(node, (part) => {
    if (part.type === 'member_expr') {
      columns.add(nameOf(part.property as Node).name);
      return false;
    }
    if (part.type === 'func_call') {
      if (part.args) walkNodes(part.args, (argument) => collect(argument, columns));
      return false;
    }
    return collect(part, columns);
  });
  return [...columns];
}

function collect(part: Node, columns: Set<string>): boolean | void {
  if (part.type === 'identifier') columns.add(part.name);
  if (part.type === 'keyword' || part.type === 'data_type_name') return false;
  if (part.type === 'alias') {
    for (const column of columnsIn(part.expr as Node)) columns.add(column);
    return false;
  }
  if (part.type === 'member_expr' || part.type === 'func_call') {
    for (const column of columnsIn(part)) columns.add(column);
    return false;
  }
}
