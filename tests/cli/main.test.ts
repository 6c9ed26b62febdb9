import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backendPatterns, folderWith } from './command.ts';

const CLEAN = { 'src/sum.ts': 'export const sum = (a: number, b: number): number => a + b;\n' };

const LOOP = {
  'package.json': '{ "name": "sample", "dependencies": { "@prisma/client": "6.0.0" } }',
  'src/database.ts': "import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n",
  'src/orders.ts': `import { prisma } from './database';

export async function loadOrders(ids: string[]) {
  const orders = [];
  for (const id of ids) {
    orders.push(await prisma.order.findFirst({ where: { id } }));
  }
  return orders;
}
`,
};

const OPENS_PROJECT = new Set(['check', 'migrations', 'report', 'doctor']);

const BROKEN = 'export const = ;;; {{{ (\n';

describe('exit codes', () => {
  it.each<{ name: string; files: Record<string, string>; args: string[]; code: number; says: RegExp }>([
    { name: 'clean', files: CLEAN, args: ['check'], code: 0, says: /✔ No findings\.\nFiles: 1 found, 1 parsed \(1 source\), 1 judged\./ },
    { name: 'findings', files: LOOP, args: ['check'], code: 1, says: /src\/orders\.ts\n {2}6:23 {2}.*backend-patterns\/no-query-in-loop\n\n✖ 1 finding in 1 file\./ },
    { name: 'no file', files: {}, args: ['check'], code: 3, says: /Not checked: No JavaScript or TypeScript file was found\./ },
    { name: 'no file parsed', files: { 'a.ts': BROKEN }, args: ['check'], code: 3, says: /Not checked: None of 1 files could be parsed\./ },
    { name: 'too much not parsed', files: { ...LOOP, 'src/b.ts': BROKEN }, args: ['check'], code: 3, says: /Not checked: 1 of 3 files could not be parsed/ },
    { name: 'imports unresolved', files: { 'a.ts': "import './b';\nimport './c';\n" }, args: ['check'], code: 3, says: /Not checked: 2 of 2 imports/ },
    { name: 'no migration', files: CLEAN, args: ['migrations'], code: 3, says: /Not checked: No migration was found\./ },
    { name: 'an unknown command', files: CLEAN, args: ['chekc'], code: 2, says: /There is no command "chekc"\. Did you mean "check"\?/ },
    { name: 'an unknown option', files: CLEAN, args: ['check', '--fromat', 'json'], code: 2, says: /There is no option --fromat\. Did you mean --format\?/ },
    { name: 'an option of another command', files: CLEAN, args: ['check', '--out', 'x'], code: 2, says: /The command "check" has no option --out\./ },
    { name: 'an option without its value', files: CLEAN, args: ['check', '--format'], code: 2, says: /'-f, --format <value>' argument missing\.$/m },
    { name: 'an unknown format', files: CLEAN, args: ['check', '--format', 'xml'], code: 2, says: /--format must be one of stylish, json, sarif, github, gitlab, markdown, not "xml"\./ },
    { name: 'an unknown rule', files: CLEAN, args: ['check', '--rule', 'nope'], code: 2, says: /There is no rule "nope"\. Rules: / },
    { name: 'a rule of another command', files: CLEAN, args: ['migrations', '--rule', 'no-query-in-loop'], code: 2, says: /judges source files, which "migrations" does not; use: backend-patterns check/ },
    { name: 'a path that matches nothing', files: CLEAN, args: ['check', 'lib'], code: 2, says: /No file of the project matches "lib"/ },
    { name: 'a path outside', files: CLEAN, args: ['check', '--root', 'src', '.'], code: 2, says: /is outside the project/ },
    { name: 'a root that is no folder', files: CLEAN, args: ['check', '--root', 'gone'], code: 2, says: /--root: .*gone is not a folder\./ },
    { name: 'wrong settings', files: { ...CLEAN, 'backend-patterns.config.json': '{ "presett": "strict" }' }, args: ['check'], code: 2, says: /backend-patterns\.config\.json:1:\d+: .*presett/ },
    { name: 'wrong suppressions', files: { ...CLEAN, 'eslint-suppressions.json': '[' }, args: ['check'], code: 2, says: /eslint-suppressions\.json is not a JSON object/ },
    { name: 'wrong options', files: { ...CLEAN, 'backend-patterns.config.json': '{ "rules": { "no-query-in-loop": ["error", { "most": 1 }] } }' }, args: ['check'], code: 2, says: /Rule "no-query-in-loop" has no option "most"/ },
    { name: 'nothing to explain', files: CLEAN, args: ['explain'], code: 2, says: /Say one thing to explain/ },
    { name: 'a mistyped rule to explain', files: CLEAN, args: ['explain', 'no-query-in-lop'], code: 2, says: /Did you mean "no-query-in-loop"\?/ },
    { name: 'a line that is not there', files: CLEAN, args: ['explain', 'src/sum.ts:99'], code: 2, says: /src\/sum\.ts has 2 lines, not 99\./ },
    { name: 'findings in a report', files: LOOP, args: ['report'], code: 0, says: /backend-patterns-report\.html: 1 finding in 1 file\./ },
    { name: 'a report of nothing', files: {}, args: ['report'], code: 3, says: /Not checked/ },
    { name: 'help', files: {}, args: ['--help'], code: 0, says: /Usage: backend-patterns COMMAND/ },
    { name: 'help on a command', files: {}, args: ['help', 'report'], code: 0, says: /Usage: backend-patterns report/ },
    { name: 'no command', files: {}, args: [], code: 0, says: /Usage: backend-patterns COMMAND/ },
    { name: 'the version', files: {}, args: ['--version'], code: 0, says: /^\d+\.\d+\.\d+/ },
    { name: 'doctor', files: LOOP, args: ['doctor'], code: 0, says: /Prisma \(database\): imported by 1 file/ },
  ])('$code for $name', ({ files, args, code, says }) => {
    const [command = '', ...rest] = args;
    const outcome = backendPatterns(folderWith(files), OPENS_PROJECT.has(command) ? [command, '--no-cache', ...rest] : args);
    const said = outcome.stdout + outcome.stderr;
    expect(said).toMatch(says);
    expect(said).not.toContain('This is a mistake in backend-patterns');
    expect(outcome.code).toBe(code);
  });
});

