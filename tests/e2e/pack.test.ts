import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SHOP = path.join(ROOT, 'docs/examples/shop/flawed');
const TYPEORM = path.join(ROOT, 'docs/examples/migrations/typeorm');

const made: string[] = [];
let tarball = '';

/** Presets and the parser, as a user would write it. */
function configurationWith(parser: string): string {
  return [
    "import backendPatterns from 'eslint-plugin-backend-patterns';",
    `import * as parser from '${parser}';`,
    "export default [{ files: ['**/*.ts'], languageOptions: { parser: parser.default ?? parser } }, ...backendPatterns.configs.strict, ...backendPatterns.configs.migrations];",
  ].join('\n');
}

const THEIRS = '@typescript-eslint/parser';
const OURS = 'eslint-plugin-backend-patterns/parser';
const PROJECTS = [
  { name: 'the oldest ESLint with our parser', install: ['eslint@9.15.0', 'typescript@5.0.4'], parser: OURS },
  { name: 'ESLint 9 with @typescript-eslint/parser', install: ['eslint@9.39.5', `${THEIRS}@8.72.0`, 'typescript@6.0.3'], parser: THEIRS },
  { name: 'ESLint 10 with @typescript-eslint/parser', install: ['eslint@10.15.0', `${THEIRS}@8.72.0`, 'typescript@6.0.3'], parser: THEIRS },
  { name: 'ESLint 10 with our parser and TypeScript 7 alone', install: ['eslint@10.15.0', 'typescript@7.0.2'], parser: OURS },
] as const;

/** Rules with findings in source files of the flawed shop, as its table tells. */
const EXPECTED = [
  ...new Set(
    [...readFileSync(path.join(SHOP, '../README.md'), 'utf8').matchAll(/^\| `([\w-]+)` \| `[\w.-]+\.ts`/gm)].map(([, id]) => `backend-patterns/${id}`),
  ),
].sort();

function folderNamed(prefix: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), prefix)));
  made.push(folder);
  return folder;
}

function run(folder: string, command: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

beforeAll(() => {
  const folder = folderNamed('pack-');
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  tarball = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
});

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

describe.each(PROJECTS)('a fresh project: $name', ({ install, parser }) => {
  let project = '';

  beforeAll(() => {
    project = folderNamed('fresh-');
    cpSync(SHOP, project, { recursive: true });
    cpSync(TYPEORM, path.join(project, 'bookings'), { recursive: true });
    writeFileSync(path.join(project, '.gitignore'), 'node_modules\n');
    writeFileSync(path.join(project, 'eslint.config.js'), configurationWith(parser));
    // The dependencies of the shop itself are not installed: reading it needs none.
    const manifest = path.join(project, 'package.json');
    const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
    writeFileSync(manifest, JSON.stringify({ private: true, type: 'module' }));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', tarball, ...install], { cwd: project, stdio: 'pipe' });
    writeFileSync(manifest, JSON.stringify({ private: true, type: 'module', dependencies }));
  });

  it('lints the flawed shop', () => {
    const { stdout, stderr } = run(project, 'npx', 'eslint', '--format', 'json', 'src');
    expect(stderr.replace(/^npm .*$/gm, '').trim()).toBe('');
    const results = JSON.parse(stdout) as { messages: { ruleId: string | null; message: string; fatal?: boolean }[] }[];
    const messages = results.flatMap((result) => result.messages);
    expect(messages.filter((message) => message.fatal)).toEqual([]);
    expect([...new Set(messages.map((message) => message.ruleId))].sort()).toEqual(EXPECTED);
  });

  it('lints migrations, scripts and programs, as the command judges them', () => {
    const { stdout, stderr } = run(project, 'npx', 'eslint', '--format', 'json', 'prisma', 'bookings');
    expect(stderr.replace(/^npm .*$/gm, '').trim()).toBe('');
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string; line: number; column: number }[] }[];
    const linted = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column }) => `${path.relative(project, filePath)}:${line}:${column} ${ruleId}`),
    );
    const { findings } = JSON.parse(run(project, 'npx', 'backend-patterns', 'migrations', '--format', 'json').stdout) as {
      findings: { rule: string; file: string; line: number; column: number }[];
    };
    const judged = findings.map(({ rule, file, line, column }) => `${file}:${line}:${column} backend-patterns/${rule}`);
    expect(linted.filter((line) => line.includes('/migration-')).sort()).toEqual(judged.sort());
    expect(judged.filter((line) => line.startsWith('prisma/')).length).toBeGreaterThan(10);
    expect(judged).toContain('bookings/src/migrations/1769432400000-IndexArrivals.ts:7:30 backend-patterns/migration-transaction-opt-out');
  });

  it('runs the command without ESLint configuration', () => {
    const { status, stdout } = run(project, 'npx', 'backend-patterns', 'check', '--preset', 'strict', '--format', 'json');
    expect(status).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
    const ids = findings.map((finding) => finding.rule.replace(/^(?:backend-patterns\/)?/, 'backend-patterns/'));
    expect(ids).toEqual(expect.arrayContaining(EXPECTED));
  });

  it.each(['', '/parser', '/project', '/sql', '/migrations', '/dependency-cruiser'])('gives the export "%s" to import and to require', (subpath) => {
    const name = `eslint-plugin-backend-patterns${subpath}`;
    const code = [
      "import { createRequire } from 'node:module';",
      `const imported = await import('${name}');`,
      `const required = createRequire(process.cwd() + '/x.js')('${name}');`,
      'console.log(Object.keys(imported).length > 0 && Object.keys(imported).every((key) => imported[key] === required[key]));',
    ].join('\n');
    expect(run(project, process.execPath, '--input-type=module', '--eval', code)).toMatchObject({ status: 0, stdout: 'true\n' });
  });
});
