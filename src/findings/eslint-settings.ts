import { checkSettings } from '../settings/read.ts';
import type { Settings } from '../settings/settings.ts';

/** Key under which our presets for migrations leave their name: they may apply to the same files as a preset for source files does. */
export const MIGRATIONS_PRESET = 'backend-patterns/migrations-preset';

interface Overrides {
  readonly preset: Settings['preset'];
  /** Without the preset, which decides what is shown and not what is read: files under several presets share one project. */
  readonly overrides: Partial<Settings> | undefined;
}

const NONE: Overrides = { preset: undefined, overrides: undefined };

/** ESLint hands out the same object for all files of one configuration. */
const known = new WeakMap<object, Overrides>();

/**
 * What an ESLint configuration says in `settings['backend-patterns']`.
 * @throws SettingsError for unknown keys and wrong values.
 */
export function overridesIn(settings: Readonly<Record<string, unknown>>): Overrides {
  const given = settings['backend-patterns'];
  if (typeof given !== 'object' || given === null) return NONE;
  const before = known.get(given);
  if (before) return before;
  const { preset, ...rest } = checkSettings(given, "settings['backend-patterns']");
  const found = { preset, overrides: Object.keys(rest).length > 0 ? rest : undefined };
  known.set(given, found);
  return found;
}