describe('check', () => {
  it('writes JSON alone to standard output', () => {
    const outcome = backendPatterns(folderWith({ ...LOOP, 'src/b.ts': BROKEN }), ['check', '--format', 'json', '--no-cache']);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ version: 2, exitCode: 3, findings: [{ rule: 'no-query-in-loop', file: 'src/orders.ts', line: 6 }] });
    expect(outcome.stderr).toContain('Not checked: 1 of 3 files');
  });

  it('restricts what is judged to the paths, and reads the rest', () => {
    const root = folderWith(LOOP);
    expect(backendPatterns(root, ['check', 'src/orders.ts', '--no-cache']).code).toBe(1);
    expect(backendPatterns(join(root, 'src'), ['check', 'orders.ts', '--no-cache']).code).toBe(1);
    expect(backendPatterns(root, ['check', '**/ord*.ts', '--no-cache']).code).toBe(1);
    const outcome = backendPatterns(root, ['check', 'src/database.ts', '--no-cache']);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('2 found, 2 parsed (2 source), 1 judged');
  });

  it('honours comments and says so', () => {
    const text = LOOP['src/orders.ts'].replace('    orders.push', '    // eslint-disable-next-line backend-patterns/no-query-in-loop -- few\n    orders.push');
    const outcome = backendPatterns(folderWith({ ...LOOP, 'src/orders.ts': text }), ['check', '--no-cache']);
    expect(outcome.stdout).toContain('✔ No findings (1 hidden by comments)');
    expect(outcome.code).toBe(0);
  });

  it('honours suppressions while there are no more findings than they say', () => {
    const suppressions = { 'eslint-suppressions.json': '{ "src/orders.ts": { "backend-patterns/no-query-in-loop": { "count": 1 } } }' };
    expect(backendPatterns(folderWith({ ...LOOP, ...suppressions }), ['check', '--no-cache']).stdout).toContain('(1 by eslint-suppressions.json)');
  });

  it('takes settings of the project, and of --config before them', () => {
    const root = folderWith({ ...LOOP, 'backend-patterns.config.json': '{ // not here\n "rules": { "no-query-in-loop": "off" } }', 'other.json': '{ "rules": { "no-query-in-loop": "error" } }' });
    expect(backendPatterns(root, ['check', '--no-cache']).code).toBe(0);
    expect(backendPatterns(root, ['check', '--config', 'other.json', '--no-cache']).code).toBe(1);
  });

  it('colours only when asked', () => {
    const root = folderWith(CLEAN);
    expect(backendPatterns(root, ['check', '--no-cache']).stdout).not.toContain('\u001b[');
    expect(backendPatterns(root, ['check', '--no-cache'], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[');
    expect(backendPatterns(root, ['check', '--no-cache'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain('\u001b[');
    expect(backendPatterns(root, ['check', '--no-cache', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain('\u001b[');
  });
});

describe('migrations', () => {
  const MIGRATION = 'prisma/migrations/20260101000000_rename/migration.sql';
  const files = {
    ...CLEAN,
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/20250101000000_init/migration.sql': 'CREATE TABLE "users" ("id" INT PRIMARY KEY, "name" TEXT);\n',
    [MIGRATION]: 'ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";\n',
  };

  it('are judged with their history', () => {
    const outcome = backendPatterns(folderWith(files), ['migrations', '--no-cache']);
    expect(outcome.stdout).toContain(`${MIGRATION}\n`);
    expect(outcome.stdout).toContain('backend-patterns/migration-no-rename');
    expect(outcome.stdout).toContain('Migrations: 2 found (2 prisma, postgres), 2 statements understood, 0 not.');
    expect(outcome.code).toBe(1);
  });

  it('name the places that were not understood', () => {
    const root = folderWith({ ...files, [MIGRATION]: '-- a slip\nSELEC 1;\nALTER TABLE "users" DROP COLUMN "name";\n' });
    const { stdout, code } = backendPatterns(root, ['migrations', '--no-cache']);
    expect(stdout).toMatch(new RegExp(`Not analysed: ${MIGRATION}:2 .*syntax error`));
    expect(stdout).toContain('backend-patterns/migration-no-drop-referenced');
    expect(code).toBe(3);
  });

  it('judge those that are programs, too', () => {
    const root = folderWith({ ...files, 'src/migrations/20260201000000-add.js': 'exports.up = (knex) => knex.schema.dropTable("users");\nexports.down = () => {};\n' });
    const { stdout } = backendPatterns(root, ['migrations', '--no-cache']);
    expect(stdout).toMatch(/src\/migrations\/20260201000000-add\.js\n {2}1:24 {2}.*migration-no-drop-referenced\n/);
    expect(stdout).toContain('Migrations: 3 found (1 knex, postgres; 2 prisma, postgres), 3 statements understood, 0 not.');
  });

  it('are judged by check, with a preset or by their path', () => {
    const root = folderWith({ ...files, 'queries/sums.sql': 'SELECT 1;\n' });
    const check = (...args: string[]): ReturnType<typeof backendPatterns> => backendPatterns(root, ['check', '--no-cache', ...args]);
    const findingsIn = ({ stdout }: { readonly stdout: string }): unknown => (JSON.parse(stdout) as { findings: unknown }).findings;
    const findings = findingsIn(backendPatterns(root, ['migrations', '--no-cache', '--format', 'json']));
    expect(check().code).toBe(0);
    const presets = [['--preset', 'migrations'], ['--preset', 'migrations', '--preset', 'strict']];
    for (const args of [...presets, [MIGRATION], [MIGRATION, 'src/sum.ts'], ['--rule', 'migration-no-rename']]) {
      const outcome = check(...args, '--format', 'json');
      expect({ args, code: outcome.code, findings: findingsIn(outcome) }).toEqual({ args, code: 1, findings });
    }
    expect(check('queries/sums.sql').stdout).toContain('queries/sums.sql belongs to no migration folder that was found: not judged.');
    expect(check(MIGRATION).stdout).not.toContain('Files: ');
  });

  it('take presets from the settings, one or several', () => {
    const settings = (preset: unknown) => folderWith({ ...files, 'backend-patterns.config.json': JSON.stringify({ preset }) });
    const presets = (root: string, command: string): unknown => (JSON.parse(backendPatterns(root, [command, '--no-cache', '--format', 'json']).stdout) as { presets: unknown }).presets;
    expect(presets(settings(['strict', 'migrations-strict']), 'check')).toEqual(['strict', 'migrations-strict']);
    expect(presets(settings(['strict', 'migrations-strict']), 'migrations')).toEqual(['migrations-strict']);
    expect(presets(settings('strict'), 'migrations')).toEqual(['migrations']);
    expect(presets(settings('strict'), 'check')).toEqual(['strict']);
  });

  it.each([
    { format: 'sarif', says: /"version": "2\.1\.0"[^]*"ruleId": "backend-patterns\/migration-no-rename"/ },
    { format: 'github', says: /^::error file=prisma\/migrations\/20260101000000_rename\/migration\.sql,line=1,endLine=1,col=1,/ },
    { format: 'gitlab', says: /^\[\n {2}\{\n {4}"description": "Column/ },
    { format: 'markdown', says: /^### ❌ 1 finding in 1 file\n/ },
  ])('are written as $format', ({ format, says }) => {
    const { stdout, code } = backendPatterns(folderWith(files), ['migrations', '--no-cache', '--format', format]);
    expect(stdout).toMatch(says);
    expect(code).toBe(1);
  });

  it('tell programs each statement: place, transaction, locks, findings', () => {
    const { stdout } = backendPatterns(folderWith(files), ['migrations', '--no-cache', '--format', 'json']);
    const { findings, migrations } = JSON.parse(stdout) as { findings: { fingerprint: string }[]; migrations: unknown };
    expect(migrations).toMatchObject([
      { file: 'prisma/migrations/20250101000000_init/migration.sql', statements: [{ kind: 'createTable', findings: [] }] },
      {
        file: MIGRATION,
        tool: 'prisma',
        dialect: 'postgres',
        judged: true,
        analysed: true,
        transaction: { unit: 'batch', evidence: expect.stringMatching(/Prisma/i) as string },
        statements: [
          {
            line: 1,
            column: 1,
            endLine: 1,
            endColumn: 56,
            kind: 'rename',
            transaction: null,
            locks: [{ relation: 'public.users', mode: 'AccessExclusiveLock' }],
            rewrites: [],
            scans: [],
            findings: [findings[0]?.fingerprint],
          },
        ],
        notAnalysed: [],
      },
    ]);
  });

  it('are clean where nothing is unsafe', () => {
    const outcome = backendPatterns(folderWith(files), ['migrations', 'prisma/migrations/20250101000000_init', '--no-cache']);
    expect(outcome.stdout).toContain('✔ No findings');
    expect(outcome.code).toBe(0);
  });
});

describe('report', () => {
  it('writes the same page twice', () => {
    const root = folderWith(LOOP);
    const write = (file: string): string => {
      expect(backendPatterns(root, ['report', '--out', file, '--no-cache']).code).toBe(0);
      return readFileSync(join(root, file), 'utf8');
    };
    const page = write('out/one.html');
    expect(page).toBe(write('out/two.html'));
    expect(page).toContain('<mark>prisma.order.findFirst({ where: { id } })</mark>');
    expect(page).not.toContain(root);
  });

  it('says where it cannot write', () => {
    const outcome = backendPatterns(folderWith(LOOP), ['report', '--out', 'package.json/page.html', '--no-cache']);
    expect(outcome.stderr).toMatch(/--out: .*cannot be written/);
    expect(outcome.code).toBe(2);
  });
});

describe('explain', () => {
  it('tells what is believed about a place', () => {
    const outcome = backendPatterns(folderWith(LOOP), ['explain', 'src/orders.ts:6', '--no-cache']);
    expect(outcome.stdout).toMatch(/File\n {2}src\/orders\.ts: source, of package sample\n/);
    expect(outcome.stdout).toMatch(/Within\n {2}loadOrders\n/);
    expect(outcome.stdout).toMatch(/Queries\n {2}prisma\.order\.findFirst \(prisma, read, order\)\n/);
    expect(outcome.stdout).toMatch(/Findings\n {2}no-query-in-loop: /);
  });

  it('tells what silenced a rule', () => {
    const text = LOOP['src/orders.ts'].replace('id } }));', 'id } })); // eslint-disable-line -- few rows');
    const outcome = backendPatterns(folderWith({ ...LOOP, 'src/orders.ts': text }), ['explain', 'src/orders.ts:6', '--no-cache']);
    expect(outcome.stdout).toContain('no-query-in-loop, silenced by eslint-disable-line in line 6: few rows: ');
  });

  it('shows a rule without reading a project', () => {
    const root = folderWith({});
    const outcome = backendPatterns(root, ['explain', 'backend-patterns/no-query-in-loop']);
    expect(outcome.stdout).toContain('no-query-in-loop');
    expect(outcome.code).toBe(0);
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
  });
});
