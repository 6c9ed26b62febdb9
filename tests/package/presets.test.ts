import { ESLint, type Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { buildPreset, presetRules } from '../../configs/presets.ts';
import { defineRule, type Rule } from '../../src/findings/define-rule.ts';
import plugin from '../../src/index.ts';
import { tree } from '../project/tree.ts';

function ruleNamed(id: string, preset?: 'recommended' | 'strict', judges: 'source' | 'migrations' = 'source'): Rule {
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

const RULES = [ruleNamed('a', 'recommended'), ruleNamed('b', 'strict'), ruleNamed('c'), ruleNamed('d', 'recommended', 'migrations')];

describe('presets', () => {
  it.each([
    ['recommended', {}, { a: 1 }],
    ['strict', {}, { a: 1, b: 1 }],
    ['recommended', { a: 'off' }, {}],
    ['recommended', { c: 'error' }, { a: 1, c: 1 }],
    ['strict', { a: ['error', { max: 9 }] }, { a: 9, b: 1 }],
  ] as const)('%s with the rules %j of the settings', (preset, settings, expected) => {
    const entries = Object.entries(expected).map(([id, max]) => [`backend-patterns/${id}`, ['error', { max }]]);
    expect(presetRules(preset, RULES, { rules: settings })).toEqual(Object.fromEntries(entries));
  });

  it('reads the settings file of the root', () => {
    const root = tree({ 'backend-patterns.config.json': '{ "rules": { "a": "off", "b": "error" } }' });
    expect(Object.keys(buildPreset('recommended', plugin, RULES, root)[0]?.rules ?? {})).toEqual(['backend-patterns/b']);
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

  it('names itself', () => {
    expect(plugin.meta).toMatchObject({ name: 'eslint-plugin-backend-patterns', namespace: 'backend-patterns' });
    expect(plugin.meta.version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
