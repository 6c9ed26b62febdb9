import type { ts } from 'ts-morph';
import { propertyName } from './expression-parts.ts';
import type { Interpreter } from './interpreter.ts';
import { ANY } from './renderers.ts';
import { exportOf } from './resolve-names.ts';
import { childScope } from './scopes.ts';
import { number, UNDEFINED, unknown, type BuilderValue, type ClassValue, type InstanceValue, type Place, type Value } from './values.ts';

/** A property of a value. */
export function memberOf(it: Interpreter, object: Value, name: string, at: Place): Value {
  switch (object.kind) {
    case 'record':
      return object.entries.get(name) ?? object.open ?? UNDEFINED;
    case 'builder':
      return builderMember(it, object, name);
    case 'member':
      return { kind: 'member', root: object.root, steps: [...object.steps, { name }], at };
    case 'module':
      return exportOf(it, object.path, name, at) ?? unknown(`\`${name}\` is not exported by ${object.path}`, at);
    case 'instance':
      return instanceMember(it, object, name) ?? UNDEFINED;
    case 'class':
      return classMember(it, object, name, true, object) ?? unknown(`\`${name}\` is not a static member`, at);
    case 'native':
      return nativeMember(object.name, name, at);
    case 'text':
      return name === 'length' && !object.holes ? number(object.text.length) : unknown(`\`${name}\` of a text`, at);
    case 'list':
      return name === 'length' ? number(object.items.length) : unknown(`\`${name}\` of a list`, at);
    case 'unknown':
      return object;
    case 'null':
    case 'undefined':
      return UNDEFINED;
    default:
      return unknown(`\`${name}\``, at);
  }
}

function builderMember(it: Interpreter, object: BuilderValue, name: string): Value {
  const properties = it.run.table.properties?.[object.type];
  const property = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const any = properties?.[ANY];
  return property ? property(object, name) : any ? any(object, name) : { kind: 'method', self: object, name };
}

function nativeMember(object: string, name: string, at: Place): Value {
  if (object === 'process' && name === 'env') return { kind: 'native', name: 'process.env' };
  if (object === 'process.env') return unknown(`the environment variable \`${name}\``, at);
  if (object === 'path' && name === 'sep') return { kind: 'text', text: '/' };
  return { kind: 'native', name: `${object}.${name}` };
}

export function instanceMember(it: Interpreter, object: InstanceValue, name: string): Value | undefined {
  const known = object.fields.get(name);
  if (known) return known;
  const own = classMember(it, object.of, name, false, object);
  if (own) {
    object.fields.set(name, own);
    return own;
  }
  return object.base ? builderMember(it, object.base, name) : undefined;
}

/** A member written in the class or in one of its base classes of the program. */
export function classMember(it: Interpreter, { node, scope }: ClassValue, name: string, isStatic: boolean, self: Value): Value | undefined {
  const { ts: tsc } = it;
  const inner = childScope(scope, self);
  for (const member of node.members) {
    if (!member.name || isStaticMember(member, tsc) !== isStatic || propertyName(it, member.name, scope) !== name) continue;
    if (tsc.isMethodDeclaration(member)) return { kind: 'function', node: member, scope: inner, self };
    if (tsc.isPropertyDeclaration(member)) return member.initializer ? it.evaluate(member.initializer, inner) : UNDEFINED;
    if (tsc.isGetAccessorDeclaration(member)) return it.invoke({ kind: 'function', node: member, scope: inner, self }, [], { at: placeIn(member, scope.file), name });
  }
  const base = baseOf(it, { kind: 'class', node, scope });
  return base?.kind === 'class' ? classMember(it, base, name, isStatic, self) : undefined;
}

function placeIn(node: ts.Node, file: string): Place {
  return { file, start: node.getStart(), end: node.getEnd() };
}

function isStaticMember(member: ts.ClassElement, tsc: Interpreter['ts']): boolean {
  return tsc.canHaveModifiers(member) && (tsc.getModifiers(member) ?? []).some(({ kind }) => kind === tsc.SyntaxKind.StaticKeyword);
}

/** What a class extends. */
export function baseOf(it: Interpreter, { node, scope }: ClassValue): Value | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === it.ts.SyntaxKind.ExtendsKeyword);
  const [base] = clause?.types ?? [];
  return base ? it.evaluate(base.expression, scope) : undefined;
}

export function instantiate(it: Interpreter, of: ClassValue): InstanceValue {
  let base: Value | undefined = of;
  for (let depth = 0; base?.kind === 'class' && depth < 8; depth += 1) base = baseOf(it, base);
  const { self } = it.run.table;
  return { kind: 'instance', of, fields: new Map(), ...(self && base ? { base: self } : {}) };
}
