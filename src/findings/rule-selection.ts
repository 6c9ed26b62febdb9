import { SettingsError } from '../settings/settings-error.ts';
import type { PresetName, Settings } from '../settings/settings.ts';
import type { Rule } from './define-rule.ts';
import { RULE_PREFIX } from './directives.ts';
import { optionsOf } from './options.ts';

export type Preset = PresetName;

type Judges = NonNullable<Rule['judges']>;

/** A rule and the options it runs with. */
export interface SelectedRule {
  readonly rule: Rule;
  readonly options: Record<string, unknown>;
}

export interface Selection {
  readonly presets: readonly Preset[];
  /** Run these rules alone, whatever preset and settings say; with or without the prefix. */
  readonly only?: readonly string[] | undefined;
  readonly judges: Judges;
}

/** Which preset contains which: the smallest preset that a rule names, and all that are larger. */
const CONTAINS: Readonly<Record<Preset, readonly string[]>> = {
  recommended: ['recommended'],
  strict: ['recommended', 'strict'],
  migrations: ['migrations'],
  'migrations-strict': ['migrations', 'migrations-strict'],
};

/** The presets that judge a kind of file: the one that runs where none is named, and the one that shows findings of low confidence. */
const PRESETS_OF: Readonly<Record<Judges, { readonly normal: Preset; readonly strict: Preset }>> = {
  source: { normal: 'recommended', strict: 'strict' },
  migrations: { normal: 'migrations', strict: 'migrations-strict' },
};

/** The presets that settings name; none where they name none. */
export function namedPresets({ preset = [] }: Settings): readonly Preset[] {
  return typeof preset === 'string' ? [preset] : preset;
}

/** The kind of files that a preset judges. */
export function judgedBy(preset: Preset): Judges {
  return preset.startsWith('migrations') ? 'migrations' : 'source';
}

/** Of the presets that settings name, those that judge a kind of file; the usual one where there is none. */
export function presetsFor(judges: Judges, settings: Settings): readonly Preset[] {
  const named = namedPresets(settings).filter((preset) => judgedBy(preset) === judges);
  return named.length > 0 ? named : [PRESETS_OF[judges].normal];
}

/** The preset that shows findings of low confidence in a kind of file. */
export function strictPreset(judges: Judges): Preset {
  return PRESETS_OF[judges].strict;
}

/**
 * The rules of a run, with their options, sorted by id.
 * @throws SettingsError for a rule that does not exist or an option that a rule does not have.
 */
export function selectRules(rules: readonly Rule[], settings: Settings, selection: Selection): SelectedRule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const configured = new Map(Object.entries(settings.rules ?? {}).map(([id, entry]) => [requireRule(byId, id).id, entry]));
  const only = selection.only && new Set(selection.only.map((id) => requireRule(byId, id).id));
  return rules
    .filter((rule) => (rule.judges ?? 'source') === selection.judges)
    .filter((rule) => (only ? only.has(rule.id) : isOn(rule, configured.get(rule.id), selection.presets)))
    .map((rule) => ({ rule, options: optionsOf(rule, givenOptions(configured.get(rule.id))) }))
    .sort((a, b) => compareText(a.rule.id, b.rule.id));
}

function isOn({ docs }: Rule, entry: unknown, presets: readonly Preset[]): boolean {
  if (entry !== undefined) return severityOf(entry) !== 'off';
  return presets.some((preset) => docs.preset !== undefined && CONTAINS[preset].includes(docs.preset));
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
