import { expect, test } from 'vitest';
import { defineRule } from '../../src/findings/define-rule.ts';
import { checkProject } from '../../src/findings/check.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from '../project/tree.ts';

const everyFile = defineRule({
  id: 'every-file',
  docs: { chapter: 'api', description: 'Report every file', preset: 'recommended' },
  messages: { here: 'Limit {{limit}}.' },
  check({ settings, report }) {
    report({ at: { start: 0, end: 1 }, messageId: 'here', data: { limit: settings.maxConstant ?? 0 } });
  },
});

test('a package has the settings of its own file over those of the root', () => {
  const root = tree({
    'package.json': { workspaces: ['packages/*'] },
    'backend-patterns.config.json': { maxConstant: 5 },
    'packages/a/package.json': { name: 'a' },
    'packages/a/src/a.ts': 'export const a = 1;\n',
    'packages/b/package.json': { name: 'b' },
    'packages/b/backend-patterns.config.json': { maxConstant: 9 },
    'packages/b/src/b.ts': 'export const b = 1;\n',
    'packages/c/package.json': { name: 'c' },
    'packages/c/backend-patterns.config.json': { rules: { 'every-file': 'off' } },
    'packages/c/src/c.ts': 'export const c = 1;\n',
  });
  const { findings } = checkProject(openProject({ root, cache: false }), { rules: [everyFile] });
  expect(findings.map(({ path, message }) => [path, message])).toEqual([
    ['packages/a/src/a.ts', 'Limit 5.'],
    ['packages/b/src/b.ts', 'Limit 9.'],
  ]);
});
