import type { ClassId, FileFacts, ValueId } from '../facts/types.ts';

/** An expression or class of a source file, with the means to ask about it. */
export interface SourceValue {
  readonly source: ModelSource;
  readonly value: ValueId;
}

export interface SourceClass {
  readonly source: ModelSource;
  readonly class: ClassId;
}

/** What the readers of models need to know of a program; the linker answers. */
export interface ModelSource {
  readonly path: string;
  readonly facts: FileFacts;
  /** Way from a package to a value: `drizzle-orm/pg-core pgTable`, calls as `()`: `drizzle-orm/pg-core pgSchema() table`. */
  originOf(value: ValueId): string | undefined;
  /** The expression that a value is written as, names and imports followed. */
  definitionOf(value: ValueId): SourceValue;
  /** Text of a constant. */
  textOf(value: ValueId): string | undefined;
  /** The class that a value names. */
  classOf(value: ValueId): SourceClass | undefined;
  /** The class that a class extends, when it is the program's own. */
  baseOf(id: ClassId): SourceClass | undefined;
  /** What a function value gives back. */
  returnsOf(value: ValueId): readonly SourceValue[];
}

/** What holds for a whole program. */
export interface ModelConventions {
  /** Drizzle's `casing`: what becomes of a property that names no column. */
  readonly casing?: 'snake_case' | 'camelCase';
  /** TypeORM's SnakeNamingStrategy or a class like it. */
  readonly snakeNames: boolean;
  /** Sequelize's `underscored`. */
  readonly underscored: boolean;
}

export interface Property {
  readonly source: ModelSource;
  readonly key: string;
  readonly value: ValueId;
  readonly start: number;
  readonly end: number;
}

const MAX_DEPTH = 6;

/** Properties of the object literal that a value is, spreads of other literals included. */
export function propertiesOf({ source, value }: SourceValue, depth = 0): readonly Property[] {
  const definition = source.definitionOf(value);
  const fact = definition.source.facts.values[definition.value];
  if (fact?.kind !== 'object' || depth > MAX_DEPTH) return [];
  return fact.properties.flatMap(({ key, value: inner, start, end, spread }): readonly Property[] => {
    if (spread) return propertiesOf({ source: definition.source, value: inner }, depth + 1);
    return key === undefined ? [] : [{ source: definition.source, key, value: inner, start, end }];
  });
}

/** Text of one property of an object literal. */
export function textProperty(object: SourceValue | undefined, key: string): string | undefined {
  const found = object && propertiesOf(object).findLast((property) => property.key === key);
  return found && found.source.textOf(found.value);
}

/** The literal of one property: `true`, a number, a text. */
export function literalProperty(object: SourceValue | undefined, key: string): string | number | boolean | null | undefined {
  const found = object && propertiesOf(object).findLast((property) => property.key === key);
  const fact = found && found.source.facts.values[found.value];
  return fact?.kind === 'literal' ? fact.value : undefined;
}

export function hasProperty(object: SourceValue | undefined, key: string): boolean {
  return object !== undefined && propertiesOf(object).some((property) => property.key === key);
}

/** A decorator as it is applied: its package and name, its arguments. */
export interface Decorator {
  readonly module: string;
  readonly name: string;
  readonly args: readonly ValueId[];
}

export function decoratorsOf(source: ModelSource, values: readonly ValueId[]): readonly Decorator[] {
  return values.flatMap((value) => {
    const fact = source.facts.values[value];
    const origin = source.originOf(fact?.kind === 'call' ? fact.callee : value);
    const [module, name] = origin?.split(' ') ?? [];
    return module === undefined || name === undefined ? [] : [{ module, name, args: fact?.kind === 'call' ? fact.args : [] }];
  });
}

/** The class that a decorator's argument names: `User`, `() => User`. */
export function classArgument(source: ModelSource, args: readonly ValueId[]): { readonly name: string; readonly path: string } | undefined {
  const [first] = args;
  if (first === undefined) return undefined;
  const given = source.facts.values[first]?.kind === 'function' ? source.returnsOf(first)[0] : { source, value: first };
  const found = given && given.source.classOf(given.value);
  const name = found && found.source.facts.classes[found.class]?.name;
  return found && name !== undefined ? { name, path: found.source.path } : undefined;
}

/** The first argument that is an object literal. */
export function optionsArgument(source: ModelSource, args: readonly ValueId[]): SourceValue | undefined {
  return args.map((value) => source.definitionOf(value)).find((each) => each.source.facts.values[each.value]?.kind === 'object');
}
