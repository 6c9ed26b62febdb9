import path from 'node:path';
import type { Library, TypeRef } from '../libraries/types.ts';
import type { Settings } from '../settings/settings.ts';
import type { Linker } from './linker.ts';
import { externalModule, take } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Database clients and query functions that the settings name, as libraries: each module they name exports what they say. */
export function declaredLibraries(settings: Settings): readonly Library[] {
  const modules = new Map<string, Record<string, TypeRef>>();
  const membersOf = (module: string) => {
    const members = modules.get(module) ?? {};
    modules.set(module, members);
    return members;
  };
  for (const { module, export: name, kind } of settings.databaseClients ?? []) membersOf(module)[name ?? '*'] = `${kind}:client`;
  for (const { module, name, operation } of settings.queryFunctions ?? []) {
    membersOf(module)[name] = { call: { effect: { kind: 'query', operation, model: { from: 'sql' } } } };
  }
  return [...modules].map(([module, members]) => ({ id: 'declared', title: module, category: 'database', packages: [packageOf(module)], types: { module: { members } } }));
}

/** Files of the project that the settings name stand for what the settings say, whatever is in them. */
export function declareExports(linker: Linker, settings: Settings): void {
  const declare = (module: string, name: string | undefined): void => {
    const file = declaredFile(linker, module);
    if (!file) return;
    const names = name === undefined ? file.facts.exports.map((each) => each.name) : [name];
    for (const each of names) linker.exports.set(`${file.path}#${each}`, [take(externalModule(linker.modules, packageOf(module)), { kind: 'get', name: each })]);
  };
  for (const client of settings.databaseClients ?? []) declare(client.module, client.export);
  for (const query of settings.queryFunctions ?? []) declare(query.module, query.name);
}

/** Files of our own must not be mistaken for a package. */
function packageOf(module: string): string {
  return module.startsWith('.') ? `file:${path.posix.normalize(module)}` : module;
}

const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cjs', '.tsx', '/index.ts', '/index.js'];

/** The file behind a module as settings name it: a path relative to the root, or a package of the workspace. */
export function declaredFile(linker: Linker, module: string): SourceFile | undefined {
  if (module.startsWith('.')) {
    const plain = path.posix.normalize(module);
    for (const ending of ENDINGS) {
      const file = linker.files.get(plain + ending);
      if (file) return file;
    }
    return undefined;
  }
  // A package of the workspace is named the same from everywhere.
  const [anyone] = linker.files.values();
  const target = anyone && linker.resolve(anyone, module);
  return target && 'file' in target ? target.file : undefined;
}
