import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from '../analyze-texts.ts';

const PATH = 'migrations/20240201000000-second.js';

/** A project with one table and a second migration that has `body` in its `up`. */
function analyze(body: string): ReturnType<typeof fileOf> & { readonly texts: string[]; readonly remedies: string[] } {
  const files = {
    'package.json': JSON.stringify({ dependencies: { sequelize: '6.37.0', pg: '8.0.0' } }),
    'migrations/20240101000000-first.js': `module.exports = {
  up: (queryInterface, Sequelize) => queryInterface.createTable('users', { id: { type: Sequelize.UUID, primaryKey: true }, name: Sequelize.TEXT, email: Sequelize.TEXT }),
};\n`,
    [PATH]: `module.exports = {\n  up: async (queryInterface, Sequelize) => {\n    ${body}\n  },\n  down: async () => {},\n};\n`,
  };
  const file = fileOf(analyzeTexts(files), PATH);
  const text = files[PATH] ?? '';
  return {
    ...file,
    texts: file.hazards.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end).replace(/\s+/g, ' ')}`),
    remedies: file.hazards.map(({ data }) => data['remedy'] ?? ''),
  };
}

describe('hazards of Sequelize migrations', () => {
  it.each([
    {
      name: 'an index',
      body: "await queryInterface.addIndex('users', ['email']);",
      hazards: ["createIndex: queryInterface.addIndex('users', ['email'])"],
      remedies: ['Pass `concurrently: true` in the options of `addIndex`.'],
    },
    {
      name: 'an index in a transaction',
      body: "await queryInterface.sequelize.transaction((transaction) => queryInterface.addIndex('users', ['email'], { transaction }));",
      hazards: ["createIndex: queryInterface.addIndex('users', ['email'], { transaction })"],
      remedies: ['Pass `concurrently: true` in the options of `addIndex`. Leave the option `transaction` out of the call.'],
    },
    { name: 'an index that is created concurrently', body: "await queryInterface.addIndex('users', ['email'], { concurrently: true });", hazards: [], remedies: [] },
    {
      name: 'an index among other statements of a query',
      body: "await queryInterface.sequelize.query('ALTER TABLE users ADD COLUMN age int; CREATE INDEX i ON users (email);');",
      hazards: ['createIndex: CREATE INDEX i ON users (email)'],
      remedies: ['Write `CREATE INDEX CONCURRENTLY i ON users (email);`. Send it as a query of its own.'],
    },
    {
      name: 'a concurrent index in a transaction',
      body: "await queryInterface.sequelize.transaction((transaction) => queryInterface.addIndex('users', ['email'], { transaction, concurrently: true }));",
      hazards: ["concurrentlyInTransaction: queryInterface.addIndex('users', ['email'], { transaction, concurrently: true })"],
      remedies: undefined,
    },
    {
      name: 'a concurrent index beside a transaction',
      body: "await queryInterface.sequelize.transaction(() => queryInterface.addIndex('users', ['email'], { concurrently: true }));",
      hazards: [],
      remedies: [],
    },
    { name: 'a table of its own', body: "await queryInterface.createTable('teams', { id: Sequelize.UUID }); await queryInterface.addIndex('teams', ['id']);", hazards: [], remedies: [] },
    {
      name: 'a column that changes its type and becomes NOT NULL',
      body: "await queryInterface.changeColumn('users', 'name', { type: Sequelize.STRING(50), allowNull: false });",
      hazards: [
        "setNotNull: queryInterface.changeColumn('users', 'name', { type: Sequelize.STRING(50), allowNull: false })",
        "typeRewrite: queryInterface.changeColumn('users', 'name', { type: Sequelize.STRING(50), allowNull: false })",
      ],
      remedies: undefined,
    },
    {
      name: 'a column of an enumeration',
      body: "await queryInterface.addColumn('users', 'role', { type: Sequelize.ENUM('a', 'b'), allowNull: false, defaultValue: 'a' });",
      hazards: [],
      remedies: [],
    },
  ])('$name', ({ body, hazards, remedies }) => {
    const file = analyze(body);
    expect(file.notAnalysed).toEqual([]);
    expect(file.texts).toEqual(hazards);
    if (remedies) expect(file.remedies).toEqual(remedies);
  });
});
