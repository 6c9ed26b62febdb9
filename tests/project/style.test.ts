import { describe, expect, it } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import type { Project } from '../../src/project/project.ts';
import { hasLayerBelowHandlers, styleNotes, styleOf } from '../../src/project/style.ts';
import type { StyleName } from '../../src/settings/settings.ts';
import { tree } from './tree.ts';

/** Where the routes of a made-up shop send their queries. */
type Way = 'handler' | 'helper' | 'function' | 'service' | 'repository' | 'service-repository';

const DATABASE = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;
const QUERY = 'prisma.order.findMany({ take: 10 })';
const IMPORT = `import { prisma } from '../database.js';\n`;

const BELOW: Readonly<Record<Exclude<Way, 'handler' | 'helper'>, readonly (readonly [file: string, text: string])[]>> = {
  function: [['lib/list-orders.ts', `${IMPORT}export const list = () => ${QUERY};\n`]],
  service: [['services/orders.service.ts', `${IMPORT}export const list = () => ${QUERY};\n`]],
  repository: [['repositories/orders.repository.ts', `${IMPORT}export const list = () => ${QUERY};\n`]],
  'service-repository': [
    ['services/layered.service.ts', `import { find } from '../repositories/layered.repository.js';\nexport const list = () => find();\n`],
    ['repositories/layered.repository.ts', `${IMPORT}export const find = () => ${QUERY};\n`],
  ],
};

function shop(counts: Readonly<Partial<Record<Way, number>>>, settings: { style?: StyleName } = {}): Project {
  const files: Record<string, string> = { 'package.json': '{ "name": "shop", "type": "module" }', 'src/database.ts': DATABASE };
  for (const [way, count] of Object.entries(counts) as [Way, number][]) {
    const below = way === 'handler' || way === 'helper' ? [] : BELOW[way];
    for (const [path, text] of below) files[`src/${path}`] = text;
    const source = below[0]?.[0].replace(/\.ts$/, '.js');
    const body = way === 'handler' ? QUERY : 'list()';
    const head = source ? `import { list } from '../${source}';\n` : IMPORT + (way === 'helper' ? `function list() {\n  return ${QUERY};\n}\n` : '');
    const routes = Array.from({ length: count }, (_, index) => `router.get('/${way}/${index}', async (req, res) => { res.json(await ${body}); });\n`);
    files[`src/routes/${way}.routes.ts`] = `import { Router } from 'express';\n${head}export const router = Router();\n${routes.join('')}`;
  }
  return openProject({ root: tree(files), cache: false, settings });
}

function ofShop(project: Project) {
  const unit = [...project.files.values()][0]!.package;
  return { style: styleOf(project, unit), below: hasLayerBelowHandlers(project, unit) };
}

describe('styleOf', () => {
  const cases: readonly (readonly [counts: Partial<Record<Way, number>>, name: string, exceptions: number, evidence: string])[] = [
    [
      { 'service-repository': 9, handler: 1 },
      'handler-service-repository',
      1,
      '10 traced routes: 9 go handler → service → repository, 1 call the ORM in the handler',
    ],
    [{ service: 8, handler: 2 }, 'handler-service', 2, '10 traced routes: 8 go handler → service → ORM, 2 call the ORM in the handler'],
    [{ function: 10 }, 'function-per-file', 0, '10 traced routes: 10 go handler → function → ORM'],
    [{ repository: 10 }, 'handler-service', 0, '10 traced routes: 10 go handler → repository'],
    [{ service: 7, handler: 3 }, 'mixed', 0, '10 traced routes: 7 go handler → service → ORM, 3 call the ORM in the handler'],
    [{ handler: 5, helper: 5, service: 1 }, 'handler-orm', 1, '11 traced routes: 1 go handler → service → ORM, 10 call the ORM in the handler'],
    [{ service: 3, handler: 1 }, 'handler-service', 1, 'few routes: 4 traced routes: 3 go handler → service → ORM, 1 call the ORM in the handler'],
    [
      { 'service-repository': 1, handler: 1 },
      'handler-service-repository',
      1,
      'few routes: 2 traced routes: 1 go handler → service → repository, 1 call the ORM in the handler',
    ],
    [{ handler: 2 }, 'handler-service-repository', 2, 'too few routes to tell; the layers of the document hold'],
    [{}, 'handler-service-repository', 0, 'too few routes to tell; the layers of the document hold'],
  ];

  it.each(cases)('%j: %s', (counts, name, exceptions, evidence) => {
    const { style } = ofShop(shop(counts));
    expect({ name: style.name, exceptions: style.exceptions.length, evidence: style.evidence }).toEqual({ name, exceptions, evidence });
  });

  it('takes what is pinned, and counts all the same', () => {
    const { style, below } = ofShop(shop({ handler: 10, service: 2 }, { style: 'handler-service' }));
    expect(style.name).toBe('handler-service');
    expect(style.pinned).toBe(true);
    expect(style.exceptions.length).toBe(10);
    expect(below).toBe(true);
  });
});

describe('styleNotes', () => {
  it('says in one line where style keeps rules from judging', () => {
    expect(styleNotes(shop({ handler: 12 }))).toEqual([
      'shop: handlers call the ORM as a rule (12 traced routes: 12 call the ORM in the handler), so no-db-in-handler reports nothing there. ' +
        'Pin "style" in backend-patterns.config.json to hold it to one.',
    ]);
  });

  it('is silent where handlers leave queries to others', () => {
    expect(styleNotes(shop({ service: 12 }))).toEqual([]);
  });
});
