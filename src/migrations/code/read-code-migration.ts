import { bindNames } from './bind-names.ts';
import type { CodeMigration, CodeMigrationInput } from './code-migration.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { findUp } from './find-up.ts';
import type { Interpreter } from './interpreter.ts';
import { invoke } from './invoke.ts';
import { memberOf } from './members.ts';
import { createModules } from './modules.ts';
import { collect, IN_TRANSACTION, note, OUTSIDE_TRANSACTION, OutOfFuel, startRun, type Run } from './run.ts';
import { loadSyntax } from './syntax.ts';
import { findBuilderTable } from './tools.ts';
import { UNDEFINED } from './values.ts';

/** Follows the `up` of a migration that is a program and gives the SQL that it sends. Never throws on what the program is. */
export function readCodeMigration(input: CodeMigrationInput): CodeMigration {
  const { tool, dialect, path, text, read } = input;
  const table = findBuilderTable(tool);
  const whole = { start: 0, end: 0 };
  if (!table) return { statements: [], notAnalysed: [{ ...whole, reason: `migrations of ${tool} are not analysed yet` }], calls: 1, outsideTransaction: false };
  const { ts, parse } = loadSyntax();
  const run = startRun({ dialect, table, main: path });
  const it: Interpreter = {
    ts,
    run,
    modules: createModules(parse, ts, (asked) => (asked === path ? text : read(asked))),
    evaluate: (node, scope) => evaluate(it, node, scope),
    execute: (statements, scope) => execute(it, statements, scope),
    bind: (target, value, scope) => bindNames(it, target, value, scope),
    member: (object, name, at) => memberOf(it, object, name, at),
    invoke: (callee, args, site) => invoke(it, callee, args, site),
  };
  run.memory.set(IN_TRANSACTION, input.inTransaction === true);
  const outsideTransaction = follow(it, path);
  run.memory.set(OUTSIDE_TRANSACTION, outsideTransaction);
  const statements = collect(run);
  const started = run.calls.size === 0 && run.notes.size === 0 ? findStartedProgram(text) : undefined;
  if (started) return { statements, notAnalysed: [{ ...started, reason: 'it starts another program, which is not read' }], calls: 1, outsideTransaction };
  return { statements, notAnalysed: [...run.notes.values()].sort((a, b) => a.start - b.start), calls: run.calls.size, outsideTransaction };
}

const STARTS_PROGRAM = /\b(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|execa|execaSync|execaNode)(?=\s*\()/;

/** Where a migration that sends nothing itself hands its work to a script. */
function findStartedProgram(text: string): { readonly start: number; readonly end: number } | undefined {
  const call = /['"](?:node:)?child_process['"]|['"]execa['"]/.test(text) ? STARTS_PROGRAM.exec(text) : null;
  return call ? { start: call.index, end: call.index + call[0].length } : undefined;
}

/** Runs `up`; true when the file leaves the tool's transaction. */
function follow(it: Interpreter, path: string): boolean {
  const { run } = it;
  const start = { file: path, start: 0, end: 0 };
  try {
    const program = findUp(it, path);
    if (!program) {
      note(run, 'no `up` was found in the file', start);
      return false;
    }
    const wanted = run.table.settings ?? [];
    if (wanted.length > 0) for (const { name, value } of program.settings()) if (wanted.includes(name)) run.memory.set(name, value);
    it.invoke(program.up, [...run.table.parameters(run.dialect), UNDEFINED], { at: start, name: 'up', ...(program.self ? { self: program.self } : {}) });
    return leavesTransaction(run, () => program.settings());
  } catch (error) {
    if (!(error instanceof OutOfFuel) && !(error instanceof RangeError)) throw error;
    note(run, 'the program is too long to be followed to its end', start);
    return false;
  }
}

function leavesTransaction(run: Run, settings: () => ReturnType<NonNullable<ReturnType<typeof findUp>>['settings']>): boolean {
  if (run.memory.get(OUTSIDE_TRANSACTION) === true) return true;
  const { optsOut } = run.table;
  if (!optsOut) return false;
  // Looking at settings may call functions of the file; what they send is not part of `up`.
  const [slots, notes, calls] = [[...run.slots], new Map(run.notes), new Set(run.calls)];
  const answer = settings().some((setting) => optsOut(setting));
  run.slots.splice(0, run.slots.length, ...slots);
  run.notes.clear();
  for (const [key, value] of notes) run.notes.set(key, value);
  run.calls.clear();
  for (const call of calls) run.calls.add(call);
  return answer;
}
