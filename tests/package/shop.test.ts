import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkProject } from '../../src/findings/check.ts';
import type { Finding } from '../../src/findings/types.ts';
import { openProject } from '../../src/project/open.ts';

const SHOP = new URL('../../docs/examples/shop/', import.meta.url);

function findingsIn(version: 'clean' | 'flawed'): Finding[] {
  const project = openProject({ root: fileURLToPath(new URL(version, SHOP)), cache: false, settings: { preset: 'strict' } });
  return (['source', 'migrations'] as const).flatMap((judges) => {
    const { findings, ruleErrors } = checkProject(project, { rules, judges });
    expect(ruleErrors).toEqual([]);
    return findings;
  });
}

/** Rule and file or migration of each row of the shop's table. */
function rowsOfTable(): string[] {
  const rows = readFileSync(new URL('README.md', SHOP), 'utf8').matchAll(/^\| `([\w-]+)` \| `([^`]+)`/gm);
  return [...rows].map(([, rule, place]) => `${rule} ${place}`);
}

/** As the table names the place: the name of the file, or the folder of the migration. */
function placeOf({ rule, path }: Finding): string {
  const segments = path.split('/');
  return `${rule} ${segments.at(segments.at(-1) === 'migration.sql' ? -2 : -1)}`;
}

describe('the example shop', () => {
  it('has no findings in its clean version', () => {
    expect(findingsIn('clean').map(placeOf)).toEqual([]);
  });

  it('shows each rule in its flawed version, where its table says so', () => {
    const found = new Set(findingsIn('flawed').map(placeOf));
    expect([...found].sort()).toEqual([...new Set(rowsOfTable())].sort());
    expect([...new Set(findingsIn('flawed').map(({ rule }) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});
