import type { Interpreter } from './interpreter.ts';
import { sendBegin, sendCommit } from './nested-transactions.ts';
import { ANY, CALLED, type BuilderCall } from './renderers.ts';
import { note, noteErrors, send } from './run.ts';
import { fillHoles } from './texts.ts';
import { notConstant, unknown, type BuilderValue, type Hole, type MemberValue, type Place, type Value } from './values.ts';

/** Calls a method of one of the tool's objects. */
export function callBuilder(it: Interpreter, self: BuilderValue, method: string, args: readonly Value[], at: Place): Value {
  const { run } = it;
  const methods = run.table.methods[self.type] ?? {};
  const render = Object.hasOwn(methods, method) ? methods[method] : methods[ANY];
  if (!render) {
    const what = method === CALLED ? `calling ${self.type}` : `\`${method}\` of ${self.type}`;
    note(run, `${what} is not known`, at);
    return unknown(`${what} is not known`, at);
  }
  const call: BuilderCall = {
    dialect: run.dialect,
    self,
    method,
    args,
    at,
    guards: [...run.guards],
    memory: run.memory,
    emit: (sql, options) => send(run, { at, ...options, render: () => [sql] }),
    emitText: (value, options) => sendText(it, value, at, options?.outside === true),
    emitLater: (later) => send(run, { at, render: later }),
    emitTextLater: (value, isSent) => sendText(it, value, at, false, isSent),
    begin: () => sendBegin(run, at),
    commit: () => sendCommit(run, at),
    note: (reason, place) => note(run, reason, place ?? at),
    apply: (callee, given, self) => {
      const name = `the callback of \`${method}\``;
      return it.invoke(callee ?? unknown('a callback that is missing', at), given, { at, name, ...(self ? { self } : {}) });
    },
  };
  return noteErrors(run, at, () => render(call)) ?? unknown('the answer of the database', at);
}

/** Sends text of the program as SQL. */
function sendText(it: Interpreter, value: Value | undefined, at: Place, outside: boolean, isSent: () => boolean = () => true): void {
  const content = value?.kind === 'text' ? { sql: value.text, holes: value.holes, from: value.from } : value?.kind === 'raw' ? { ...value, from: undefined } : undefined;
  if (!content) throw notConstant('the SQL', value);
  const { sql, holes, from } = content;
  const place = from && from.file === it.run.main ? from : at;
  send(it.run, { at: place, outside, render: () => (isSent() ? [holes ? filledSql(sql, holes) : sql] : []), ...(from && !holes ? { from } : {}) });
}

function filledSql(sql: string, holes: readonly Hole[]): string {
  const filled = fillHoles(sql, holes);
  if ('hole' in filled) throw notConstant('a part of the SQL', filled.hole.unknown);
  return filled.sql;
}

/** Calls something taken from a package of the tool. */
export function callMember(it: Interpreter, callee: MemberValue, args: readonly Value[], at: Place): Value {
  const path = [callee.root, ...callee.steps.map(({ name }) => name)];
  const known = it.run.table.member?.({ path, args, at });
  if (known) return known;
  const last = callee.steps.at(-1);
  return { ...callee, steps: last ? [...callee.steps.slice(0, -1), { name: last.name, args }] : [], at };
}
