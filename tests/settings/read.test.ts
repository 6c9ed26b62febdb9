import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSettings, parseSettings, readSettings, SettingsError } from '../../src/settings/read.ts';
import { readProjectSettings } from '../../src/settings/project-settings.ts';
import { SETTINGS_FILE } from '../../src/settings/settings.ts';
import { tree } from '../project/tree.ts';

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message;
  }
  return 'no error';
}

describe('parseSettings', () => {
  it('reads JSON with comments, a mark and trailing commas', () => {
    const head = '\uFEFF{\n  // house rules\n  "$schema": "./schema.json",\n  "preset": "strict",\n';
    const text = head + '  "rules": { "no-query-in-loop": ["error", { "max": 3 }], "layer-imports": "off" },\n}\n';
    expect(parseSettings(text, 'f')).toEqual({ preset: 'strict', rules: { 'no-query-in-loop': ['error', { max: 3 }], 'layer-imports': 'off' } });
  });

  it.each([
    ['', {}],
    ['{}', {}],
    ['{ "envelope": "jsend" }', { envelope: 'jsend' }],
    ['{ "envelope": { "success": ["ok"], "error": ["ok", "problem"] } }', { envelope: { success: ['ok'], error: ['ok', 'problem'] } }],
  ])('reads %s', (text, settings) => {
    expect(parseSettings(text, 'f')).toEqual(settings);
  });

  it.each([
    ['{\n  "preset": "strict"\n  "style": "handler-orm"\n}', 'f:3:3: Comma expected.'],
    ['{\n  "prset": "strict"\n}', 'f:2:3: Unknown key "prset". Did you mean "preset"?'],
    ['{ "preset": "strickt" }', 'f:1:13: "preset" must be one of "recommended", "strict", "migrations", "migrations-strict", not "strickt". Did you mean "strict"?'],
    ['{ "includeTests": "yes" }', 'f:1:19: "includeTests" must be true or false, not "yes".'],
    ['{ "ignore": "dist" }', 'f:1:13: "ignore" must be a list of strings, not "dist".'],
    ['{ "ignore": ["a", 1] }', 'f:1:19: "ignore[1]" must be a string, not 1.'],
    ['{ "maxConstant": 1.5 }', 'f:1:18: "maxConstant" must be a whole number, not 1.5.'],
    ['{ "maxConstant": -1 }', 'f:1:18: "maxConstant" must be 0 or more, not -1.'],
    ['{ "rules": { "a": "warn" } }', 'f:1:19: "rules.a" must be one of "off", "error", not "warn".'],
    ['{ "rules": { "a": 2 } }', 'f:1:19: "rules.a" must be one of "off", "error" or a list, not 2.'],
    ['{ "rules": { "a": [] } }', 'f:1:19: "rules.a" must not be empty.'],
    ['{ "rules": { "a": ["error", {}, {}] } }', 'f:1:33: "rules.a" has more than 2 items.'],
    ['{ "layers": [{ "name": "service" }] }', 'f:1:14: "layers[0]" lacks "files".'],
    ['{ "migrations": { "tol": "prisma" } }', 'f:1:19: Unknown key "tol" in "migrations". Did you mean "tool"?'],
    ['{ "errors": { "qqqqq": [] } }', 'f:1:15: Unknown key "qqqqq" in "errors". Known keys: "base".'],
    ['[]', 'f:1:1: The file must be an object, not a list.'],
    ['{ "envelope": 3 }', 'f:1:15: "envelope" must be one of "document", "jsend", "jsonapi", "bare" or an object with "success" and "error", not 3.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(messageOf(() => parseSettings(text, 'f'))).toBe(message);
  });

  it('tells all faults, one per line', () => {
    expect(messageOf(() => parseSettings('{ "a": 1,\r\n "preset": 2 }', 'f')).split('\n').map((line) => line.split(' ')[0])).toEqual(['f:1:3:', 'f:2:12:']);
  });
});

describe('readSettings', () => {
  it('gives nothing for a folder without the file, and names the file in errors', () => {
    const root = tree({ 'bad/backend-patterns.config.json': '{' });
    expect(readSettings(root)).toBeUndefined();
    expect(readSettings(path.join(root, 'none'))).toBeUndefined();
    expect(messageOf(() => readSettings(path.join(root, 'bad')))).toBe(`${path.join(root, 'bad', SETTINGS_FILE)}:1:2: Close brace expected.`);
  });

  it('tells a file that cannot be read', () => {
    expect(messageOf(() => readSettings(tree({ 'backend-patterns.config.json/x': '' })))).toContain('Cannot read');
  });
});

describe('checkSettings', () => {
  it('names the origin', () => {
    expect(messageOf(() => checkSettings({ rule: {} }, 'eslint.config.js'))).toBe('eslint.config.js: Unknown key "rule". Did you mean "rules"?');
  });
});

describe('readProjectSettings', () => {
  it('lays packages over the root and overrides over both, with paths from the root', () => {
    const root = tree({
      'backend-patterns.config.json': { preset: 'strict', ignore: ['legacy/**'], rules: { a: 'off', b: 'error' }, style: 'handler-orm' },
      'apps/api/backend-patterns.config.json': {
        style: 'handler-service',
        rules: { b: 'off' },
        ignore: ['old/**', '!old/kept.ts'],
        layers: [{ name: 'service', files: ['src/logic/**'] }],
        databaseClients: [
          { module: './src/db', kind: 'prisma' },
          { module: '@shop/db', kind: 'drizzle' },
        ],
        migrations: { folder: 'db' },
      },
    });
    const { settings, byPackage } = readProjectSettings(root, ['', 'apps/api', 'apps/web'], { rules: { a: 'error' } });
    expect(settings).toEqual({ preset: 'strict', ignore: ['legacy/**'], rules: { a: 'error', b: 'error' }, style: 'handler-orm' });
    expect([...byPackage]).toEqual([
      [
        'apps/api',
        {
          preset: 'strict',
          style: 'handler-service',
          rules: { a: 'error', b: 'off' },
          ignore: ['apps/api/old/**', '!apps/api/old/kept.ts', 'legacy/**'],
          layers: [{ name: 'service', files: ['apps/api/src/logic/**'] }],
          databaseClients: [
            { module: './apps/api/src/db', kind: 'prisma' },
            { module: '@shop/db', kind: 'drizzle' },
          ],
          migrations: { folder: 'apps/api/db' },
        },
      ],
    ]);
  });
});
