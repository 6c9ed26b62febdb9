import type { ESLint, Linter } from 'eslint';
import type { Rule } from '../src/findings/define-rule.ts';
import { MIGRATIONS_PRESET } from '../src/findings/eslint-settings.ts';
import { judgedBy, selectRules, type Preset } from '../src/findings/rule-selection.ts';
import { findRoot } from '../src/project/root.ts';
import { readSettings } from '../src/settings/read.ts';
import type { Settings } from '../src/settings/settings.ts';
import { lazyFingerprint } from './project-fingerprint.ts';

/** Our presets, as flat-config arrays. */
export interface Presets {
  readonly recommended: Linter.Config[];
  readonly strict: Linter.Config[];
  /** What endangers a running system, in `.sql` files and in migrations that are programs. */
  readonly migrations: Linter.Config[];
  /** With what makes migrations tidy. */
  readonly 'migrations-strict': Linter.Config[];
}

/** Prefix of our rules in a configuration; `extends: ['other/recommended']` renames it. */
export const PLUGIN_NAMESPACE = 'backend-patterns';

const SOURCES = '*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
const SQL = '*.sql';

/**
 * The presets of a plugin, built when they are asked for: each reads the settings file of the project that ESLint runs in,
 * so that ESLint and the command line agree without saying things twice.
 * They set no parser and no language options.
 * @throws SettingsError, on access, for a settings file that is wrong.
 */
export function createPresets(plugin: () => ESLint.Plugin, rules: readonly Rule[]): Presets {
  const built = new Map<Preset, Linter.Config[]>();
  const preset = (name: Preset): Linter.Config[] => {
    const known = built.get(name) ?? buildPreset(name, plugin(), rules, findRoot(process.cwd()));
    built.set(name, known);
    return known;
  };
  return {
    get recommended() {
      return preset('recommended');
    },
    get strict() {
      return preset('strict');
    },
    get migrations() {
      return preset('migrations');
    },
    get 'migrations-strict'() {
      return preset('migrations-strict');
    },
  };
}

/** One preset for the project at a root (absolute path). */
export function buildPreset(name: Preset, plugin: ESLint.Plugin, rules: readonly Rule[], root: string): Linter.Config[] {
  const settings = readSettings(root) ?? {};
  const common = { plugins: { [PLUGIN_NAMESPACE]: plugin }, rules: presetRules(name, rules, settings) };
  const fingerprint = { [`${PLUGIN_NAMESPACE}/project`]: lazyFingerprint(root) };
  if (judgedBy(name) === 'source') {
    // A preset named in the settings file is for the command line: here the user has named one already.
    const settingsOfSources = { [PLUGIN_NAMESPACE]: { preset: name }, ...fingerprint };
    return [{ name: `${PLUGIN_NAMESPACE}/${name}`, files: [`**/${SOURCES}`], ...common, settings: settingsOfSources }];
  }
  const settingsOfMigrations = { [MIGRATIONS_PRESET]: name, ...fingerprint };
  return [
    {
      name: `${PLUGIN_NAMESPACE}/${name}/sql`,
      files: [`**/${SQL}`],
      language: `${PLUGIN_NAMESPACE}/sql`,
      ...common,
      settings: settingsOfMigrations,
      // ESLint's `--fix` removes comments that it finds unused, and tools refuse a migration that has changed since it ran.
      linterOptions: { reportUnusedDisableDirectives: 'off' },
    },
    {
      name: `${PLUGIN_NAMESPACE}/${name}/code`,
      files: foldersOfMigrations(settings).map((folder) => `${folder}/${SOURCES}`),
      ...common,
      settings: settingsOfMigrations,
    },
  ];
}

/** Where migrations that are programs may lie; the rules leave what is none alone. */
function foldersOfMigrations({ migrations }: Settings): string[] {
  const pinned = migrations?.folder?.replace(/^\.\//, '').replace(/\/+$/, '');
  return ['**/*[mM]igrat*/**', ...(pinned ? [`${pinned}/**`] : [])];
}

/** Severities and options of a preset's rules; all are errors, so that ESLint's bulk suppressions cover them. */
export function presetRules(name: Preset, rules: readonly Rule[], settings: Settings): Linter.RulesRecord {
  const selected = selectRules(rules, settings, { presets: [name], judges: judgedBy(name) });
  return Object.fromEntries(
    selected.map(({ rule, options }) => [`${PLUGIN_NAMESPACE}/${rule.id}`, Object.keys(options).length > 0 ? ['error', options] : 'error'] as const),
  );
}
