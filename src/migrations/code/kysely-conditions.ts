import { findSql, referenceOf, expressionOf, sqlValue } from './kysely-sql.ts';
import { ANY, CALLED, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { builder, itemsOf, notConstant, NotConstant, textOf, type Value } from './values.ts';

/** The expression builder that callbacks get: `(eb) => eb('age', '>', 18)`. */
export const EXPRESSION_BUILDER = 'expression builder';

/** A loose one takes values that are not known: its conditions only narrow rows. */
export function expressionBuilder(mode?: 'loose'): Value {
  return builder(EXPRESSION_BUILDER, mode);
}

/** The condition of `where(…)`: a comparison, sql`…` or a callback. Throws NotConstant. */
export function conditionOf(call: BuilderCall, args: readonly Value[] = call.args): string {
  const [first, operator, value] = args;
  if (args.length >= 2) return comparison(call, first, operator, value);
  if (first?.kind === 'function') return conditionOf(call, [call.apply(first, [expressionBuilder()])]);
  if (!findSql(first)) throw notConstant('the condition', first);
  return expressionOf(first, call.dialect, 'the condition');
}

function comparison({ dialect }: BuilderCall, left: Value | undefined, operator: Value | undefined, right: Value | undefined): string {
  const sign = findSql(operator) ? expressionOf(operator, dialect, 'the operator') : textOf(operator, 'the operator');
  const values = right?.kind === 'list' ? right.items.map((item) => expressionOf(item, dialect, 'a value of the condition')) : undefined;
  const written = values ? `(${values.join(', ')})` : expressionOf(right, dialect, 'a value of the condition');
  return `${referenceOf(left, dialect)} ${sign} ${written}`;
}

function group(operator: 'and' | 'or'): BuilderMethod {
  return (call) => {
    const [given] = call.args;
    if (given?.kind === 'record') {
      const parts = [...given.entries].map(([column, value]) => comparison(call, { kind: 'text', text: column }, { kind: 'text', text: '=' }, value));
      return sqlValue(wrapped(parts, operator));
    }
    const parts = itemsOf(given, 'the conditions').map((item) => (call.self.state === 'loose' ? looseCondition(call, [item]) : conditionOf(call, [item])));
    return sqlValue(wrapped(parts, operator));
  };
}

function wrapped(parts: readonly string[], operator: string): string {
  const joined = parts.join(` ${operator} `);
  return parts.length > 1 ? `(${joined})` : joined;
}

const value: BuilderMethod = ({ args, dialect }) => sqlValue(expressionOf(args[0], dialect, 'the value'));
const compares: BuilderMethod = (call) => sqlValue(call.self.state === 'loose' ? looseCondition(call) : conditionOf(call));

export const EXPRESSION_BUILDER_METHODS: Readonly<Record<string, BuilderMethod>> = {
  [CALLED]: compares,
  eb: compares,
  and: group('and'),
  or: group('or'),
  not: (call) => sqlValue(`not ${conditionOf(call)}`),
  ref: ({ args, dialect }) => sqlValue(referenceOf(args[0], dialect)),
  val: value,
  lit: value,
  parens: (call) => sqlValue(`(${conditionOf(call)})`),
  fn: ({ args, dialect }) => {
    const [name, given] = args;
    const listed = itemsOf(given, 'the arguments of the function').map((item) => referenceOf(item, dialect));
    return sqlValue(`${textOf(name, 'the name of the function')}(${listed.join(', ')})`);
  },
  between: ({ args: [column, low, high], dialect }) => {
    const bounds = [low, high].map((bound) => expressionOf(bound, dialect, 'a bound'));
    return sqlValue(`${referenceOf(column, dialect)} between ${bounds.join(' and ')}`);
  },
  // Subqueries and the like: not rendered, which matters only where the condition is kept by the schema.
  [ANY]: () => undefined,
};

/** A condition whose values need not be known: it narrows all the same. */
export function looseCondition(call: BuilderCall, args: readonly Value[] = call.args): string {
  const [first, operator, second] = args;
  if (first?.kind === 'function') return looseCondition(call, [call.apply(first, [expressionBuilder('loose')])]);
  try {
    return conditionOf(call, args);
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    const isPlain = first?.kind === 'text' && operator?.kind === 'text' && !first.holes && !operator.holes && second !== undefined;
    return isPlain && /^(?:[=<>!]+|is|is not)$/.test(operator.text) ? `${referenceOf(first, call.dialect)} ${operator.text} null` : 'null';
  }
}
