import path from 'node:path';
import { mergeSettings } from './merge.ts';
import { checkSettings, readSettings } from './read.ts';
import type { Settings } from './settings.ts';

export interface ProjectSettings {
  /** Those of the root, overriding settings applied. */
  readonly settings: Settings;
  /** Those of packages that have a file of their own, laid over the root's; key: POSIX path of the folder. */
  readonly byPackage: ReadonlyMap<string, Settings>;
}

/**
 * All settings of a project. `folders`: POSIX paths of its packages, relative to the root (absolute). `overrides` come
 * from an ESLint configuration and win. Paths and globs of a package's file are made relative to the root.
 * @throws SettingsError for whatever is wrong in any of them.
 */
export function readProjectSettings(root: string, folders: readonly string[] = [], overrides?: Partial<Settings>): ProjectSettings {
  const over = overrides && checkSettings(overrides, "settings['backend-patterns']");
  const own = readSettings(root) ?? {};
  const byPackage = new Map<string, Settings>();
  for (const folder of folders) {
    const found = folder === '' ? undefined : readSettings(path.join(root, folder));
    if (found) byPackage.set(folder, mergeSettings(mergeSettings(own, rebase(found, folder)), over));
  }
  return { settings: mergeSettings(own, over), byPackage };
}

function rebase(settings: Settings, folder: string): Settings {
  const glob = (pattern: string): string => (pattern.startsWith('!') ? `!${path.posix.join(folder, pattern.slice(1))}` : path.posix.join(folder, pattern));
  const named = <T extends { readonly module: string }>(entry: T): T => ({ ...entry, module: rebaseModule(entry.module, folder) });
  const { ignore, layers, databaseClients, queryFunctions, responseHelpers, validators, errors, migrations } = settings;
  return {
    ...settings,
    ...(ignore && { ignore: ignore.map(glob) }),
    ...(layers && { layers: layers.map((layer) => ({ ...layer, files: layer.files.map(glob) })) }),
    ...(databaseClients && { databaseClients: databaseClients.map(named) }),
    ...(queryFunctions && { queryFunctions: queryFunctions.map(named) }),
    ...(responseHelpers && { responseHelpers: responseHelpers.map(named) }),
    ...(validators && { validators: validators.map(named) }),
    ...(errors?.base && { errors: { base: errors.base.map(named) } }),
    ...(migrations?.folder !== undefined && { migrations: { ...migrations, folder: path.posix.join(folder, migrations.folder) } }),
  };
}

function rebaseModule(module: string, folder: string): string {
  return /^\.\.?\//.test(module) ? `./${path.posix.join(folder, module)}` : module;
}
