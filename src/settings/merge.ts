import type { Settings } from './settings.ts';

/** Lists that a nearer source adds to; of everything else the nearer value counts alone. */
const ADDED = ['ignore', 'databaseClients', 'queryFunctions', 'responseHelpers', 'validators', 'layers'] as const;

/**
 * Settings with others laid over them. Rules and migrations are merged by key; own clients, wrappers, layers and ignored
 * files add up, the nearer ones first; all else is replaced.
 */
export function mergeSettings(base: Settings, over: Partial<Settings> | undefined): Settings {
  if (!over) return base;
  const merged: Record<string, unknown> = { ...base, ...over };
  for (const key of ADDED) {
    if (base[key] && over[key]) merged[key] = [...over[key], ...base[key]];
  }
  if (base.rules && over.rules) merged['rules'] = { ...base.rules, ...over.rules };
  if (base.migrations && over.migrations) merged['migrations'] = { ...base.migrations, ...over.migrations };
  return merged;
}
