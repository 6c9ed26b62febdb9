import { SettingsError } from '../settings/settings-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { Rule } from './define-rule.ts';
import { RULE_PREFIX } from './directives.ts';
import { optionsOf } from './options.ts';

export type Preset = 'recommended' | 'strict';

/** A rule and the options it runs with. */
export interface SelectedRule {
  readonly rule: Rule;
  readonly options: Record<string, unknown>;
}

export interface Selection {
  readonly preset: Preset;
  /** Run these rules alone, whatever preset and settings say; with or without the prefix. */
  readonly only?: readonly string[] | undefined;
  readonly judges: NonNullable<Rule['judges']>;
}

/** Which preset contains which: the smallest preset that a rule names, and all that are larger. */
const CONTAINS: Readonly<Record<Preset, readonly string[]>> = {
  recommended: ['recommended'],
  strict: ['recommended', 'strict'],
};

/**
 * The rules of a run, with their options, sorted by id. Migration rules run whenever migrations are judged.
 * @throws SettingsError for a rule that does not exist or an option that a rule does not have.
 */
export function selectRules(rules: readonly Rule[], settings: Settings, selection: Selection): SelectedRule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const configured = new Map(Object.entries(settings.rules ?? {}).map(([id, entry]) => [requireRule(byId, id).id, entry]));
  const only = selection.only && new Set(selection.only.map((id) => requireRule(byId, id).id));
  return rules
    .filter((rule) => (rule.judges ?? 'source') === selection.judges)
    .filter((rule) => (only ? only.has(rule.id) : isOn(rule, configured.get(rule.id), selection.preset)))
    .map((rule) => ({ rule, options: optionsOf(rule, givenOptions(configured.get(rule.id))) }))
    .sort((a, b) => compareText(a.rule.id, b.rule.id));
}

function isOn(rule: Rule, entry: unknown, preset: Preset): boolean {
  if (entry !== undefined) return severityOf(entry) !== 'off';
  if (rule.judges === 'migrations') return rule.docs.preset !== undefined;
  return rule.docs.preset !== undefined && CONTAINS[preset].includes(rule.docs.preset);
}

function severityOf(entry: unknown): unknown {
  return Array.isArray(entry) ? (entry as unknown[])[0] : entry;
}

function givenOptions(entry: unknown): Readonly<Record<string, unknown>> {
  return Array.isArray(entry) ? ((entry as unknown[])[1] as Record<string, unknown> | undefined) ?? {} : {};
}

function requireRule(byId: ReadonlyMap<string, Rule>, name: string): Rule {
  const rule = byId.get(withoutPrefix(name));
  if (rule) return rule;
  throw new SettingsError(`There is no rule "${name}". Rules: ${[...byId.keys()].sort(compareText).join(', ')}.`);
}

/** A rule id as the registry has it. */
export function withoutPrefix(id: string): string {
  return id.startsWith(RULE_PREFIX) ? id.slice(RULE_PREFIX.length) : id;
}

/** Order by code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
