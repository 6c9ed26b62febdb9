import type { ColumnDef, Constraint } from 'libpg-query';
import type { Span } from '../facts/types.ts';
import { clauseFrom, clauseUntilWord, tokenIndexAt, writtenAt, type Source } from './clause-places.ts';
import { lowerType } from './column-types.ts';
import { lowerColumnConstraints } from './constraint-definitions.ts';
import { lowerDefault } from './default-values.ts';
import type { ColumnDefinition, DefaultValue } from './statements.ts';
import { columnsIn } from './syntax-tree.ts';

const AFTER_TYPE = new Set(['compression', 'storage', 'options', 'collate']);

/** `span`: of the clause that holds the definition, as the caller located it. */
export function lowerColumn(definition: ColumnDef, source: Source, span: Span): ColumnDefinition {
  const { text, at } = source;
  const own = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const find = (kind: string): Constraint | undefined => own.find((constraint) => constraint.contype === kind);
  const starts = [definition.collClause?.location, ...own.map(({ location }) => location)].flatMap((byte) => (byte === undefined ? [] : [at(byte)]));
  /** Each clause of a definition ends where the next begins. */
  const clauseAt = (byte: number): Span => {
    const start = at(byte);
    const next = Math.min(span.end, ...starts.filter((other) => other > start));
    return clauseFrom(source, start, next);
  };
  const type = lowerType(definition.typeName);
  const fallback = find('CONSTR_DEFAULT');
  const generated = find('CONSTR_GENERATED');
  const identity = find('CONSTR_IDENTITY') !== undefined;
  const name = definition.colname ?? '';
  const nameAt = nameSpan(source, definition);
  const typeByte = definition.typeName?.location;
  const typeEnd = typeByte === undefined ? undefined : Math.min(span.end, ...starts.filter((other) => other > at(typeByte)));
  const typeAt = typeByte === undefined || typeEnd === undefined ? undefined : clauseUntilWord(source, at(typeByte), typeEnd, AFTER_TYPE);
  return {
    start: span.start,
    end: span.end,
    name,
    ...(nameAt ? { nameAt } : {}),
    ...(type ? { type } : {}),
    ...(typeAt ? { typeAsWritten: writtenAt(text, typeAt) } : {}),
    notNull: identity || type?.serial === true || find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined,
    ...(find('CONSTR_NULL') ? { explicitNull: true as const } : {}),
    ...(fallback ? lowerOwnDefault(fallback, source, clauseAt) : {}),
    ...(generated ? { generated: generated.generated_kind === 'v' ? 'virtual' : 'stored', generatedFrom: columnsIn(generated.raw_expr) } : {}),
    ...(identity ? { identity: true as const } : {}),
    ...(definition.collClause ? { collation: true as const } : {}),
    constraints: lowerColumnConstraints(own, name, source, clauseAt),
  };
}

function lowerOwnDefault(fallback: Constraint, source: Source, clauseAt: (byte: number) => Span): { default?: DefaultValue } {
  if (!fallback.raw_expr) return {};
  const clause = clauseAt(fallback.location ?? 0);
  const { tokens } = source.piece;
  let first = tokenIndexAt(tokens, clause.start);
  while (first < tokens.length && source.text.slice(tokens[first]?.start, tokens[first]?.end).toLowerCase() !== 'default') first += 1;
  const start = tokens[first + 1]?.start;
  const written = start === undefined || start >= clause.end ? undefined : writtenAt(source.text, { start, end: clause.end });
  return { default: lowerDefault(fallback.raw_expr, written) };
}

/** `ADD COLUMN` definitions begin at the name as those of CREATE TABLE do. */
function nameSpan({ piece: { tokens }, at }: Source, { location }: ColumnDef): Span | undefined {
  if (location === undefined) return undefined;
  const token = tokens[tokenIndexAt(tokens, at(location))];
  return token && { start: token.start, end: token.end };
}
