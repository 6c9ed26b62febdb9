import type { ExportAllDeclaration, ExportDefaultDeclaration, ExportNamedDeclaration, Expression, TSExportAssignment } from 'oxc-parser';
import { lowerClassValue, lowerNamed } from './classes.ts';
import { lowerFunctionValue } from './functions.ts';
import { addImport, textOf } from './modules.ts';
import { declarePattern } from './scopes.ts';
import { lowerExpression, lowerStatement } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import type { BindingId, ExportFact, Span, ValueId } from './types.ts';

export function lowerExportNamed(state: Lowering, node: ExportNamedDeclaration): undefined {
  const { declaration } = node;
  if (declaration) lowerStatement(state, declaration);
  if (state.inNamespace) return;
  state.esm = true;
  if (!declaration) {
    lowerExportSpecifiers(state, node);
    return;
  }
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) for (const binding of declarePattern(state, id, 'const')) exportBinding(state, binding);
    return;
  }
  if (!('id' in declaration) || declaration.id?.type !== 'Identifier') return;
  const { name } = declaration.id;
  const isType = declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration';
  const binding = (isType ? state.typeNames : state.valueNames).get(name);
  if (binding !== undefined && !isExported(state, binding, name)) exportBinding(state, binding);
}

/** Overloads and merged declarations are exported once. */
function isExported(state: Lowering, binding: BindingId, name: string): boolean {
  return state.exports.some(fact => fact.binding === binding && fact.name === name);
}

function exportBinding(state: Lowering, binding: BindingId): void {
  const { name, start, end, kind } = state.bindings[binding]!;
  state.exports.push(kind === 'type' ? { start, end, name, typeOnly: true, binding } : { start, end, name, binding });
}

export function lowerExportDefault(state: Lowering, node: ExportDefaultDeclaration): undefined {
  state.esm = true;
  const { start, end, declaration } = node;
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
      if (declaration.id) {
        lowerStatement(state, declaration);
        if (!isExported(state, state.valueNames.get(declaration.id.name) ?? -1, 'default')) exportDefaultName(state, node, declaration.id.name);
        return;
      }
  }
  if (declaration.type === 'Identifier' && !state.valueNames.has(declaration.name) && state.typeNames.has(declaration.name)) {
    return exportDefaultName(state, node, declaration.name);
  }
  state.exports.push({ start, end, name: 'default', value: lowerDefault(state, declaration) });
}

function exportDefaultName(state: Lowering, { start, end }: ExportDefaultDeclaration, name: string): undefined {
  const value = state.valueNames.get(name);
  const type = state.typeNames.get(name);
  if (value !== undefined) state.exports.push({ start, end, name: 'default', binding: value });
  else if (type !== undefined && type >= 0) {
    state.bindings[type]!.typeUses++;
    state.exports.push({ start, end, name: 'default', typeOnly: true, binding: type });
  }
}

function lowerDefault(state: Lowering, node: ExportDefaultDeclaration['declaration']): ValueId {
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction') return lowerFunctionValue(state, node, { kind: 'function', name: 'default' });
  if (node.type === 'ClassDeclaration') return lowerClassValue(state, node, 'default');
  return lowerNamed(state, node as Expression, 'default');
}

export function lowerExportAssignment(state: Lowering, node: TSExportAssignment): void {
  const value = lowerExpression(state, node.expression);
  state.exports.push({ start: node.start, end: node.end, name: 'export=', value });
}

export function lowerExportAll(state: Lowering, node: ExportAllDeclaration): void {
  state.esm = true;
  const isType = node.exportKind === 'type';
  const { start, end, exported } = node;
  const from = { import: addImport(state, node, node.source.value, node.source, 'reexport', isType ? 'type' : 'runtime'), imported: '*' };
  const name = exported ? textOf(exported) : '*';
  state.exports.push(isType ? { start, end, name, typeOnly: true, from } : { start, end, name, from });
}

/** `export { a as b }` and `export { a as b } from 'x'`. */
export function lowerExportSpecifiers(state: Lowering, node: ExportNamedDeclaration): void {
  const { source, specifiers } = node;
  const isType = node.exportKind === 'type' || (specifiers.length > 0 && specifiers.every(specifier => specifier.exportKind === 'type'));
  const from = source ? addImport(state, node, source.value, source, 'reexport', isType ? 'type' : 'runtime') : undefined;
  for (const specifier of specifiers) {
    const { start, end, local } = specifier;
    const name = textOf(specifier.exported);
    const typeOnly = isType || specifier.exportKind === 'type';
    if (from === undefined) {
      exportLocal(state, { start, end }, name, textOf(local), typeOnly);
      continue;
    }
    const fact: Draft<ExportFact> = { start, end, name, from: { import: from, imported: textOf(local) } };
    if (typeOnly) fact.typeOnly = true;
    state.exports.push(fact);
  }
}

/** Exports a local name: what it is as a value, and what it is as a type where that is something else. */
function exportLocal(state: Lowering, { start, end }: Span, name: string, local: string, typeOnly: boolean): void {
  const value = state.valueNames.get(local);
  const type = state.typeNames.get(local);
  if (value !== undefined) {
    state.bindings[value]![typeOnly ? 'typeUses' : 'valueUses']++;
    state.exports.push(typeOnly ? { start, end, name, typeOnly: true, binding: value } : { start, end, name, binding: value });
  }
  if (type === undefined || type < 0 || type === value) return;
  state.bindings[type]!.typeUses++;
  state.exports.push({ start, end, name, typeOnly: true, binding: type });
}
