import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkProject } from '../../src/findings/check.ts';
import type { Finding } from '../../src/findings/types.ts';
import { openProject } from '../../src/project/open.ts';

const EXAMPLES = new URL('../../docs/examples/', import.meta.url);
const OTHER_TOOLS = ['typeorm', 'goose', 'mysql', 'sqlite'];

function findingsIn(folder: string): Finding[] {
  const project = openProject({ root: fileURLToPath(new URL(folder, EXAMPLES)), cache: false, settings: { preset: ['strict', 'migrations-strict'] } });
  return (['source', 'migrations'] as const).flatMap((judges) => {
    const { findings, ruleErrors } = checkProject(project, { rules, judges });
    expect(ruleErrors).toEqual([]);
    return findings;
  });
}

interface Row {
  readonly rule: string;
  /** Names of files or of folders of migrations. */
  readonly places: readonly string[];
  /** The rule has findings elsewhere, too. */
  readonly andOthers: boolean;
}

function rowsOf(readme: string): Row[] {
  const rows = readFileSync(new URL(readme, EXAMPLES), 'utf8').matchAll(/^\| `([\w-]+)` \| ([^|]+) \|/gm);
  return [...rows].map(([, rule = '', where = '']) => {
    const places = [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => basename(name)).filter((name) => /[._]/.test(name));
    return { rule, places, andOthers: where.endsWith('and others') };
  });
}

/** As a table names the place: the name of the file, or the folder of the migration. */
function placeOf({ rule, path }: Finding): string {
  const segments = path.split('/');
  return `${rule} ${segments.at(segments.at(-1) === 'migration.sql' ? -2 : -1)}`;
}

function expectFindingsOf(readme: string, findings: readonly Finding[]): void {
  const rows = rowsOf(readme);
  const told = new Set(rows.flatMap(({ rule, places }) => places.map((place) => `${rule} ${place}`)));
  const found = new Set(findings.map(placeOf));
  expect([...told].filter((row) => !found.has(row))).toEqual([]);
  const summarised = new Set(rows.filter(({ andOthers }) => andOthers).map(({ rule }) => rule));
  expect([...found].filter((row) => !told.has(row) && !summarised.has(row.split(' ')[0] ?? ''))).toEqual([]);
}

describe('the examples', () => {
  it('have no findings in the clean shop', () => {
    expect(findingsIn('shop/clean').map(placeOf)).toEqual([]);
  });

  it('show in the flawed shop what its table says', () => {
    expectFindingsOf('shop/README.md', findingsIn('shop/flawed'));
  });

  it('show in the migrations of other tools what their table says', () => {
    expectFindingsOf('migrations/README.md', OTHER_TOOLS.flatMap((tool) => findingsIn(`migrations/${tool}`)));
  });

  it('show every rule', () => {
    const shown = new Set(['shop/README.md', 'migrations/README.md'].flatMap(rowsOf).map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});
