import { describe, expect, it } from 'vitest';
import { errorHierarchiesOf, errorHierarchyOf } from '../../src/project/error-hierarchy.ts';
import { openProject } from '../../src/project/open.ts';
import { thrownMessage, throwsOf } from '../../src/project/thrown-errors.ts';
import type { PackageUnit } from '../../src/project/types.ts';
import { tree } from './tree.ts';

const open = (files: Readonly<Record<string, string>>) => openProject({ root: tree({ 'package.json': '{ "name": "app" }', ...files }), cache: false });

const THROWS = (name: string, from: string, args: string) => `import { ${name} } from '${from}';
export function run(n: number) {
  if (n === 1) throw new ${name}(${args});
  if (n === 2) throw new ${name}(${args});
  throw new ${name}(${args});
}
`;

describe('errorHierarchyOf', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, name: string | undefined, members: readonly string[]])[] = [
    [
      'classes below one that carries a code',
      {
        'src/errors.ts': `export class AppError extends Error {\n  code = 'X';\n}\nexport class NotFound extends AppError {}\nexport class Gone extends NotFound {}\n`,
        'src/a.ts': THROWS('Gone', './errors', ''),
      },
      'AppError',
      ['AppError', 'NotFound', 'Gone'],
    ],
    [
      'a status that the constructor sets',
      { 'src/errors.js': `class HttpError extends Error {\n  constructor(status, message) {\n    super(message);\n    this.status = status;\n  }\n}\nexports.HttpError = HttpError;\n`, 'src/a.ts': THROWS('HttpError', './errors', `404, 'x'`) },
      'HttpError',
      ['HttpError'],
    ],
    ['an own exception of a framework', { 'src/errors.ts': `import { HTTPException } from 'hono/http-exception';\nexport class ApiError extends HTTPException {}\n`, 'src/a.ts': THROWS('ApiError', './errors', '404') }, 'ApiError', ['ApiError']],
    ['one class with a code of its own', { 'src/errors.ts': `export class Broken extends Error {\n  code = 'BROKEN';\n}\n`, 'src/a.ts': THROWS('Broken', './errors', '') }, undefined, []],
    ['classes without code and status', { 'src/errors.ts': `export class A extends Error {}\nexport class B extends A {}\nexport class C extends A {}\n`, 'src/a.ts': THROWS('C', './errors', '') }, undefined, []],
    ['a class that is no error', { 'src/errors.ts': `export class A {\n  constructor(readonly code: string) {}\n}\n`, 'src/a.ts': THROWS('A', './errors', `'x'`) }, undefined, []],
    ['exceptions of a framework alone', { 'src/a.ts': THROWS('NotFoundException', '@nestjs/common', '') }, undefined, []],
  ];
  it.each(cases)('%s', (_what, files, name, members) => {
    const project = open(files);
    const [unit] = project.packages;
    const found = unit && errorHierarchyOf(project, unit);
    expect(found?.name).toBe(name);
    expect(found?.members.map((error) => error.name) ?? []).toEqual(members);
  });

  it('belongs to the packages that throw it, with what speaks for it', () => {
    const project = open({
      'package.json': '{ "name": "root", "workspaces": ["packages/*"] }',
      'packages/errors/package.json': '{ "name": "@x/errors", "main": "index.ts" }',
      'packages/errors/index.ts': `export class AppError extends Error {\n  constructor(readonly code: string) {\n    super(code);\n  }\n}\n`,
      'packages/api/package.json': '{ "name": "@x/api" }',
      'packages/api/src/a.ts': THROWS('AppError', '@x/errors', `'x'`),
    });
    const familiesOf = (unit: PackageUnit) => errorHierarchiesOf(project, unit).map((each) => [each.name, ...each.evidence]);
    const found = Object.fromEntries(project.packages.map((unit) => [unit.folder, familiesOf(unit)]));
    expect(found).toEqual({ '': [], 'packages/errors': [], 'packages/api': [['AppError', '1 error around `AppError`', 'thrown 3 times in 1 file']] });
  });
});

describe('throwsOf', () => {
  it('tells what is thrown', () => {
    const project = open({
      'src/a.ts': `import createError from 'http-errors';
export class AppError extends Error {
  code = 'X';
}
const gone = () => createError(410);
export function run(n: unknown) {
  throw new Error('not ' + n);
  throw Error(\`no \${n} left\`);
  throw 'text';
  throw { message: 'object' };
  throw new AppError();
  throw gone();
  throw createError(404);
  throw n;
}
`,
    });
    const file = project.files.get('src/a.ts');
    const found = file ? throwsOf(project, file).map(({ fact, thrown }) => [thrown.kind === 'plain' ? thrown.form : thrown.kind === 'typed' ? thrown.error.name : thrown.kind, thrown.kind === 'plain' ? thrownMessage(file, fact.value) : '']) : [];
    expect(found).toEqual([['error', 'not …'], ['error', 'no … left'], ['literal', 'text'], ['object', 'object'], ['AppError', ''], ['gone', ''], ['external', ''], ['unknown', '']]);
  });
});
