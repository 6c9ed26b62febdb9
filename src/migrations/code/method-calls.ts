import { callBuilder, callMember } from './builder-calls.ts';
import type { CallSite, Interpreter } from './interpreter.ts';
import { classMember, instanceMember } from './members.ts';
import { callGlobal, callListMethod, callTextMethod, type Apply } from './natives.ts';
import { joinFolders } from './resolve-names.ts';
import { text, unknown, type Place, type Value } from './values.ts';

/** Calls a method of a value. */
export function callMethod(it: Interpreter, object: Value, name: string, args: readonly Value[], site: CallSite): Value {
  const { at } = site;
  const apply: Apply = (callback, given) => it.invoke(callback, given, { at, name: 'a callback' });
  if (name === 'then' || name === 'catch' || name === 'finally') return afterPromise(it, object, name, args, site);
  switch (object.kind) {
    case 'builder': {
      const property = it.run.table.properties?.[object.type]?.[name];
      return property ? it.invoke(property(object, name), args, site) : callBuilder(it, object, name, args, at);
    }
    case 'member':
      return callMember(it, { ...object, steps: [...object.steps, { name }] }, args, at);
    case 'text':
      return callTextMethod(object, name, args) ?? notFollowed(it, args, site);
    case 'list':
      return callListMethod(object, name, args, apply) ?? notFollowed(it, args, site);
    case 'native':
      return callNative(it, `${object.name}.${name}`, args, site);
    case 'instance': {
      const member = instanceMember(it, object, name);
      return member ? it.invoke(member, args, { ...site, self: object }) : notFollowed(it, args, site);
    }
    case 'class':
      return it.invoke(classMember(it, object, name, true, object) ?? unknown(`\`${name}\``, at), args, { ...site, self: object });
    case 'function':
    case 'method':
      if (name === 'call') return it.invoke(object, args.slice(1), { ...site, ...(args[0] ? { self: args[0] } : {}) });
      if (name === 'apply') return it.invoke(object, args[1]?.kind === 'list' ? args[1].items : [], site);
      if (name === 'bind') return object;
      return notFollowed(it, args, site);
    case 'record':
    case 'module': {
      const member = it.member(object, name, at);
      return it.invoke(member, args, { ...site, self: object });
    }
    default:
      return it.invoke(object.kind === 'unknown' ? object : unknown(`\`${name}\``, at), args, site);
  }
}

function notFollowed(it: Interpreter, args: readonly Value[], site: CallSite): Value {
  return it.invoke(unknown(`\`${site.name}\` is not followed`, site.at), args, site);
}

/** `promise.then(next)` runs `next` with what the promise gives. */
function afterPromise(it: Interpreter, object: Value, name: string, args: readonly Value[], site: CallSite): Value {
  const [next] = args;
  if (name === 'catch' || !next) return object;
  const isPending = object.kind === 'builder' && it.run.table.thenable?.includes(object.type) === true;
  const given = isPending ? unknown('the answer of the database', site.at) : object;
  const result = it.invoke(next, name === 'then' ? [given] : [], { at: site.at, name: 'a callback' });
  return name === 'then' ? result : object;
}

export function callNative(it: Interpreter, name: string, args: readonly Value[], site: CallSite): Value {
  const { at } = site;
  if (name === 'path.join' || name === 'path.resolve') {
    const parts = args.flatMap((arg) => (arg.kind === 'text' && !arg.holes ? [arg.text] : []));
    return parts.length === args.length ? text(joinFolders(parts)) : unknown('a path that is not constant', at);
  }
  if (/^fs(?:\/promises)?\.(?:promises\.)?readFile(?:Sync)?$/.test(name)) return readText(it, args[0], at);
  const value = callGlobal(name, args, (callback, given) => it.invoke(callback, given, { at, name: 'a callback' }));
  return value ?? it.invoke(unknown(`\`${name}\` is not followed`, at), args, { ...site, name });
}

/** SQL that a migration loads from a file beside it. */
function readText(it: Interpreter, path: Value | undefined, at: Place): Value {
  if (path?.kind !== 'text' || path.holes) return unknown('a file whose path is not constant', at);
  const content = it.modules.read(joinFolders([path.text]));
  return content === undefined ? unknown(`the file \`${path.text}\``, at) : text(content);
}
