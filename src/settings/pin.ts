import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { parseSettings } from './read.ts';
import { SETTINGS_FILE, type Settings } from './settings.ts';

/**
 * Writes what was detected into the settings file of `root` (absolute), which is made when there is none. Comments and
 * what the user wrote stay; a key that the file already has is left as it is unless `overwrite`. Returns the file's path.
 * @throws SettingsError when the present file is wrong.
 */
export function writePinned(root: string, detected: Partial<Settings>, { overwrite = false } = {}): string {
  const file = path.join(root, SETTINGS_FILE);
  const before = readOrEmpty(file);
  const present = before.trim() === '' ? {} : parseSettings(before, file);
  let text = before.trim() === '' ? '{}\n' : before;
  const formattingOptions = { insertSpaces: !/^\t/m.test(before), tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' };
  // At the front, where a new key cannot come between another one and the comment behind it.
  const getInsertionIndex = (): number => 0;
  for (const [key, value] of Object.entries(detected).reverse()) {
    if (value === undefined || (key in present && !overwrite)) continue;
    text = applyEdits(text, modify(text, [key], value, { formattingOptions, getInsertionIndex }));
  }
  if (text !== before) replaceFile(file, text);
  return file;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Never leaves half a file behind. */
function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
