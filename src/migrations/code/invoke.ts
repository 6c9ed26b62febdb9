import { isSame, underBoth } from './branches.ts';
import { callBuilder, callMember } from './builder-calls.ts';
import type { CallSite, Interpreter } from './interpreter.ts';
import { callNative } from './method-calls.ts';
import { CALLED } from './renderers.ts';
import { note } from './run.ts';
import { childScope, declare } from './scopes.ts';
import { list, UNDEFINED, unknown, type FunctionValue, type Value } from './values.ts';

/** Functions within functions that are followed. */
const MAX_DEPTH = 24;

/** Calls a value with arguments. Where a function cannot be followed and has the tool's objects in its hands, that is noted. */
export function invoke(it: Interpreter, callee: Value, args: readonly Value[], site: CallSite): Value {
  const { at } = site;
  switch (callee.kind) {
    case 'function':
      return callFunction(it, callee, args, site);
    case 'builder':
      return callBuilder(it, callee, CALLED, args, at);
    case 'method':
      return callBuilder(it, callee.self, callee.name, args, at);
    case 'member':
      return callMember(it, callee, args, at);
    case 'native':
      return callNative(it, callee.name, args, site);
    case 'module': {
      const whole = it.member(callee, '*', at);
      return whole.kind === 'module' || whole.kind === 'unknown' ? callUnknown(it, callee, args, site) : invoke(it, whole, args, site);
    }
    default:
      return callUnknown(it, callee, args, site);
  }
}

function callFunction(it: Interpreter, callee: FunctionValue, args: readonly Value[], site: CallSite): Value {
  const { run, ts: tsc } = it;
  const { node, scope } = callee;
  if (!node.body) return unknown('a function without a body', site.at);
  if (run.depth >= MAX_DEPTH) {
    note(run, `\`${site.name}\` calls functions too deeply to be followed`, site.at);
    return unknown('functions that call one another too deeply', site.at);
  }
  const inner = childScope(scope, callee.self ?? (tsc.isArrowFunction(node) ? undefined : site.self));
  const leaves = scope.file !== run.main && site.at.file === run.main;
  run.depth += 1;
  if (leaves) run.anchors.push(site.at);
  run.returns.push([]);
  try {
    node.parameters.forEach((parameter, i) => {
      const given = parameter.dotDotDotToken ? list(args.slice(i)) : (args[i] ?? UNDEFINED);
      it.bind(parameter.name, given.kind === 'undefined' && parameter.initializer ? it.evaluate(parameter.initializer, inner) : given, inner);
    });
    if (node.name && tsc.isFunctionExpression(node)) declare(inner, node.name.text, callee);
    if (!tsc.isBlock(node.body)) return it.evaluate(node.body, inner);
    const completion = it.execute(node.body.statements, inner);
    const value = completion?.kind === 'return' ? (completion.value ?? UNDEFINED) : UNDEFINED;
    const others = run.returns.at(-1) ?? [];
    // A function that may leave early without a value still gives the other one where it matters: to those who await a builder.
    const differs = others.some((other) => other.kind !== 'undefined' && !isSame(other, value));
    return differs ? unknown(`what \`${site.name}\` returns depends on a condition`, site.at) : value;
  } finally {
    run.returns.pop();
    if (leaves) run.anchors.pop();
    run.depth -= 1;
  }
}

/** Callbacks of an unknown function may run any number of times; they are followed once. */
function callUnknown(it: Interpreter, callee: Value, args: readonly Value[], { at, name }: CallSite): Value {
  const { run } = it;
  for (const arg of args) {
    if (arg.kind !== 'function') continue;
    const given = arg.node.parameters.map(() => (callee.kind === 'unknown' ? callee : unknown(`what \`${name}\` passes`, at)));
    underBoth(run, unknown(`how often \`${name}\` calls it`, at), () => callFunction(it, arg, given, { at, name: 'a callback' }), () => UNDEFINED);
  }
  if (args.some(holdsBuilder)) note(run, `\`${name}\` gets the tool's object and cannot be followed`, at);
  return callee.kind === 'unknown' ? callee : unknown(`what \`${name}\` returns`, at);
}

function holdsBuilder(value: Value): boolean {
  if (value.kind === 'builder' || value.kind === 'method') return true;
  if (value.kind === 'list') return value.items.some(holdsBuilder);
  return value.kind === 'record' && [...value.entries.values()].some((entry) => entry.kind === 'builder' || entry.kind === 'method');
}
