import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { loadPostgresParser } from '../../src/migrations/postgres-parser.ts';
import { readScript } from '../../src/migrations/read-script.ts';
import { splitStatements } from '../../src/migrations/split-statements.ts';
import { lexSql } from '../../src/migrations/sql-lexer.ts';

describe('loadPostgresParser', () => {
  it('stands on the build whose start it knows by heart', () => {
    const manifest = createRequire(import.meta.url)('libpg-query/package.json') as { version: string };
    expect(manifest.version).toBe('18.1.5');
    expect(loadPostgresParser().parseSync('SELECT 1').version).toBeGreaterThanOrEqual(180000);
  });
});

describe('lexSql', () => {
  const texts = [
    `select "a""b", 'it''s', E'a\\'b', U&"\\0041", $tag$ ; $x$ $tag$, $1, 1.5e3, b.c::int[] -- end`,
    `/* a /* b */ c */ ALTER TABLE "Ünï"."😀" ADD COLUMN é numeric(10, 2) DEFAULT -1;`,
  ];
  it.each(texts)('cuts where the server cuts words and quotes: %s', (text) => {
    const bytes = Buffer.from(text);
    const server = loadPostgresParser().scanSync(text).tokens.map((token) => bytes.subarray(token.start, token.end).toString());
    const own = [...lexSql(text)].map((token) => text.slice(token.start, token.end));
    // Operators of two characters are two symbols here, and a parameter is a symbol and a number.
    const together = (tokens: readonly string[]): string => tokens.join('').replace(/\s+/g, '');
    expect(together(own)).toBe(together(server));
    expect(own).toEqual(expect.arrayContaining(server.filter((token) => /^[\w"'/]|^\$\w*\$|^--/.test(token) && !/^\d/.test(token))));
  });
});

describe('splitStatements', () => {
  const cases: readonly [text: string, pieces: readonly string[]][] = [
    ['', []],
    ['-- only a comment\n/* and another */ ;;', []],
    ["SELECT ';'; SELECT \";\" ; SELECT $a$;$a$", ["sql SELECT ';'", 'sql SELECT ";"', 'sql SELECT $a$;$a$']],
    ['\\connect shop\nSELECT 1;\n\\.\n', ['meta \\connect shop', 'sql SELECT 1', 'meta \\.']],
    ["COPY a (x) FROM stdin;\n1;'\n\\.\nSELECT 2;", ['sql COPY a (x) FROM stdin', "data 1;'\n\\.", 'sql SELECT 2']],
    ['CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2); SELECT 3', ['sql CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2)', 'sql SELECT 3']],
    ['A\n--> statement-breakpoint\nB;\n--> statement-breakpoint', ['sql A\n--> statement-breakpoint\nB']],
  ];
  it.each(cases)('%j', (text, expected) => {
    expect(splitStatements(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual(expected);
  });
});

describe('readScript', () => {
  it('reads on after a statement that does not parse, and says where it broke', () => {
    const text = "-- größe\nSELEC 1;\nALTER TABLE a DROP COLUMN b;\nCREATE TABLE \"é\" (x int,, y int);\nDROP TABLE c;";
    const { statements, notAnalysed } = readScript(text);
    expect(statements.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual(['alterTable ALTER TABLE a DROP COLUMN b', 'drop DROP TABLE c']);
    expect(notAnalysed.map(({ start, reason }) => [text.slice(start, start + 5), reason])).toEqual([
      ['SELEC', 'not understood: syntax error at or near "SELEC"'],
      [', y i', 'not understood: syntax error at or near ","'],
    ]);
  });

  it('finds each command of an ALTER TABLE, whatever stands between', () => {
    const text = `ALTER TABLE IF EXISTS ONLY "Kä,se"."t😀" /* a, b */ ADD COLUMN "a,b" numeric(10, 2) DEFAULT round(1, 2), -- c, d
      ALTER COLUMN c TYPE varchar(9) USING concat(c, ','), ADD CONSTRAINT k CHECK (a IN (1, 2)), ADD FOREIGN KEY (a, b) REFERENCES z (c, d),
      ALTER d SET DEFAULT ARRAY[1, 2], DROP "é"`;
    const [statement] = readScript(text).statements;
    const commands = statement?.kind === 'alterTable' ? statement.commands : [];
    expect(commands.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)).toEqual([
      'addColumn: ADD COLUMN "a,b" numeric(10, 2) DEFAULT round(1, 2)',
      "setType: ALTER COLUMN c TYPE varchar(9) USING concat(c, ',')",
      'addConstraint: ADD CONSTRAINT k CHECK (a IN (1, 2))',
      'addConstraint: ADD FOREIGN KEY (a, b) REFERENCES z (c, d)',
      'setDefault: ALTER d SET DEFAULT ARRAY[1, 2]',
      'dropColumn: DROP "é"',
    ]);
  });

  it.each([
    ['ALTER TABLE add ADD drop int', 'ADD drop int'],
    ['ALTER TABLE a * DROP b', 'DROP b'],
    ['ALTER FOREIGN TABLE a.b.c DROP b', 'DROP b'],
    ['ALTER TABLE "only" DROP COLUMN IF EXISTS "alter"', 'DROP COLUMN IF EXISTS "alter"'],
  ])('leaves the head out: %s', (text, expected) => {
    const [statement] = readScript(text).statements;
    expect(statement?.kind === 'alterTable' && statement.commands.map(({ start, end }) => text.slice(start, end))).toEqual([expected]);
  });

  it('keeps what columns are', () => {
    const text = 'CREATE TABLE "Ä".t (id bigserial PRIMARY KEY, "ö" varchar(20)[] NOT NULL DEFAULT now(), c int REFERENCES z (id), d int GENERATED ALWAYS AS (c + 1) STORED, CHECK (c IS NOT NULL)) PARTITION BY RANGE (id)';
    const [statement] = readScript(text).statements;
    expect(statement).toMatchObject({ kind: 'createTable', table: { schema: 'Ä', name: 't' }, partitioned: true, constraints: [{ kind: 'check', provesNotNull: ['c'] }] });
    const columns = statement?.kind === 'createTable' ? statement.columns : [];
    expect(columns.map(({ nameAt }) => nameAt && text.slice(nameAt.start, nameAt.end))).toEqual(['id', '"ö"', 'c', 'd']);
    expect(columns.map(({ start, end }) => text.slice(start, end))).toEqual([
      'id bigserial PRIMARY KEY',
      '"ö" varchar(20)[] NOT NULL DEFAULT now()',
      'c int REFERENCES z (id)',
      'd int GENERATED ALWAYS AS (c + 1) STORED',
    ]);
    expect(columns).toMatchObject([
      { type: { name: 'int8', serial: true }, notNull: true },
      { type: { name: 'varchar', args: [20], dimensions: 1 }, notNull: true, default: { volatility: 'stable', isNull: false } },
      { constraints: [{ kind: 'foreignKey', columns: ['c'], references: { name: 'z' } }] },
      { generated: 'stored' },
    ]);
  });

  it('lists SQL that is only built when it runs', () => {
    const { statements, notAnalysed } = readScript("DO $$ BEGIN EXECUTE 'GRANT ALL ON a TO ' || who; EXECUTE 'DROP TABLE ' || name; END $$; \\i other.sql");
    expect(statements).toMatchObject([{ kind: 'block', statements: [] }]);
    expect(notAnalysed.map(({ reason }) => reason)).toEqual(['`EXECUTE` builds its SQL at run time', 'psql command `\\i`: the file it brings in is not read here']);
  });
});
