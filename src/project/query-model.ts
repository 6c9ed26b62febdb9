import type { CallSpec, ModelSource } from '../libraries/types.ts';
import type { ValueId } from '../facts/types.ts';
import type { ChainLink } from './builder-chain.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import type { Linker } from './linker.ts';
import type { External, Origin, Origins } from './origins.ts';
import { sqlTable } from './sql-text.ts';
import type { SourceFile } from './types.ts';

/** What is known of a call when its model is asked for. */
export interface ModelQuestion {
  readonly file: SourceFile;
  readonly head: ValueId;
  readonly callee: External;
  readonly spec: CallSpec;
  readonly chain: readonly ChainLink[];
  readonly sql: string | undefined;
}

/** Table, model or entity a query is about, as the code names it. */
export function findModel(linker: Linker, source: ModelSource | undefined, question: ModelQuestion): string | undefined {
  switch (source?.from) {
    case 'member':
      return nearestMember(question.callee.parent);
    case 'argument':
      return argumentName(linker, question.file, callArguments(question)[source.index]) ?? chainedTable(linker, question);
    case 'chain':
      return chainName(linker, question, source.methods);
    case 'entity':
      return entityOf(linker, question);
    case 'sql':
      return question.sql === undefined ? undefined : sqlTable(question.sql);
    default:
      return undefined;
  }
}

function callArguments({ file, head }: ModelQuestion): readonly ValueId[] {
  const fact = callFact(file, head);
  return fact && fact.kind !== 'tagged' ? fact.args : [];
}

function nearestMember(origin: External | undefined): string | undefined {
  return origin?.step?.kind === 'get' ? origin.step.name : undefined;
}

function chainName(linker: Linker, { file, chain }: ModelQuestion, methods: readonly string[]): string | undefined {
  for (const link of chain) if (methods.includes(link.name)) return argumentName(linker, file, link.args[0]);
  return undefined;
}

/** `knex.table(…)` has it as argument, `knex.select().from(…)` further on. */
function chainedTable(linker: Linker, question: ModelQuestion): string | undefined {
  return chainName(linker, question, ['from', 'into', 'table']);
}

/** `'users as u'` → `users`; `schema.users` → `users`; `User` → `User`. */
export function argumentName(linker: Linker, file: SourceFile, id: ValueId | undefined): string | undefined {
  const fact = id === undefined ? undefined : file.facts.values[id];
  switch (fact?.kind) {
    case 'literal':
      return typeof fact.value === 'string' ? /^\S+/.exec(fact.value)?.[0] : undefined;
    case 'name': {
      const literal = evaluate(linker, file, id ?? -1).find((origin) => origin.kind === 'literal');
      if (literal?.kind === 'literal' && typeof literal.value === 'string') return literal.value;
      return file.facts.bindings[fact.binding]?.name;
    }
    case 'member':
      return fact.property;
    case 'cast':
      return argumentName(linker, file, fact.value);
    case 'object': {
      const [first] = fact.properties;
      return first && argumentName(linker, file, first.value);
    }
    case 'template':
      return fact.quasis.length === 1 ? fact.quasis[0] : undefined;
    default:
      return undefined;
  }
}

/** The class behind a receiver: a type argument, the class handed to `getRepository`, the class that is the receiver or extends the library's. */
function entityOf(linker: Linker, { file, head, callee, chain }: ModelQuestion): string | undefined {
  for (const link of chain) {
    const takes = ENTITY_TAKERS.has(link.name) || (BUILDER_TAKERS.has(link.name) && chain.some((each) => each.name === 'createQueryBuilder'));
    const name = takes ? argumentName(linker, file, link.args[0]) : undefined;
    if (name) return name;
  }
  let extension: string | undefined;
  for (let at: External | undefined = callee; at?.step; at = at.parent) {
    const { step } = at;
    const name = step.kind === 'instance' ? firstClassName(step.typeArgs ?? []) : step.kind === 'call' ? takenEntity(linker, at) : undefined;
    if (name) return name;
    if (step.kind === 'extended') extension ??= className(step.by);
  }
  return receiverClass(linker, file, head) ?? extension;
}

/** The entity handed to the call that a path ends with. */
function takenEntity(linker: Linker, { parent, step }: External): string | undefined {
  if (step?.kind !== 'call' || !step.site || parent?.step?.kind !== 'get' || !ENTITY_TAKERS.has(parent.step.name)) return undefined;
  const call = callFact(step.site.file, step.site.value);
  return call && call.kind !== 'tagged' ? argumentName(linker, step.site.file, call.args[0]) : undefined;
}

const ENTITY_TAKERS = new Set(['getRepository', 'getTreeRepository', 'getMongoRepository', 'getCustomRepository', 'model', 'define']);
/** In the chain of a query builder. */
const BUILDER_TAKERS = new Set(['from', 'into', 'update', 'insert']);

/** `User.findAll()`, `user.save()`: the class or the class of the instance that the call is made on. */
export function receiverClass(linker: Linker, file: SourceFile, head: ValueId): string | undefined {
  const fact = callFact(file, head);
  const callee = fact && fact.kind !== 'tagged' ? file.facts.values[fact.callee] : undefined;
  if (callee?.kind !== 'member') return undefined;
  for (const origin of evaluate(linker, file, callee.object)) {
    if (origin.kind === 'class' || origin.kind === 'instance') return className(origin);
    // What a finder of a class of ours gave: `const user = await User.findOne(…)`.
    for (let at: External | undefined = origin.kind === 'external' ? origin : undefined; at?.step; at = at.parent) if (at.step.kind === 'extended') return className(at.step.by);
  }
  return undefined;
}

function firstClassName(origins: Origins): string | undefined {
  for (const origin of origins) {
    const name = className(origin);
    if (name) return name;
  }
  return undefined;
}

function className(origin: Origin | { readonly file: SourceFile; readonly class: number }): string | undefined {
  return 'class' in origin ? origin.file.facts.classes[origin.class]?.name : undefined;
}
