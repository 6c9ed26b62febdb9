import type {
  AssignmentTarget,
  CallExpression,
  Expression,
  ImportDeclaration,
  ImportExpression,
  ModuleExportName,
  Statement,
  StringLiteral,
  TSImportEqualsDeclaration,
  TSTypeName,
} from 'oxc-parser';
import { constantText } from './keys.ts';
import { declareValue } from './scopes.ts';
import { addValue, here, lowerExpression } from './state.ts';
import type { Lowering } from './state.ts';
import type { BindingId, ImportFact, ImportId, ImportUse, Span, ValueId } from './types.ts';

type Source = Pick<StringLiteral, 'start' | 'end'>;

export function addImport(state: Lowering, { start, end }: Span, source: string, at: Source, form: ImportFact['form'], use: ImportUse): ImportId {
  const sourceSpan = { start: at.start + 1, end: at.end - 1 };
  return state.imports.push({ start, end, source, form, use, sourceSpan, region: here(state), names: [] }) - 1;
}

export const textOf = (name: ModuleExportName): string => (name.type === 'Literal' ? name.value : name.name);

/** Declares what a module imports. How each import is used is settled when the file has been walked. */
export function declareImports(state: Lowering, nodes: readonly Statement[]): void {
  for (const node of nodes) {
    if (node.type === 'ImportDeclaration') declareImport(state, node);
  }
}

function declareImport(state: Lowering, node: ImportDeclaration): void {
  state.esm = true;
  const { specifiers } = node;
  const areTypes = specifiers.length > 0 && specifiers.every(specifier => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');
  const isType = node.importKind === 'type' || areTypes;
  const use = isType ? 'type' : specifiers.length === 0 ? 'sideEffect' : 'runtime';
  const id = addImport(state, node, node.source.value, node.source, 'esm', use);
  const names: { imported: string; binding: BindingId }[] = [];
  for (const specifier of specifiers) {
    const binding = declareValue(state, specifier.local, 'import');
    const imported = specifier.type === 'ImportSpecifier' ? textOf(specifier.imported) : specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
    state.bindings[binding]!.import = { import: id, imported };
    names.push({ imported, binding });
  }
  state.imports[id]!.names = names;
}

/** Settles which imports survive to run time. Compilers drop an import that is used only as a type; plain JavaScript drops none. */
export function settleImportUses(state: Lowering): void {
  if (!state.typescript) return;
  for (const fact of state.imports) {
    if (fact.use !== 'runtime' || fact.names.length === 0) continue;
    if (fact.names.some(({ binding }) => state.bindings[binding]!.valueUses > 0)) continue;
    fact.use = fact.names.some(({ binding }) => state.metadataBindings.has(binding)) ? 'metadata' : 'elided';
  }
}

/** `require('x')`; undefined when `require` is a local name or its argument is no constant. */
export function lowerRequire(state: Lowering, node: CallExpression): ValueId | undefined {
  const argument = node.arguments[0];
  if (node.arguments.length !== 1 || !argument || argument.type === 'SpreadElement' || state.valueNames.has('require')) return undefined;
  const source = constantText(argument);
  if (source === undefined) return undefined;
  return addValue(state, { kind: 'required', start: node.start, end: node.end, import: addImport(state, node, source, argument, 'require', 'runtime') });
}

export function lowerDynamicImport(state: Lowering, node: ImportExpression): ValueId {
  const { start, end } = node;
  const source = constantText(node.source);
  if (source === undefined) {
    lowerExpression(state, node.source);
    return addValue(state, { kind: 'opaque', start, end });
  }
  return addValue(state, { kind: 'required', start, end, import: addImport(state, node, source, node.source, 'dynamic', 'runtime') });
}

/** `import x = require('y')` and `import x = A.B`. */
export function lowerImportEquals(state: Lowering, node: TSImportEqualsDeclaration): void {
  const id = state.valueNames.get(node.id.name);
  if (id === undefined) return;
  const binding = state.bindings[id]!;
  const { moduleReference } = node;
  if (moduleReference.type !== 'TSExternalModuleReference') {
    binding.kind = 'const';
    binding.value = lowerEntity(state, moduleReference);
    return;
  }
  const source = moduleReference.expression;
  const required = addImport(state, node, source.value, source, 'require', node.importKind === 'type' ? 'type' : 'runtime');
  state.imports[required]!.names = [{ imported: 'export=', binding: id }];
  binding.import = { import: required, imported: 'export=' };
  binding.value = addValue(state, { kind: 'required', start: moduleReference.start, end: moduleReference.end, import: required });
}

function lowerEntity(state: Lowering, node: TSTypeName): ValueId {
  if (node.type !== 'TSQualifiedName') return lowerExpression(state, node);
  const object = lowerEntity(state, node.left);
  return addValue(state, { kind: 'member', start: node.start, end: node.end, object, property: node.right.name, propertyStart: node.right.start });
}

/** Name that an assignment target gives a CommonJS export: `module.exports` is `export=`, `exports.a` and `module.exports.a` are `a`. */
export function findCommonJsExport(state: Lowering, node: AssignmentTarget): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  if (isModuleExports(state, node)) return 'export=';
  const { object } = node;
  const isExports = object.type === 'Identifier' && object.name === 'exports' && !state.valueNames.has('exports');
  return isExports || isModuleExports(state, object) ? node.property.name : undefined;
}

function isModuleExports(state: Lowering, node: Expression): boolean {
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return false;
  return node.object.name === 'module' && node.property.name === 'exports' && !state.valueNames.has('module');
}
