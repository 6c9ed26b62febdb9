import type { ts } from 'ts-morph';
import { guardsOf, isSame, underBoth } from './branches.ts';
import { placeOf, type Completion, type Interpreter } from './interpreter.ts';
import { note, underCondition, collect } from './run.ts';
import { childScope, declare, findCell, write } from './scopes.ts';
import { truthOf, UNDEFINED, unknown, type Scope, type Value } from './values.ts';

/** Turns of a loop that are followed. */
const MAX_TURNS = 500;

/** Runs statements in order. Of conditions that are not known both sides run. */
export function execute(it: Interpreter, statements: readonly ts.Statement[], scope: Scope): Completion | undefined {
  const { ts: tsc, run } = it;
  for (const statement of statements) if (tsc.isFunctionDeclaration(statement) && statement.name) declare(scope, statement.name.text, { kind: 'function', node: statement, scope });
  for (const [i, statement] of statements.entries()) {
    if (!tsc.isIfStatement(statement)) {
      const completion = executeOne(it, statement, scope);
      if (completion) return completion;
      continue;
    }
    const test = it.evaluate(statement.expression, scope);
    const truth = truthOf(test);
    if (truth !== undefined) {
      const chosen = truth ? statement.thenStatement : statement.elseStatement;
      const completion = chosen && executeOne(it, chosen, scope);
      if (completion) return completion;
      continue;
    }
    const [yes, no] = underBoth(
      run,
      test,
      () => executeOne(it, statement.thenStatement, scope),
      () => statement.elseStatement && executeOne(it, statement.elseStatement, scope),
    );
    if (!yes && !no) continue;
    if (yes && no) return yes.kind === no.kind ? joinCompletions(it, yes, no, test) : yes;
    // One side leaves: the rest runs on the other side's terms.
    keepReturn(it, yes ?? no);
    return underCondition(run, guardsOf(test, yes === undefined), () => execute(it, statements.slice(i + 1), scope));
  }
  return undefined;
}

function joinCompletions(it: Interpreter, yes: Completion, no: Completion, test: Value): Completion {
  keepReturn(it, no);
  return test.kind === 'unknown' || yes.value === undefined ? yes : { ...yes };
}

function keepReturn(it: Interpreter, completion: Completion | undefined): void {
  if (completion?.kind === 'return' && completion.value) it.run.returns.at(-1)?.push(completion.value);
}

function executeOne(it: Interpreter, statement: ts.Statement, scope: Scope): Completion | undefined {
  const { ts: tsc } = it;
  if (tsc.isBlock(statement)) return execute(it, statement.statements, childScope(scope));
  if (tsc.isIfStatement(statement)) return execute(it, [statement], scope);
  if (tsc.isExpressionStatement(statement)) {
    it.evaluate(statement.expression, scope);
    return undefined;
  }
  if (tsc.isVariableStatement(statement)) {
    declareAll(it, statement.declarationList, scope);
    return undefined;
  }
  if (tsc.isReturnStatement(statement)) return { kind: 'return', value: statement.expression ? it.evaluate(statement.expression, scope) : UNDEFINED };
  if (tsc.isThrowStatement(statement)) return { kind: 'throw' };
  if (tsc.isBreakStatement(statement)) return { kind: 'break' };
  if (tsc.isContinueStatement(statement)) return { kind: 'continue' };
  if (tsc.isTryStatement(statement)) return executeTry(it, statement, scope);
  if (tsc.isForOfStatement(statement) || tsc.isForInStatement(statement)) return executeForOf(it, statement, scope);
  if (tsc.isForStatement(statement)) return executeFor(it, statement, scope);
  if (tsc.isWhileStatement(statement) || tsc.isDoStatement(statement)) {
    return executeOnce(it, () => {
      it.evaluate(statement.expression, scope);
      return executeOne(it, statement.statement, scope);
    });
  }
  if (tsc.isSwitchStatement(statement)) return executeSwitch(it, statement, scope);
  if (tsc.isLabeledStatement(statement)) return executeOne(it, statement.statement, scope);
  if (tsc.isClassDeclaration(statement) && statement.name) declare(scope, statement.name.text, { kind: 'class', node: statement, scope });
  return undefined;
}

function declareAll(it: Interpreter, list: ts.VariableDeclarationList, scope: Scope): void {
  for (const { name, initializer } of list.declarations) it.bind(name, initializer ? it.evaluate(initializer, scope) : UNDEFINED, scope);
}

