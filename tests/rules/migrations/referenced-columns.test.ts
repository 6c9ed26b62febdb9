import { describe, expect, it } from 'vitest';
import expandContract from '../../../rules/migrations/migration-expand-contract.ts';
import noDropReferenced from '../../../rules/migrations/migration-no-drop-referenced.ts';
import noRename from '../../../rules/migrations/migration-no-rename.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const rules = [noDropReferenced, noRename, expandContract];

const users = "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const mails = () => pool.query('SELECT email FROM users');\n";
const everything = "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const all = () => pool.query('SELECT * FROM users');\n";
const model = 'model User {\n  id    Int @id\n  email String?\n  @@map("users")\n}\n';
const client = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const add = () => prisma.user.create({ data: { id: 1 } });\n";
const create = 'CREATE TABLE users (id int PRIMARY KEY, email text, total int);\n';

type Case = {
  readonly name: string;
  readonly code?: Readonly<Record<string, string>>;
  readonly migrations: readonly string[];
  /** `rule confidence message`, those of low confidence too. */
  readonly expected: readonly string[];
};

const cases: readonly Case[] = [
  {
    name: 'a drop that code still needs',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email;'],
    expected: [
      'migration-no-drop-referenced high Column `email` of `users` is dropped while the code still needs it: `SELECT email FROM users` (src/users.ts:3). From then on those queries fail, and the values are gone. First release code without these uses and a model without the property; drop the column in the release after that.',
    ],
  },
  {
    name: 'a drop that nothing needs',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN total;'],
    expected: [
      'migration-no-drop-referenced low Column `total` of `users` is dropped. Nothing in 1 file needs it any more, but its values are gone. Check that the running release does not need it either (`--base` compares with it), nor other programs that use the database.',
    ],
  },
  {
    name: 'a table',
    code: { 'src/users.ts': users },
    migrations: [create, 'DROP TABLE users;'],
    expected: [
      'migration-no-drop-referenced high Table `users` is dropped while the code still needs it: `SELECT email FROM users` (src/users.ts:3). From then on those queries fail, and the rows are gone. First release code without these uses; drop the table in the release after that.',
    ],
  },
  {
    name: 'queries that select every column',
    code: { 'src/users.ts': everything },
    migrations: [create, 'ALTER TABLE users DROP COLUMN total;'],
    expected: [
      'migration-no-drop-referenced low Column `total` of `users` is dropped while the code selects every column of the table: `SELECT * FROM users` (src/users.ts:3). What reads it there finds nothing from then on, and the values are gone. First release code without these uses and a model without the property; drop the column in the release after that.',
    ],
  },
  {
    name: 'scripts alone',
    code: { 'scripts/mails.ts': users },
    migrations: [create, 'DROP TABLE users;'],
    expected: [
      'migration-no-drop-referenced low Table `users` is dropped while the code still needs it: `SELECT email FROM users` (scripts/mails.ts:3). From then on those queries fail, and the rows are gone. First release code without these uses; drop the table in the release after that.',
    ],
  },
  {
    name: 'a model that declares it, and its queries',
    code: { 'schema.prisma': model, 'src/users.ts': client },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email;'],
    expected: [
      'migration-no-drop-referenced high Column `email` of `users` is dropped while the code still needs it: `User.email` (schema.prisma:3) and `prisma.user.create` (src/users.ts:3). From then on those queries fail, and the values are gone. First release the field marked `@ignore`, so that the client neither selects nor writes it; drop the column in the release after that.',
    ],
  },
  {
    name: 'a column that came back',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email;', 'ALTER TABLE users ADD COLUMN email text;'],
    expected: [
      'migration-no-drop-referenced low Column `email` of `users` is dropped. Nothing in 1 file needs it any more, but its values are gone. Check that the running release does not need it either (`--base` compares with it), nor other programs that use the database.',
    ],
  },
  {
    name: 'no code that talks to a database',
    code: { 'src/index.ts': 'export const port = 80;\n' },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email;'],
    expected: [
      'migration-no-drop-referenced high Column `email` of `users` is dropped. Every query of a running release that names it fails from then on, and its values are gone. Check that no code needs it (models, raw SQL, `SELECT *`), release that first, and drop the column in a later migration.',
    ],
  },
  {
    name: 'inserts without a column that becomes NOT NULL',
    code: { 'schema.prisma': model, 'src/users.ts': client },
    migrations: [create, 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;'],
    expected: [
      'migration-no-drop-referenced high Column `email` of `users` becomes NOT NULL while the code inserts rows without it: `prisma.user.create` (src/users.ts:3). From then on those inserts fail. First release code that gives it a value, or set a `DEFAULT`.',
    ],
  },
  {
    name: 'a replaced column is told once, with what uses it',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users ADD COLUMN mail text; UPDATE users SET mail = email; ALTER TABLE users DROP COLUMN email;'],
    expected: [
      'migration-expand-contract high Column `email` of `users` is dropped in the same release that brings `mail` in its place. The release that is still running reads and writes `email`, e.g. `SELECT email FROM users` (src/users.ts:3): its queries fail from then on. Missing in between: a release that writes both columns and a release that reads and writes `mail` alone.',
    ],
  },
  {
    name: 'a generated rename is told once',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email, ADD COLUMN email_address text;'],
    expected: [
      'migration-no-rename high Column `email` of `users` is dropped and `email_address` is added with the same type (text), as generators write a rename. All values are lost. If it is one, keep the column and rename it in the code only; else copy the values before a later release drops it.',
    ],
  },
  {
    name: 'what may be a rename gives way to a drop that code needs',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN email, ADD COLUMN contact text;'],
    expected: [
      'migration-no-drop-referenced high Column `email` of `users` is dropped while the code still needs it: `SELECT email FROM users` (src/users.ts:3). From then on those queries fail, and the values are gone. First release code without these uses and a model without the property; drop the column in the release after that.',
    ],
  },
  {
    name: 'what may be a rename',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users DROP COLUMN total, ADD COLUMN amount int;'],
    expected: [
      'migration-no-rename low Column `total` of `users` is dropped and `amount` is added with the same type (integer), as generators write a rename. All values are lost. If it is one, keep the column and rename it in the code only; else copy the values before a later release drops it.',
    ],
  },
  {
    name: 'both columns are still there, and who needs the old one',
    code: { 'src/users.ts': users },
    migrations: [create, 'ALTER TABLE users ADD COLUMN work_email text; UPDATE users SET work_email = email;', ...['a', 'b', 'c', 'd', 'e'].map((name) => `CREATE TABLE ${name} (id int);`)],
    expected: [
      'migration-expand-contract low Column `work_email` of `users` was filled from `email`, and 5 migrations later both are still there. Missing: reads and writes of `email` still have to move (`SELECT email FROM users` (src/users.ts:3)); then drop it.',
    ],
  },
];

describe('rules about columns that code needs', () => {
  it.each(cases)('$name', ({ code, migrations, expected }) => {
    const files = Object.fromEntries(migrations.map((sql, index) => [`db/migrations/00${index + 1}_a.sql`, sql]));
    const { findings, silenced } = checkText({ ...code, ...files }, { rules, only: rules.map(({ id }) => id), judges: 'migrations' });
    const all = [...findings, ...silenced.map(({ finding }) => finding)];
    expect(all.map(({ rule, confidence, message }) => `${rule} ${confidence} ${message}`)).toEqual(expected);
  });

  it('gives every place and the plan', () => {
    const files = { 'db/migrations/001_a.sql': create, 'db/migrations/002_a.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;', 'src/users.ts': users };
    const [finding] = checkText(files, { rules, only: [noRename.id], judges: 'migrations' }).findings;
    expect(finding?.related).toEqual([{ path: 'src/users.ts', line: 3, column: 47, label: 'SELECT email FROM users (SQL names it)' }]);
    expect(finding?.plan).toContain('ALTER TABLE users ADD COLUMN mail text;');
  });
});
