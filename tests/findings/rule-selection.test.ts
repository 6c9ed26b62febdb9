import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import type { OptionSchema, Rule } from '../../src/findings/define-rule.ts';
import { eslintSchemaOf, optionsOf } from '../../src/findings/options.ts';
import { presetsFor, selectRules, type Selection } from '../../src/findings/rule-selection.ts';
import type { Settings } from '../../src/settings/settings.ts';

function rule(id: string, preset?: Rule['docs']['preset'], more: Partial<Rule> = {}): Rule {
  return { id, docs: { chapter: 'api', description: 'Disallow it', ...(preset ? { preset } : {}) }, messages: {}, check: () => undefined, ...more };
}

const max: OptionSchema = { type: 'integer', description: 'How many', minimum: 1 };
const RULES = [rule('b', 'recommended', { options: { max }, defaultOptions: { max: 2 } }), rule('a', 'strict'), rule('c'), rule('m', 'migrations', { judges: 'migrations' }), rule('n', 'migrations-strict', { judges: 'migrations' })];

describe('the rules of a run', () => {
  it.each<{ name: string; settings: Settings; selection: Partial<Selection>; ids: string[] }>([
    { name: 'recommended', settings: {}, selection: {}, ids: ['b'] },
    { name: 'strict has all of recommended', settings: {}, selection: { presets: ['strict'] }, ids: ['a', 'b'] },
    { name: 'migrations', settings: {}, selection: { judges: 'migrations', presets: ['migrations'] }, ids: ['m'] },
    { name: 'migrations-strict has all of migrations', settings: {}, selection: { judges: 'migrations', presets: ['migrations-strict'] }, ids: ['m', 'n'] },
    { name: 'several presets', settings: {}, selection: { presets: ['recommended', 'strict'] }, ids: ['a', 'b'] },
    { name: 'a preset for other files', settings: {}, selection: { presets: ['migrations'] }, ids: [] },
    { name: 'off in the settings', settings: { rules: { b: 'off' } }, selection: {}, ids: [] },
    { name: 'off with options', settings: { rules: { b: ['off', { max: 3 }] } }, selection: {}, ids: [] },
    { name: 'on in the settings, with prefix', settings: { rules: { 'backend-patterns/c': 'error' } }, selection: {}, ids: ['b', 'c'] },
    { name: 'a rule alone', settings: { rules: { c: 'off' } }, selection: { only: ['c'] }, ids: ['c'] },
    { name: 'a rule alone, with prefix', settings: {}, selection: { only: ['backend-patterns/a'] }, ids: ['a'] },
  ])('$name', ({ settings, selection, ids }) => {
    const selected = selectRules(RULES, settings, { presets: ['recommended'], judges: 'source', ...selection });
    expect(selected.map((entry) => entry.rule.id)).toEqual(ids);
  });

  it('have their options over the defaults', () => {
    const selected = selectRules(RULES, { rules: { b: ['error', { max: 9 }] } }, { presets: ['recommended'], judges: 'source' });
    expect(selected.map((entry) => entry.options)).toEqual([{ max: 9 }]);
  });

  it.each<{ settings: Settings; only?: string[]; message: RegExp }>([
    { settings: { rules: { x: 'off' } }, message: /There is no rule "x"\. Rules: a, b, c, m, n\./ },
    { settings: {}, only: ['no-b'], message: /There is no rule "no-b"/ },
    { settings: { rules: { b: ['error', { min: 1 }] } }, message: /Rule "b" has no option "min" \(it has "max"\)\./ },
    { settings: { rules: { c: ['error', { min: 1 }] } }, message: /Rule "c" has no option "min" \(it has none\)\./ },
    { settings: { rules: { b: ['error', { max: 0 }] } }, message: /Option "max" of rule "b" must be an integer from 1 on, not 0\./ },
  ])('are refused: $message', ({ settings, only, message }) => {
    expect(() => selectRules(RULES, settings, { presets: ['recommended'], judges: 'source', only })).toThrow(message);
  });
});

describe('the presets of a run', () => {
  it.each<{ preset: Settings['preset']; source: string[]; migrations: string[] }>([
    { preset: undefined, source: ['recommended'], migrations: ['migrations'] },
    { preset: 'strict', source: ['strict'], migrations: ['migrations'] },
    { preset: 'migrations-strict', source: ['recommended'], migrations: ['migrations-strict'] },
    { preset: ['strict', 'migrations', 'migrations-strict'], source: ['strict'], migrations: ['migrations', 'migrations-strict'] },
  ])('$preset', ({ preset, source, migrations }) => {
    const settings = preset === undefined ? {} : { preset };
    expect(presetsFor('source', settings)).toEqual(source);
    expect(presetsFor('migrations', settings)).toEqual(migrations);
  });
});

describe('options', () => {
  const schemas: Record<string, OptionSchema> = {
    flag: { type: 'boolean', description: 'A flag' },
    word: { type: 'string', description: 'A word', enum: ['on', 'off'] },
    max,
    list: { type: 'array', description: 'A list', items: { type: 'string' } },
    table: { type: 'object', description: 'A table' },
  };
  const all = rule('all', 'strict', { options: schemas });
  const plugin = { rules: { all: { meta: { schema: eslintSchemaOf(all) }, create: () => ({}) } } };
  const isAccepted = (run: () => unknown): boolean => {
    try {
      run();
      return true;
    } catch {
      return false;
    }
  };

  const VALUES: readonly unknown[] = [true, 'on', 'other', 0, 1, 1.5, null, [], ['a'], [1], {}, { a: 1 }];
  const cases = [...Object.keys(schemas), 'unknown'].flatMap((name) => VALUES.map((value) => ({ [name]: value })));

  it.each(cases)('are valid exactly when ESLint says so: %o', (options) => {
    const config = { plugins: { p: plugin }, rules: { 'p/all': ['error', options] } };
    const accepted = isAccepted(() => optionsOf(all, options));
    expect(accepted).toBe(isAccepted(() => new Linter({ configType: 'flat' }).verify('', [config as never])));
  });
});
