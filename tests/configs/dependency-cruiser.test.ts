import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkProject } from '../../src/findings/check.ts';
import { openProject } from '../../src/project/open.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = path.join(ROOT, 'dist/configs');
const CRUISE = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const CALLED = `import { dependencyCruiserConfig } from '${BUILT}/dependency-cruiser.js';\nexport default dependencyCruiserConfig();\n`;
const EXTENDED = `export default { extends: '${BUILT}/dependency-cruiser-preset.js', forbidden: [] };\n`;

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of a shop outside of this repository, which would be its root otherwise. */
function shop(version: 'clean' | 'flawed', configuration: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'shop-')));
  made.push(folder);
  cpSync(path.join(ROOT, 'docs/examples/shop', version), folder, { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, '.dependency-cruiser.mjs'), configuration);
  writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  return folder;
}

interface CruiseOutput {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
}

function cruise(folder: string): { status: number | null; output: CruiseOutput } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CRUISE, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return { status, output: JSON.parse(stdout) as CruiseOutput };
}

describe('the built configuration under dependency-cruiser', () => {
  it('is there', () => {
    expect(existsSync(path.join(BUILT, 'dependency-cruiser-preset.js')), 'run npm run build first').toBe(true);
  });

  it.each([
    ['called', CALLED],
    ['extended', EXTENDED],
  ])('%s, finds the violation of the flawed shop, and none in the clean one', (_way, configuration) => {
    const flawed = cruise(shop('flawed', configuration));
    expect(flawed.output.summary.violations).toMatchObject([{ from: 'src/users/users.repository.ts', to: 'src/users/users.handler.ts', rule: { name: 'repository-not-to-handler' } }]);
    const clean = cruise(shop('clean', configuration));
    expect(clean.output.summary.violations).toEqual([]);
    expect(clean.output.modules.filter(({ source }) => source.startsWith('src/')).length).toBeGreaterThanOrEqual(18);
  });

  it.each(['clean', 'flawed'] as const)('judges the %s shop as layer-imports does', (version) => {
    const folder = shop(version, CALLED);
    const { findings } = checkProject(openProject({ root: folder, cache: false }), { rules, only: ['layer-imports'] });
    const ours = findings.map((finding) => finding.path).sort();
    const theirs = cruise(folder).output.summary.violations.map((violation) => violation.from).sort();
    expect(theirs).toEqual(ours);
  });
});
