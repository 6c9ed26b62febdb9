import { createRequire } from 'node:module';
import type { ESLint, Rule } from 'eslint';
import { createPresets, PLUGIN_NAMESPACE, type Presets } from '../configs/presets.ts';
import { rules } from '../rules/index.ts';
import { toEslintRule } from './findings/eslint-adapter.ts';
import { sql } from './languages/sql.ts';

/** The ESLint plugin: `rules` without prefix, the language `sql`, and the presets for source files and for migrations. */
export interface BackendPatternsPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly languages: { readonly sql: typeof sql } & Record<string, never>;
  readonly configs: Presets & Record<string, never>;
}

const { name, version } = createRequire(import.meta.url)('eslint-plugin-backend-patterns/package.json') as { name: string; version: string };

const plugin = {
  meta: { name, version, namespace: PLUGIN_NAMESPACE },
  rules: Object.fromEntries(rules.map((rule) => [rule.id, toEslintRule(rule)])),
  languages: { sql },
  configs: createPresets(() => plugin, rules),
} as BackendPatternsPlugin;

export default plugin;
