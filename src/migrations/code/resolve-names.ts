import type { Interpreter } from './interpreter.ts';
import { normalise, type ModuleOutline } from './modules.ts';
import { declare, findCell } from './scopes.ts';
import { findNative, NATIVE_MODULES } from './natives.ts';
import { boolean, list, NULL, number, record, text, UNDEFINED, unknown, type Place, type Scope, type Value } from './values.ts';

/** Value of a name: a variable, else a declaration or an import of the file (evaluated when first asked), else something built in. */
export function resolveName(it: Interpreter, name: string, scope: Scope, at: Place): Value {
  const cell = findCell(scope, name);
  if (cell) return cell.value;
  const outline = it.modules.open(scope.file);
  const found = outline && (declared(it, outline, name, rootOf(scope)) ?? imported(it, outline, name, at));
  if (found) return found;
  if (name === '__dirname') return text(scope.file.split('/').slice(0, -1).join('/'));
  if (name === '__filename') return text(scope.file);
  return findNative(name) ?? unknown(`\`${name}\` is not defined in the file`, at);
}

function rootOf(scope: Scope): Scope {
  return scope.parent ? rootOf(scope.parent) : scope;
}

function declared(it: Interpreter, outline: ModuleOutline, name: string, root: Scope): Value | undefined {
  const { ts: tsc } = it;
  const node = outline.declarations.get(name);
  if (!node) return undefined;
  // A declaration that needs itself is not constant; without this it would never end.
  const at = { file: outline.path, start: node.getStart(), end: node.getEnd() };
  declare(root, name, unknown(`\`${name}\` is used before it has a value`, at));
  if (tsc.isFunctionDeclaration(node)) declare(root, name, { kind: 'function', node, scope: root });
  else if (tsc.isClassDeclaration(node)) declare(root, name, { kind: 'class', node, scope: root });
  else if (tsc.isEnumDeclaration(node)) declare(root, name, enumOf(it, node, root));
  else it.bind(node.name, node.initializer ? it.evaluate(node.initializer, root) : UNDEFINED, root);
  return root.cells.get(name)?.value;
}

function enumOf(it: Interpreter, node: Parameters<typeof it.ts.isEnumDeclaration>[0], scope: Scope): Value {
  const result = record();
  if (!it.ts.isEnumDeclaration(node)) return result;
  let next = 0;
  for (const member of node.members) {
    const value = member.initializer ? it.evaluate(member.initializer, scope) : number(next);
    if (value.kind === 'number') next = value.value + 1;
    result.entries.set(it.ts.isComputedPropertyName(member.name) ? member.name.getText() : member.name.text, value);
  }
  return result;
}

function imported(it: Interpreter, outline: ModuleOutline, local: string, at: Place): Value | undefined {
  const entry = outline.imports.get(local);
  if (!entry) return undefined;
  const module = requireModule(it, entry.specifier, outline.path, at);
  if (entry.name === '*') return module;
  if (entry.name === 'default' && module.kind !== 'module') return module.kind === 'record' ? (module.entries.get('default') ?? module) : module;
  return it.member(module, entry.name, at);
}

/** What `require` gives for a specifier. */
export function requireModule(it: Interpreter, specifier: string, from: string, at: Place): Value {
  const own = it.run.table.modules[specifier];
  if (own) return own;
  const native = specifier.replace(/^node:/, '');
  if (NATIVE_MODULES.has(native)) return { kind: 'native', name: native };
  const path = it.modules.resolve(specifier, from);
  if (path === undefined) return unknown(`\`${specifier}\` is not followed`, at);
  if (path.endsWith('.json')) return jsonOf(it.modules.read(path), at);
  return { kind: 'module', path };
}

function jsonOf(source: string | undefined, at: Place): Value {
  try {
    return fromJson(JSON.parse(source ?? ''));
  } catch {
    return unknown('a JSON file that cannot be read', at);
  }
}

function fromJson(value: unknown): Value {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return boolean(value);
  if (Array.isArray(value)) return list(value.map(fromJson));
  if (typeof value !== 'object' || value === null) return NULL;
  return record(Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromJson(entry)])));
}

/** An export of a file; `*` is `module.exports` as a whole. */
export function exportOf(it: Interpreter, path: string, name: string, at: Place): Value | undefined {
  const outline = it.modules.open(path);
  if (!outline) return undefined;
  const root = fileScope(it, path);
  const found = outline.exports.get(name);
  if (found !== undefined) return typeof found === 'string' ? resolveName(it, found, root, at) : it.evaluate(found, root);
  for (const { specifier, name: original, as } of outline.reExports) {
    if (as !== name && as !== '*') continue;
    const module = requireModule(it, specifier, path, at);
    const value = original === '*' && as !== '*' ? module : it.member(module, as === '*' ? name : original, at);
    if (value.kind !== 'undefined' && value.kind !== 'unknown') return value;
  }
  if (!outline.whole) return name === 'default' && outline.exports.size > 0 ? { kind: 'module', path } : undefined;
  const whole = it.evaluate(outline.whole, root);
  return name === '*' || name === 'default' ? whole : it.member(whole, name, at);
}

/** Top scope of a file; every function of the file sees the same. */
export function fileScope(it: Interpreter, path: string): Scope {
  const scopes = (it.run.memory.get('file scopes') ?? new Map()) as Map<string, Scope>;
  it.run.memory.set('file scopes', scopes);
  const known = scopes.get(path);
  if (known) return known;
  const scope: Scope = { cells: new Map(), file: path };
  scopes.set(path, scope);
  return scope;
}

export function joinFolders(parts: readonly string[]): string {
  return normalise(parts.flatMap((part) => part.split('/')));
}
