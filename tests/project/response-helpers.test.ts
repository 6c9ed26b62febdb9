import { expect, test } from 'vitest';
import { envelopeOf } from '../../src/project/envelope.ts';
import { openProject } from '../../src/project/open.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { tree } from './tree.ts';

const ROUTES = `import { Router } from 'express';
import { ok } from '@shop/answers';
import { wrap } from './wrap';
export const router = Router();
router.get('/a', (req, res) => res.json(ok([1])));
router.get('/b', (req, res) => res.json(wrap([1])));
router.get('/c', (req, res) => res.json([1]));
`;

/** Answers whose form is known, and those that keep the envelope. */
function answers(responseHelpers: NonNullable<Settings['responseHelpers']>) {
  const files = { 'package.json': { name: 'shop' }, 'src/routes.ts': ROUTES, 'src/wrap.ts': 'export const wrap = (items: unknown[]) => ({ items });\n' };
  const project = openProject({ root: tree(files), cache: false, settings: { envelope: 'document', responseHelpers } });
  const [unit] = project.packages;
  if (!unit) throw new Error('The package was not found.');
  const { known, fitting } = envelopeOf(project, unit);
  return { known, fitting };
}

test.each([
  { name: 'nothing is declared', helpers: [], known: 2, fitting: 0 },
  { name: 'a helper of a package', helpers: [{ module: '@shop/answers', name: 'ok', kind: 'success' }], known: 3, fitting: 1 },
  { name: 'a helper of the project', helpers: [{ module: './src/wrap', name: 'wrap', kind: 'success' }], known: 2, fitting: 1 },
  { name: 'a helper for errors is no success answer', helpers: [{ module: './src/wrap', name: 'wrap', kind: 'error' }], known: 1, fitting: 0 },
] as const)('$name', ({ helpers, known, fitting }) => {
  expect(answers([...helpers])).toEqual({ known, fitting });
});