/** The body of `try` runs; what `catch` would send is not part of the way forward. */
function executeTry(it: Interpreter, { tryBlock, catchClause, finallyBlock }: ts.TryStatement, scope: Scope): Completion | undefined {
  const { run } = it;
  const completion = execute(it, tryBlock.statements, childScope(scope));
  if (catchClause) {
    const inner = childScope(scope);
    if (catchClause.variableDeclaration) it.bind(catchClause.variableDeclaration.name, unknown('an error', placeOf(catchClause, scope)), inner);
    const before = run.slots.length;
    executeOnce(it, () => execute(it, catchClause.block.statements, inner));
    const sent = run.slots.splice(before);
    const sql = collect({ ...run, slots: sent });
    for (const { start, end } of sql.filter(({ sql: text }) => !/^\s*(?:begin|commit|rollback)\b/i.test(text))) {
      note(run, 'sent only after an error', { file: run.main, start, end });
    }
  }
  const last = finallyBlock && execute(it, finallyBlock.statements, childScope(scope));
  // An error that the program throws itself inside `try` is caught by it.
  return last ?? (completion?.kind === 'throw' && catchClause ? undefined : completion);
}

/** A body that runs any number of times: followed once, and what it writes is unknown afterwards. */
function executeOnce(it: Interpreter, work: () => Completion | undefined): Completion | undefined {
  const nothing = unknown('how often a loop runs', { file: it.run.main, start: 0, end: 0 });
  const [completion] = underBoth(it.run, nothing, work, () => undefined);
  keepReturn(it, completion);
  return undefined;
}

function executeForOf(it: Interpreter, statement: ts.ForOfStatement | ts.ForInStatement, scope: Scope): Completion | undefined {
  const { ts: tsc } = it;
  const over = it.evaluate(statement.expression, scope);
  const turn = (value: Value): Completion | undefined => {
    const inner = childScope(scope);
    const target = statement.initializer;
    if (tsc.isVariableDeclarationList(target)) {
      const [declaration] = target.declarations;
      if (declaration) it.bind(declaration.name, value, inner);
    } else if (tsc.isIdentifier(target)) {
      const cell = findCell(scope, target.text);
      if (cell) write(cell, value, it.run.journals);
    }
    return executeOne(it, statement.statement, inner);
  };
  const values = tsc.isForInStatement(statement) ? keysOf(over) : over.kind === 'list' ? over.items : undefined;
  if (!values || values.length > MAX_TURNS) {
    const reason = over.kind === 'unknown' ? over.reason : 'a list that is not constant';
    return executeOnce(it, () => turn(unknown(`an element of ${reason}`, placeOf(statement.expression, scope))));
  }
  for (const value of values) {
    const completion = turn(value);
    if (completion?.kind === 'break') return undefined;
    if (completion && completion.kind !== 'continue') return completion;
  }
  return undefined;
}

function keysOf(value: Value): Value[] | undefined {
  if (value.kind === 'record' && !value.open) return [...value.entries.keys()].map((key): Value => ({ kind: 'text', text: key }));
  if (value.kind === 'list') return value.items.map((_, i): Value => ({ kind: 'text', text: String(i) }));
  return undefined;
}

function executeFor(it: Interpreter, statement: ts.ForStatement, scope: Scope): Completion | undefined {
  const { ts: tsc } = it;
  const inner = childScope(scope);
  const { initializer, condition, incrementor } = statement;
  if (initializer && tsc.isVariableDeclarationList(initializer)) declareAll(it, initializer, inner);
  else if (initializer) it.evaluate(initializer, inner);
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    const truth = condition ? truthOf(it.evaluate(condition, inner)) : undefined;
    if (truth === false) return undefined;
    if (truth === undefined) {
      for (const cell of inner.cells.values()) cell.value = unknown('the counter of a loop', placeOf(statement, scope));
      return executeOnce(it, () => executeOne(it, statement.statement, childScope(inner)));
    }
    const completion = executeOne(it, statement.statement, childScope(inner));
    if (completion?.kind === 'break') return undefined;
    if (completion && completion.kind !== 'continue') return completion;
    if (incrementor) it.evaluate(incrementor, inner);
  }
  note(it.run, `a loop of more than ${String(MAX_TURNS)} turns is followed no further`, placeOf(statement, scope));
  return undefined;
}

function executeSwitch(it: Interpreter, statement: ts.SwitchStatement, scope: Scope): Completion | undefined {
  const subject = it.evaluate(statement.expression, scope);
  const { clauses } = statement.caseBlock;
  const inner = childScope(scope);
  if (subject.kind === 'unknown') {
    for (const clause of clauses) executeOnce(it, () => execute(it, clause.statements, inner));
    return undefined;
  }
  const matching = clauses.findIndex((clause) => it.ts.isCaseClause(clause) && isSame(it.evaluate(clause.expression, inner), subject));
  const start = matching === -1 ? clauses.findIndex((clause) => it.ts.isDefaultClause(clause)) : matching;
  if (start === -1) return undefined;
  const completion = execute(it, clauses.slice(start).flatMap((clause) => [...clause.statements]), inner);
  return completion?.kind === 'break' ? undefined : completion;
}
