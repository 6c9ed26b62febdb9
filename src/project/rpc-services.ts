import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { FunctionRef, Origin, Site } from './origins.ts';
import type { Project } from './project.ts';
import { readFileDescriptor } from './proto-descriptor.ts';
import { effectOf, meaningsOf } from './recognise.ts';
import { handlerAt, type Handler } from './route-handlers.ts';
import { readPath } from './route-paths.ts';
import type { Span } from '../facts/types.ts';
import type { SourceFile } from './types.ts';

/** A service as clients name it. */
export interface RpcService {
  /** With its package, where that can be read: `shop.orders.v1.OrderService`. */
  readonly name: string;
  /** Whether it is the name of the type, not only the one that code gives it. */
  readonly known: boolean;
  /** Names of the methods by the key that implements each; absent when they cannot be read. */
  readonly methods?: ReadonlyMap<string, string>;
}

/** A function that implements a method. */
export interface RpcMethod extends Handler {
  readonly key: string;
  readonly file: SourceFile;
  /** The key or the name of the member. */
  readonly span: Span;
}

/** The service behind a generated value: a descriptor (protobuf-es 2), an object with its type name (protobuf-es 1), or else a name. */
export function rpcServiceAt(project: Project, site: Site): RpcService | undefined {
  return describedService(project, site) ?? typedService(project, site) ?? namedService(site);
}

/** `serviceDesc(file_shop_orders, 0)`. */
function describedService(project: Project, site: Site): RpcService | undefined {
  const { linker, recogniser } = project;
  const at = definitionOf(linker, site);
  const call = at.file.facts.values[at.value];
  const service = effectOf(meaningsOf(linker, recogniser, at), 'serviceDescriptor')?.effect;
  if (call?.kind !== 'call' || !service) return undefined;
  const described = definitionOf(linker, { file: at.file, value: call.args[service.file] ?? -1 });
  const inner = described.file.facts.values[described.value];
  const file = effectOf(meaningsOf(linker, recogniser, described), 'fileDescriptor')?.effect;
  if (inner?.kind !== 'call' || !file) return undefined;
  const [text = ''] = readPath(linker, { file: described.file, value: inner.args[file.argument] ?? -1 })?.texts ?? [];
  const index = at.file.facts.values[call.args[service.index] ?? -1];
  const proto = readFileDescriptor(text);
  const found = index?.kind === 'literal' && typeof index.value === 'number' ? proto?.services[index.value] : undefined;
  if (!proto || !found) return undefined;
  const name = proto.package === '' ? found.name : `${proto.package}.${found.name}`;
  return { name, known: true, methods: new Map(found.methods.map((method) => [keyOf(method), method])) };
}

function keyOf(method: string): string {
  return method.charAt(0).toLowerCase() + method.slice(1);
}

/** `{ typeName: 'shop.orders.v1.OrderService', methods: { list: { name: 'List', … } } }`. */
function typedService(project: Project, site: Site): RpcService | undefined {
  const { linker } = project;
  const object = objectAt(linker, site);
  const name = object && textOf(project, object, 'typeName');
  if (!object || name === undefined) return undefined;
  const methods = propertyOf(object, 'methods');
  const record = methods && objectAt(linker, { file: object.file, value: methods.value });
  const fact = record?.file.facts.values[record.value];
  if (!record || fact?.kind !== 'object') return { name, known: true };
  const named = fact.properties.flatMap(({ key, value }): readonly (readonly [string, string])[] => {
    const method = objectAt(linker, { file: record.file, value });
    const text = method && textOf(project, method, 'name');
    return key === undefined || text === undefined ? [] : [[key, text]];
  });
  return { name, known: true, methods: new Map(named) };
}

function textOf(project: Project, object: Site, key: string): string | undefined {
  const property = propertyOf(object, key);
  return property && readPath(project.linker, { file: object.file, value: property.value })?.texts[0];
}

/** Generated code is often not kept: what is imported is called like the service. */
function namedService({ file, value }: Site): RpcService | undefined {
  const fact = file.facts.values[value];
  if (fact?.kind === 'member') return { name: fact.property, known: false };
  const binding = fact?.kind === 'name' ? file.facts.bindings[fact.binding] : undefined;
  if (!binding) return undefined;
  return { name: binding.import && binding.import.imported !== 'default' ? binding.import.imported : binding.name, known: false };
}

/** The methods that an implementation has: of an object, also one that a function gives, or of an instance of a class. */
export function implementedMethods(project: Project, site: Site): readonly RpcMethod[] {
  const object = objectAt(project.linker, site);
  if (object) return objectMethods(project, object, 0);
  return evaluate(project.linker, site.file, site.value).flatMap(instanceMethods);
}

function objectMethods(project: Project, object: Site, depth: number): readonly RpcMethod[] {
  const fact = object.file.facts.values[object.value];
  if (fact?.kind !== 'object' || depth > 4) return [];
  return fact.properties.flatMap((property): readonly RpcMethod[] => {
    const value = { file: object.file, value: property.value };
    if (property.spread) {
      const inner = objectAt(project.linker, value);
      return inner ? objectMethods(project, inner, depth + 1) : [];
    }
    if (property.key === undefined) return [];
    return [{ key: property.key, file: object.file, span: { start: property.start, end: property.end }, ...handlerAt(project.linker, value) }];
  });
}

function instanceMethods(origin: Origin): readonly RpcMethod[] {
  if (origin.kind !== 'instance') return [];
  const { file } = origin;
  return (file.facts.classes[origin.class]?.members ?? []).flatMap((member): readonly RpcMethod[] => {
    if (member.kind !== 'method' || member.static || member.accessibility || member.function === undefined) return [];
    const handler: FunctionRef = { file, function: member.function };
    return [{ key: member.name, file, span: { start: member.nameStart, end: member.nameStart + member.name.length }, handler, wrappers: [] }];
  });
}
