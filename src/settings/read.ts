import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTree, getNodeValue, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { SETTINGS_SCHEMA } from './schema.ts';
import { SETTINGS_FILE, type Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { findFaults, type SettingsFault } from './validate.ts';

export { SettingsError };

/**
 * The settings of a folder (absolute path); undefined when it has no settings file.
 * @throws SettingsError for an unreadable file, bad JSON, unknown keys and wrong values, with line and column of each.
 */
export function readSettings(folder: string): Settings | undefined {
  const file = path.join(folder, SETTINGS_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw new SettingsError(`Cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
  return parseSettings(text, file);
}

/**
 * Settings from the text of a settings file; `file` names it in messages.
 * @throws SettingsError as `readSettings` does.
 */
export function parseSettings(source: string, file: string): Settings {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) failWith(text, file, errors.map(({ error, offset }) => ({ offset, message: `${wordsOf(printParseErrorCode(error))}.` })));
  if (!tree) return {};
  const faults = findFaults(tree, SETTINGS_SCHEMA);
  if (faults.length > 0) failWith(text, file, faults);
  const { $schema: _schema, ...settings } = getNodeValue(tree) as Settings & { $schema?: string };
  return settings;
}

/**
 * Settings that did not come from a file, such as those of an ESLint configuration; `origin` names them in messages.
 * @throws SettingsError for unknown keys and wrong values.
 */
export function checkSettings(value: unknown, origin: string): Settings {
  const tree = parseTree(JSON.stringify(value) ?? 'null');
  const faults = tree ? findFaults(tree, SETTINGS_SCHEMA) : [];
  if (faults.length > 0) throw new SettingsError(faults.map(({ message }) => `${origin}: ${message}`).join('\n'));
  return value as Settings;
}

function failWith(text: string, file: string, faults: readonly SettingsFault[]): never {
  throw new SettingsError(faults.map(({ offset, message }) => `${file}:${placeOf(text, offset)}: ${message}`).join('\n'));
}

/** `line:column`, both from 1. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** `CommaExpected` → `Comma expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
