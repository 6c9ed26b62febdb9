import type { ts } from 'ts-morph';
import { isSame, joinValues, underBoth } from './branches.ts';
import { placeOf, type Interpreter } from './interpreter.ts';
import { findCell, write } from './scopes.ts';
import { concatenate } from './texts.ts';
import { boolean, isNothing, number, truthOf, unknown, type Place, type Scope, type Value } from './values.ts';

export function negate(value: Value): Value {
  if (value.kind === 'exists') return { ...value, negated: !value.negated };
  if (value.kind === 'builder' && value.maybe) return { kind: 'exists', ...value.maybe, negated: true };
  const truth = truthOf(value);
  return truth === undefined ? value : boolean(!truth);
}

export function evaluateBinary(it: Interpreter, node: ts.BinaryExpression, scope: Scope): Value {
  const { SyntaxKind } = it.ts;
  const operator = node.operatorToken.kind;
  const at = placeOf(node, scope);
  switch (operator) {
    case SyntaxKind.EqualsToken:
      return assign(it, node.left, it.evaluate(node.right, scope), scope);
    case SyntaxKind.PlusEqualsToken: {
      const sum = add(it.evaluate(node.left, scope), it.evaluate(node.right, scope), at);
      return assign(it, node.left, sum, scope);
    }
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return logical(it, node, scope);
    case SyntaxKind.CommaToken:
      it.evaluate(node.left, scope);
      return it.evaluate(node.right, scope);
    default:
      break;
  }
  const left = it.evaluate(node.left, scope);
  const right = it.evaluate(node.right, scope);
  if (operator === SyntaxKind.PlusToken) return add(left, right, at);
  if (operator === SyntaxKind.EqualsEqualsEqualsToken || operator === SyntaxKind.EqualsEqualsToken) return equals(it, left, right, at);
  if (operator === SyntaxKind.ExclamationEqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsToken) return negate(equals(it, left, right, at));
  if (left.kind === 'number' && right.kind === 'number') return arithmetic(node.operatorToken.getText(), left.value, right.value, at);
  return left.kind === 'unknown' ? left : right.kind === 'unknown' ? right : unknown('a computed value', at);
}

function arithmetic(operator: string, a: number, b: number, at: Place): Value {
  const numbers: Record<string, number> = { '-': a - b, '*': a * b, '/': a / b, '%': a % b, '**': a ** b };
  const truths: Record<string, boolean> = { '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b };
  const [result, truth] = [numbers[operator], truths[operator]];
  return result !== undefined ? number(result) : truth !== undefined ? boolean(truth) : unknown('a computed value', at);
}

function add(left: Value, right: Value, at: Place): Value {
  if (left.kind === 'number' && right.kind === 'number') return number(left.value + right.value);
  if (left.kind === 'unknown' && right.kind === 'unknown') return left;
  return concatenate([left, right], at);
}

/** Names of database clients: comparing with one asks which database it is, wherever the name comes from. */
const CLIENTS: Readonly<Record<string, string>> = {
  pg: 'postgres',
  postgres: 'postgres',
  postgresql: 'postgres',
  'aurora-postgres': 'postgres',
  cockroachdb: 'other',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  mssql: 'other',
  oracledb: 'other',
};

function equals(it: Interpreter, left: Value, right: Value, at: Place): Value {
  if (left.kind === 'exists' && right.kind === 'boolean') return right.value ? left : negate(left);
  for (const [asked, other] of [[left, right], [right, left]] as const) {
    if (asked.kind !== 'unknown' || other.kind !== 'text') continue;
    const client = CLIENTS[other.text];
    if (client !== undefined) return boolean(client === it.run.dialect);
  }
  if (isSame(left, right)) return boolean(true);
  if (isPlain(left) && isPlain(right)) return boolean(isNothing(left) && isNothing(right));
  const at0 = left.kind === 'unknown' ? left : right;
  return at0.kind === 'unknown' ? at0 : unknown('a comparison', at);
}

function isPlain(value: Value): boolean {
  return (value.kind === 'text' && !value.holes) || ['number', 'boolean', 'null', 'undefined', 'list', 'record', 'function'].includes(value.kind);
}

function logical(it: Interpreter, node: ts.BinaryExpression, scope: Scope): Value {
  const { SyntaxKind } = it.ts;
  const operator = node.operatorToken.kind;
  const left = it.evaluate(node.left, scope);
  const isAnd = operator === SyntaxKind.AmpersandAmpersandToken;
  if (operator === SyntaxKind.QuestionQuestionToken && left.kind !== 'unknown') return isNothing(left) ? it.evaluate(node.right, scope) : left;
  const truth = truthOf(left);
  if (truth !== undefined) return truth === isAnd ? it.evaluate(node.right, scope) : left;
  // Without the variable the program takes what stands beside it: the way it is written to run.
  if (!isAnd && left.kind === 'unknown' && left.reason.startsWith('the environment variable')) return it.evaluate(node.right, scope);
  const [yes, no] = underBoth(it.run, left, () => (isAnd ? it.evaluate(node.right, scope) : left), () => (isAnd ? left : it.evaluate(node.right, scope)));
  const right = isAnd ? yes : no;
  if (isAnd && right.kind === 'boolean' && !right.value) return right;
  if (!isAnd && right.kind === 'boolean' && right.value) return right;
  if (right.kind === 'exists') return right;
  if (left.kind === 'exists') return left;
  // `unknown || false` is as unknown as before.
  if (right.kind === 'boolean') return left;
  return joinValues(yes, no, left, placeOf(node, scope));
}

function assign(it: Interpreter, target: ts.Expression, value: Value, scope: Scope): Value {
  const { ts: tsc, run } = it;
  if (tsc.isIdentifier(target)) {
    const cell = findCell(scope, target.text);
    if (cell) write(cell, value, run.journals);
    return value;
  }
  if (tsc.isPropertyAccessExpression(target) || tsc.isElementAccessExpression(target)) {
    const object = it.evaluate(target.expression, scope);
    const key = tsc.isPropertyAccessExpression(target) ? target.name.text : keyOf(it.evaluate(target.argumentExpression, scope));
    const entries = object.kind === 'record' ? object.entries : object.kind === 'instance' ? object.fields : undefined;
    if (key !== undefined) entries?.set(key, value);
    return value;
  }
  if (tsc.isArrayLiteralExpression(target) && value.kind === 'list') {
    target.elements.forEach((element, i) => {
      if (!tsc.isOmittedExpression(element)) assign(it, element, value.items[i] ?? unknown('an element', placeOf(element, scope)), scope);
    });
    return value;
  }
  for (const name of target.getText().match(/[A-Za-z_$][\w$]*/g) ?? []) {
    const cell = findCell(scope, name);
    if (cell) write(cell, value.kind === 'unknown' ? value : unknown('a value taken apart', placeOf(target, scope)), run.journals);
  }
  return value;
}

function keyOf(value: Value): string | undefined {
  return value.kind === 'text' && !value.holes ? value.text : value.kind === 'number' ? String(value.value) : undefined;
}
