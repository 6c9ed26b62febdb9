import type { FileFacts, TypeId } from '../../facts/types.ts';
import { evaluate } from '../../project/evaluate.ts';
import { returnsOf } from '../../project/linker.ts';
import type { SourceFile } from '../../project/types.ts';
import type { Model } from '../../schema/model.ts';
import { walkKeys, type KeyWalk } from './model-keys.ts';

/** Prisma's generated input types: `Prisma.UserWhereInput`, `Prisma.UserSelect`, `Prisma.UserFindManyArgs`. */
const INPUT = /^(?:Where|Select|Include|Omit|OrderBy|Create|Update|Upsert|Unchecked|Find|Delete|Aggregate|GroupBy|Scalar|Default|Count|List)/;

/** Objects whose type says that they are arguments of a Prisma query, wherever they end up. */
export function collectTypedObjects(walk: KeyWalk, file: SourceFile): void {
  const { facts } = file;
  if (!facts.types.some((type) => type.kind === 'ref' && type.path.length > 0)) return;
  for (const binding of facts.bindings) {
    const model = binding.type === undefined ? undefined : inputModel(walk, facts, binding.type);
    if (!model) continue;
    const text = binding.name;
    for (const value of [binding.value, ...(binding.writes ?? [])]) if (value !== undefined) walkKeys(walk, { file, value }, model, text);
  }
  facts.functions.forEach((declared, id) => {
    const model = declared.returnType === undefined ? undefined : inputModel(walk, facts, declared.returnType);
    if (model) for (const value of returnsOf(facts, id)) walkKeys(walk, { file, value }, model, declared.name ?? '');
  });
  for (const fact of facts.values) {
    if (fact.kind === 'cast') {
      const model = inputModel(walk, facts, fact.type);
      if (model) walkKeys(walk, { file, value: fact.value }, model, model.name);
    }
    if (fact.kind !== 'call' || !fact.typeArgs?.length) continue;
    const model = fact.typeArgs.map((type) => inputModel(walk, facts, type)).find((found) => found !== undefined);
    if (model) for (const value of fact.args) walkKeys(walk, { file, value }, model, model.name);
  }
}

function inputModel(walk: KeyWalk, facts: FileFacts, id: TypeId): Model | undefined {
  const type = facts.types[id];
  if (type?.kind === 'array') return inputModel(walk, facts, type.of);
  if (type?.kind !== 'ref') return undefined;
  const name = type.path.at(-1);
  const root = type.binding === undefined ? undefined : facts.bindings[type.binding];
  if (name === undefined) {
    const [first] = type.args;
    return first === undefined ? undefined : inputModel(walk, facts, first);
  }
  if (root?.import === undefined || root.name !== 'Prisma') return undefined;
  for (let length = name.length - 1; length > 0; length -= 1) {
    const [model] = INPUT.test(name.slice(length)) ? walk.models.named('prisma', name.slice(0, length)) : [];
    if (model) return model;
  }
  return undefined;
}

/** What decorators of entities name: `@Index(['email'])`, `@DefaultScope(() => ({ … }))`, `@BelongsTo(() => User, 'userId')`. */
export function collectDecoratorKeys(walk: KeyWalk): void {
  for (const model of walk.models.models) {
    const file = model.class === undefined ? undefined : walk.project.files.get(model.path);
    const declared = file && model.class !== undefined ? file.facts.classes[model.class] : undefined;
    if (!file || !declared) continue;
    for (const decorator of declared.decorators) walkDecorator(walk, file, decorator, model);
    for (const member of declared.members) {
      for (const decorator of member.decorators) addForeignKeys(walk, file, decorator, model);
    }
  }
}

function walkDecorator(walk: KeyWalk, file: SourceFile, decorator: number, model: Model): void {
  const fact = file.facts.values[decorator];
  if (fact?.kind !== 'call' || !evaluate(walk.project.linker, file, fact.callee).some((origin) => origin.kind === 'external')) return;
  const callee = file.facts.values[fact.callee];
  const name = callee?.kind === 'name' ? (file.facts.bindings[callee.binding]?.name ?? '') : '';
  if (name === 'Table' || name === 'Entity') return;
  for (const value of fact.args) walkKeys(walk, { file, value }, model, `@${name}`);
}

function addForeignKeys(walk: KeyWalk, file: SourceFile, decorator: number, model: Model): void {
  const fact = file.facts.values[decorator];
  const callee = fact?.kind === 'call' ? file.facts.values[fact.callee] : undefined;
  if (fact?.kind !== 'call' || callee?.kind !== 'name') return;
  const name = file.facts.bindings[callee.binding]?.name ?? '';
  if (!/^(?:BelongsTo|HasMany|HasOne|BelongsToMany|ForeignKey)$/.test(name)) return;
  const member = file.facts.classes[model.class ?? -1]?.members.find((each) => each.decorators.includes(decorator));
  const owner = /^Has/.test(name) && member ? walk.models.related(model, member.name) : model;
  for (const arg of fact.args) {
    const literal = file.facts.values[arg];
    if (literal?.kind !== 'literal' || typeof literal.value !== 'string' || !owner) continue;
    walk.uses.addProperty(owner, literal.value, { path: file.path, start: literal.start, end: literal.end, kind: 'key', text: `@${name}` });
  }
}
