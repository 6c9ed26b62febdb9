import { symbolOf, tokenIndexAt, type Source } from './clause-places.ts';
import { wordOf } from './split-statements.ts';
import type { Token } from './sql-lexer.ts';
import type { ColumnDefinition, ConstraintDefinition, Statement, WrittenName } from './statements.ts';

type What = WrittenName['what'];

const KEYWORDS: Readonly<Record<string, readonly [word: string, what: What]>> = {
  createTable: ['table', 'table'],
  createIndex: ['index', 'index'],
  createView: ['view', 'view'],
  createTrigger: ['trigger', 'trigger'],
  createPolicy: ['policy', 'policy'],
  createRule: ['rule', 'other'],
  createStatistics: ['statistics', 'other'],
  createSequence: ['sequence', 'sequence'],
  createDomain: ['domain', 'type'],
  createType: ['type', 'type'],
  createSchema: ['schema', 'schema'],
  createPublication: ['publication', 'other'],
};
const BETWEEN = new Set(['if', 'not', 'exists', 'concurrently', 'only']);
const OF_RENAMED: Readonly<Partial<Record<string, What>>> = {
  table: 'table', column: 'column', attribute: 'column', constraint: 'constraint', index: 'index', view: 'view', materializedView: 'view', type: 'type',
  domain: 'type', schema: 'schema', sequence: 'sequence', trigger: 'trigger', policy: 'policy', function: 'function',
};

/** The names that a statement gives, as they stand in the text: the parser has cut them to 63 bytes and taken the quotes away. */
export function namesGivenBy(statement: Statement, source: Source): WrittenName[] {
  const keyword = KEYWORDS[statement.kind];
  const names = keyword && !(statement.kind === 'createIndex' && statement.name === undefined) ? nameAfter(source, ...keyword) : [];
  if (statement.kind === 'createFunction') return nameAfter(source, statement.procedure ? 'procedure' : 'function', 'function');
  if (statement.kind === 'rename') return nameOf(source.piece.tokens.at(-1), OF_RENAMED[statement.object] ?? 'other', source);
  if (statement.kind === 'createTable') {
    const columns = statement.columns.flatMap((column) => columnNames(column, source));
    return [...names, ...columns, ...statement.constraints.flatMap((constraint) => constraintNames(constraint, source))];
  }
  if (statement.kind !== 'alterTable') return names;
  return statement.commands.flatMap((command) => {
    if (command.kind === 'addColumn') return columnNames(command.column, source);
    return command.kind === 'addConstraint' ? constraintNames(command.constraint, source) : [];
  });
}

function columnNames({ nameAt, constraints }: ColumnDefinition, source: Source): WrittenName[] {
  const own = nameAt ? nameOf(source.piece.tokens[tokenIndexAt(source.piece.tokens, nameAt.start)], 'column', source) : [];
  return [...own, ...constraints.flatMap((constraint) => constraintNames(constraint, source))];
}

/** `CONSTRAINT name …`; a command begins with `ADD`. */
function constraintNames({ name, start }: ConstraintDefinition, source: Source): WrittenName[] {
  if (name === undefined || start === undefined) return [];
  const { tokens } = source.piece;
  let at = tokenIndexAt(tokens, start);
  if (wordOf(source.text, tokens[at]) === 'add') at += 1;
  return wordOf(source.text, tokens[at]) === 'constraint' ? nameOf(tokens[at + 1], 'constraint', source) : [];
}

function nameAfter(source: Source, keyword: string, what: What): WrittenName[] {
  const { text, piece: { tokens } } = source;
  let at = tokens.findIndex((token) => wordOf(text, token) === keyword) + 1;
  if (at === 0) return [];
  while (BETWEEN.has(wordOf(text, tokens[at]))) at += 1;
  while (symbolOf(text, tokens[at + 1]) === '.') at += 2;
  return nameOf(tokens[at], what, source);
}

function nameOf(token: Token | undefined, what: What, { text }: Source): WrittenName[] {
  if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) return [];
  const { start, end } = token;
  const written = text.slice(start, end);
  const quoted = token.kind === 'quoted';
  return [{ what, start, end, quoted, text: quoted ? written.slice(written.indexOf('"') + 1, -1).replaceAll('""', '"') : written }];
}
