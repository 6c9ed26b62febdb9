import type { Interpreter } from './interpreter.ts';
import { instantiate, memberOf } from './members.ts';
import type { MigrationSetting } from './renderers.ts';
import { exportOf, fileScope } from './resolve-names.ts';
import type { Place, Value } from './values.ts';

/** The function that runs forward, and what the file exports or the class has beside it. */
export interface Program {
  readonly up: Value;
  readonly self?: Value;
  /** Values beside `up`, by name. */
  readonly settings: () => MigrationSetting[];
}

const DIRECTIONS = new Set(['up', 'down', 'default', 'name', 'constructor']);

/** Finds `up` in a file: exported by name, in the object or the class it exports, or in a class of it. */
export function findUp(it: Interpreter, path: string): Program | undefined {
  const outline = it.modules.open(path);
  if (!outline) return undefined;
  const at: Place = { file: path, start: 0, end: 0 };
  const holders = [() => exportOf(it, path, '*', at), () => exportOf(it, path, 'default', at)];
  const named = outline.exports.has('up') ? exportOf(it, path, 'up', at) : undefined;
  if (named?.kind === 'function') {
    const names = [...outline.exports.keys()].filter((name) => !DIRECTIONS.has(name));
    return { up: named, settings: () => names.flatMap((name) => settingOf(it, name, exportOf(it, path, name, at))) };
  }
  for (const find of holders) {
    const program = programOf(it, find(), at);
    if (program) return program;
  }
  const exported = [...outline.exports.keys()].map((name) => exportOf(it, path, name, at));
  const scope = fileScope(it, path);
  const declared = [...outline.declarations.values()].flatMap((node): Value[] => (it.ts.isClassDeclaration(node) ? [{ kind: 'class', node, scope }] : []));
  for (const holder of [...exported, ...declared]) {
    const program = holder?.kind === 'class' ? programOf(it, holder, at) : undefined;
    if (program) return program;
  }
  return undefined;
}

function programOf(it: Interpreter, holder: Value | undefined, at: Place): Program | undefined {
  if (holder?.kind === 'record') {
    const up = holder.entries.get('up');
    const names = [...holder.entries.keys()].filter((name) => !DIRECTIONS.has(name));
    return up?.kind === 'function' ? { up, self: holder, settings: () => names.flatMap((name) => settingOf(it, name, holder.entries.get(name))) } : undefined;
  }
  if (holder?.kind !== 'class') return undefined;
  const self = instantiate(it, holder);
  const up = memberOf(it, self, 'up', at);
  if (up.kind !== 'function') return undefined;
  const names = holder.node.members.flatMap((member) => (member.name && it.ts.isIdentifier(member.name) ? [member.name.text] : []));
  return { up, self, settings: () => names.filter((name) => !DIRECTIONS.has(name)).flatMap((name) => settingOf(it, name, memberOf(it, self, name, at))) };
}

function settingOf(it: Interpreter, name: string, value: Value | undefined): MigrationSetting[] {
  if (!value) return [];
  if (value.kind !== 'function' || value.node.parameters.length > 0) return [{ name, value }];
  return [{ name, value, returns: it.invoke(value, [], { at: { file: it.run.main, start: 0, end: 0 }, name }) }];
}
