import { describe, expect, it } from 'vitest';
import { errorSubject } from '../../src/project/caught-errors.ts';
import { isControlledError } from '../../src/project/controlled-errors.ts';
import { guardsAt, isDevelopmentOnlyAt, isNarrowedAt } from '../../src/project/guards.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from './tree.ts';

const ERRORS = `export class AppError extends Error {}
export const isKnown = (value: unknown) => value instanceof AppError || value instanceof TypeError;
export const isMissing = (value: unknown) => value instanceof Error;
`;

/** Opens a file in which the place asked about is called `HERE`. */
function at(text: string) {
  const source = `import { AppError, isKnown, isMissing } from './errors.js';\n${text}`;
  const project = openProject({ root: tree({ 'package.json': '{}', 'src/a.ts': source, 'src/errors.ts': ERRORS, 'src/config.ts': `export const config = { isProd: process.env.NODE_ENV === 'production' };\n` }), cache: false });
  const file = project.files.get('src/a.ts');
  if (!file) throw new Error('The file was not read.');
  return { project, file, offset: source.indexOf('HERE') };
}

describe('guardsAt', () => {
  const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['if (a) HERE;', ['a']],
    ['if (a) b(); else HERE;', ['not a']],
    ['function f() { if (a) return; HERE; }', ['not a']],
    ['function f() { if (a) b(); HERE; }', []],
    ['function f() { if (!a) throw b; if (c) { HERE; } }', ['c', 'not !a']],
    ['const x = a ? HERE : b;', ['a']],
    ['const x = a ? b : HERE;', ['not a']],
    ['a && HERE;', ['a']],
    ['a || HERE;', ['not a']],
    ['a ?? HERE;', []],
    ['switch (a) { case 1: HERE; }', ['1']],
    ['for (const x of y) { if (a) continue; HERE; }', ['not a']],
  ];
  it.each(cases)('%s', (text, expected) => {
    const { project, file, offset } = at(text);
    const found = guardsAt(project, file, offset).map(({ test, holds }) => `${holds ? '' : 'not '}${file.text.slice(file.facts.values[test]?.start, file.facts.values[test]?.end)}`);
    expect([...new Set(found)]).toEqual(expected);
  });
});

describe('isNarrowedAt with isControlledError', () => {
  const cases: readonly (readonly [text: string, expected: boolean])[] = [
    ['if (e instanceof AppError) HERE;', true],
    ['if (e instanceof Error) HERE;', false],
    ['if (e instanceof AppError) { x(); } else HERE;', false],
    ['if (!(e instanceof AppError)) return; HERE;', true],
    ['if (e instanceof AppError && e.code) HERE;', true],
    ['if (e instanceof AppError || e instanceof Error) HERE;', false],
    ['if (!(e instanceof AppError) || x) return; HERE;', true],
    ['if (!(e instanceof AppError) && x) return; HERE;', false],
    ['if (e instanceof PrismaClientKnownRequestError) HERE;', false],
    ['if (other instanceof AppError) HERE;', false],
    ['if (isKnown(e)) HERE;', true],
    ['if (isMissing(e)) HERE;', false],
    [`if (e.name === 'ZodError') HERE;`, true],
    [`if (e.name !== 'ZodError') return; HERE;`, true],
    [`if (e.name === 'Error') HERE;`, false],
    [`switch (e.code) { case 'GONE': HERE; }`, true],
    ['if (e.expose) HERE;', true],
    ['if (e.statusCode < 500) HERE;', true],
    ['if (e.message) HERE;', false],
    ['const known = e instanceof AppError; if (known) HERE;', true],
    ['const err = e as Error; if (err instanceof AppError) HERE;', true],
  ];
  it.each(cases)('%s %s', (text, expected) => {
    const { project, file, offset } = at(`export function run() { try { x(); } catch (e) { void e; ${text} } }`);
    const caught = file.facts.values.findIndex((fact) => fact.kind === 'name' && file.facts.bindings[fact.binding]?.kind === 'catch');
    const subject = errorSubject(file, caught);
    expect(subject?.name).toBe('e');
    expect(isNarrowedAt(project, file, offset, subject?.names ?? new Set(), isControlledError)).toBe(expected);
  });
});

describe('isDevelopmentOnlyAt', () => {
  const cases: readonly (readonly [text: string, expected: boolean])[] = [
    [`if (process.env.NODE_ENV !== 'production') HERE;`, true],
    [`if (process.env.NODE_ENV === 'production') HERE;`, false],
    [`if (process.env.NODE_ENV === 'development') HERE;`, true],
    [`if (process.env.NODE_ENV === 'production') { x(); } else HERE;`, true],
    [`const isDev = process.env.NODE_ENV !== 'production'; x = isDev ? HERE : 0;`, true],
    [`const live = process.env.NODE_ENV === 'production'; x = live ? 0 : HERE;`, true],
    [`const live = process.env.NODE_ENV === 'production'; x = live && HERE;`, false],
    [`if (config.isProd) { x(); } else HERE;`, true],
    [`if (config.isProd) HERE;`, false],
    [`if (a) HERE;`, false],
  ];
  it.each(cases)('%s %s', (text, expected) => {
    const { project, file, offset } = at(`import { config } from './config.js';\nlet x: unknown;\n${text}`);
    expect(isDevelopmentOnlyAt(project, file, offset)).toBe(expected);
  });
});
