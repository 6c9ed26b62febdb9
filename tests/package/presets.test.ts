import { ESLint, type Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { buildPreset, presetRules } from '../../configs/presets.ts';
import { defineRule, type Rule } from '../../src/findings/define-rule.ts';
import type { Preset } from '../../src/findings/rule-selection.ts';
import plugin from '../../src/index.ts';
import { tree } from '../project/tree.ts';

function ruleNamed(id: string, preset?: Preset, judges: 'source' | 'migrations' = 'source'): Rule {
  return defineRule({
    id,
    docs: { chapter: 'api', description: `Disallow ${id}`, ...(preset ? { preset } : {}) },
    messages: {},
    options: { max: { type: 'integer', description: 'Largest number.' } },
    defaultOptions: { max: 1 },
    judges,
    check() {},
  }) as Rule;
}

const RULES = [ruleNamed('a', 'recommended'), ruleNamed('b', 'strict'), ruleNamed('c'), ruleNamed('d', 'migrations', 'migrations'), ruleNamed('e', 'migrations-strict', 'migrations')];

describe('presets', () => {
  it.each([
    ['recommended', {}, { a: 1 }],
    ['strict', {}, { a: 1, b: 1 }],
    ['recommended', { a: 'off' }, {}],
    ['recommended', { c: 'error' }, { a: 1, c: 1 }],
    ['strict', { a: ['error', { max: 9 }] }, { a: 9, b: 1 }],
    ['migrations', {}, { d: 1 }],
    ['migrations-strict', { d: 'off', a: 'error' }, { e: 1 }],
  ] as const)('%s with the rules %j of the settings', (preset, settings, expected) => {
    const entries = Object.entries(expected).map(([id, max]) => [`backend-patterns/${id}`, ['error', { max }]]);
    expect(presetRules(preset, RULES, { rules: settings })).toEqual(Object.fromEntries(entries));
  });

  it('reads the settings file of the root', () => {
    const root = tree({ 'backend-patterns.config.json': '{ "rules": { "a": "off", "b": "error" } }' });
    expect(Object.keys(buildPreset('recommended', plugin, RULES, root)[0]?.rules ?? {})).toEqual(['backend-patterns/b']);
  });

  it('gives migrations a language for SQL, and programs in their folders', () => {
    const root = tree({ 'backend-patterns.config.json': '{ "migrations": { "folder": "./database/steps/" } }' });
    const [sql, code] = buildPreset('migrations', plugin, RULES, root);
    expect(sql).toMatchObject({ files: ['**/*.sql'], language: 'backend-patterns/sql' });
    expect(code?.files).toEqual([expect.stringMatching(/^\*\*\/\*\[mM\]igrat\*\/\*\*\/\*\.\{ts,/), expect.stringMatching(/^database\/steps\/\*\*\//)]);
    for (const config of [sql, code]) expect(Object.keys(config?.rules ?? {})).toEqual(['backend-patterns/d']);
    expect(sql?.linterOptions).toEqual({ reportUnusedDisableDirectives: 'off' });
  });

  it('changes the key of the cache with the files of the project, and only when it is asked for', () => {
    const key = (text: string): string => JSON.stringify(buildPreset('recommended', {}, RULES, tree({ 'package.json': '{}', 'src/a.ts': text }))[0]?.settings);
    expect(key('export const a = 1;')).toBe(key('export const a = 1;'));
    expect(key('export const a = 1;')).not.toBe(key('export const a = 2;'));
  });
});

describe('the plugin', () => {
  it.each(['recommended', 'strict'] as const)('gives %s with known rules, all errors, no parser', async (name) => {
    const [config] = plugin.configs[name];
    const severities = Object.values(config?.rules ?? {}).map((entry) => (Array.isArray(entry) ? entry[0] : entry));
    expect(new Set(severities)).toEqual(new Set(['error']));
    expect(config?.languageOptions).toBeUndefined();
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: plugin.configs[name] });
    const calculated = (await eslint.calculateConfigForFile('src/a.ts')) as Linter.Config;
    expect(Object.keys(calculated.rules ?? {}).sort()).toEqual(Object.keys(config?.rules ?? {}).sort());
  });

  it.each(['migrations', 'migrations-strict'] as const)('gives %s for SQL and for programs, beside the presets for source files', async (name) => {
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [...plugin.configs.strict, ...plugin.configs[name]] });
    const idsFor = async (path: string): Promise<string[]> => Object.keys(((await eslint.calculateConfigForFile(path)) as Linter.Config).rules ?? {}).sort();
    const ofMigrations = Object.keys(plugin.configs[name][0]?.rules ?? {}).sort();
    const ofSource = Object.keys(plugin.configs.strict[0]?.rules ?? {}).sort();
    expect(ofMigrations).not.toEqual([]);
    expect(await idsFor('db/migrations/001.sql')).toEqual(ofMigrations);
    expect(await idsFor('src/migrations/001.ts')).toEqual([...ofMigrations, ...ofSource].sort());
    expect(await idsFor('src/a.ts')).toEqual(ofSource);
    const settings = ((await eslint.calculateConfigForFile('src/migrations/001.ts')) as Linter.Config).settings;
    expect(settings).toMatchObject({ 'backend-patterns': { preset: 'strict' }, 'backend-patterns/migrations-preset': name });
  });

  it('has rules for migrations that serve both languages', () => {
    const languages = Object.keys(plugin.configs['migrations-strict'][0]?.rules ?? {}).map((id) => (plugin.rules[id.replace('backend-patterns/', '')]?.meta as { languages?: string[] }).languages);
    expect(new Set(languages.map(String))).toEqual(new Set(['js/js,backend-patterns/sql']));
    expect(plugin.languages.sql.fileType).toBe('text');
  });

  it('names itself', () => {
    expect(plugin.meta).toMatchObject({ name: 'eslint-plugin-backend-patterns', namespace: 'backend-patterns' });
    expect(plugin.meta.version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
