import type { Expression, Statement, TSType } from 'oxc-parser';
import type {
  BindingFact,
  BindingId,
  ClassFact,
  ClassId,
  EnumFact,
  Exit,
  ExportFact,
  FunctionFact,
  FunctionId,
  ImportFact,
  RegionFact,
  RegionId,
  ReturnFact,
  ThrowFact,
  TypeDeclarationFact,
  TypeFact,
  TypeId,
  ValueFact,
  ValueId,
} from './types.ts';

/** A fact while it is still being written. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** One lowering per node type. Modules refer to each other through the table, so that a recursive descent needs no import cycle. */
export interface LoweringTable {
  readonly expressions: Readonly<Record<string, (state: Lowering, node: never) => ValueId>>;
  readonly types: Readonly<Record<string, (state: Lowering, node: never) => TypeId>>;
  readonly statements: Readonly<Record<string, (state: Lowering, node: never) => Exit | undefined>>;
}

/** What the walk over one file knows and has written so far. */
export interface Lowering {
  readonly text: string;
  readonly table: LoweringTable;
  readonly typescript: boolean;
  /** Whether `var` occurs at all; without it no scan for hoisted variables is needed. */
  readonly hasVar: boolean;

  readonly imports: Draft<ImportFact>[];
  readonly exports: ExportFact[];
  readonly bindings: Draft<BindingFact>[];
  readonly values: ValueFact[];
  readonly types: TypeFact[];
  readonly functions: Draft<FunctionFact>[];
  readonly classes: Draft<ClassFact>[];
  readonly typeDeclarations: TypeDeclarationFact[];
  readonly enums: EnumFact[];
  readonly regions: Draft<RegionFact>[];
  readonly calls: ValueId[];
  readonly assignments: ValueId[];
  readonly returns: ReturnFact[];
  readonly throws: ThrowFact[];

  /** Names in force at this place of the walk, and what closing a scope has to restore. */
  readonly valueNames: Map<string, BindingId>;
  readonly typeNames: Map<string, BindingId>;
  readonly shadowed: { readonly names: Map<string, BindingId>; readonly name: string; readonly previous: BindingId | undefined }[];
  /** Scope in which a binding was declared, by binding. */
  readonly scopeOf: number[];
  scope: number;
  scopeCount: number;

  region: RegionId;
  /** Counts the facts that name their region, so that branch regions in which nothing happens can be dropped. */
  regionUses: number;
  function: FunctionId | -1;
  thisClass: ClassId | -1;
  thisFunction: FunctionId | -1;
  thisStatic: boolean;
  /** Whether a `break` was seen since the enclosing switch began. */
  breakSeen: boolean;
  esm: boolean;
  /** Inside `namespace X {}`, where `export` concerns the namespace alone. */
  inNamespace: boolean;
  /** Module or global namespace whose types the declarations at this place add to. */
  augments: string | undefined;

  /** Types that are the same wherever they stand. */
  readonly keywords: Map<string, TypeId>;
  readonly plainRefs: Map<string | BindingId, TypeId>;
  /** Bindings whose type decorator metadata keeps. */
  readonly metadataBindings: Set<BindingId>;
}

export function createLowering(text: string, typescript: boolean, table: LoweringTable): Lowering {
  return {
    text,
    table,
    typescript,
    hasVar: /\bvar\b/.test(text),
    imports: [],
    exports: [],
    bindings: [],
    values: [],
    types: [],
    functions: [],
    classes: [],
    typeDeclarations: [],
    enums: [],
    regions: [{ kind: 'module', start: 0, end: text.length, parent: -1, function: -1 }],
    calls: [],
    assignments: [],
    returns: [],
    throws: [],
    valueNames: new Map(),
    typeNames: new Map(),
    shadowed: [],
    scopeOf: [],
    scope: 0,
    scopeCount: 1,
    region: 0,
    regionUses: 0,
    function: -1,
    thisClass: -1,
    thisFunction: -1,
    thisStatic: false,
    breakSeen: false,
    esm: false,
    inNamespace: false,
    augments: undefined,
    keywords: new Map(),
    plainRefs: new Map(),
    metadataBindings: new Set(),
  };
}

export function addValue(state: Lowering, fact: ValueFact): ValueId {
  return state.values.push(fact) - 1;
}

/** The region in which the walk stands, for a fact that records it. */
export function here(state: Lowering): RegionId {
  state.regionUses++;
  return state.region;
}

/** Opens a region; the caller sets `state.region` and restores it. */
export function addRegion(state: Lowering, fact: Draft<RegionFact>): RegionId {
  state.regionUses++;
  return state.regions.push(fact) - 1;
}

export function lowerExpression(state: Lowering, node: Expression): ValueId {
  const lower = state.table.expressions[node.type];
  return lower ? lower(state, node as never) : addValue(state, { kind: 'opaque', start: node.start, end: node.end });
}

export function lowerType(state: Lowering, node: TSType): TypeId {
  const lower = state.table.types[node.type] ?? state.table.types['opaque']!;
  return lower(state, node as never);
}

/** Lowers one statement; the answer tells how every path through it leaves the region, undefined when one falls through. */
export function lowerStatement(state: Lowering, node: Statement): Exit | undefined {
  const lower = state.table.statements[node.type];
  return lower ? lower(state, node as never) : undefined;
}

/** Lowers statements whose names are already declared. */
export function lowerStatements(state: Lowering, nodes: readonly Statement[]): Exit | undefined {
  let exit: Exit | undefined;
  for (const node of nodes) {
    const left = lowerStatement(state, node);
    exit ??= left;
  }
  return exit;
}

/** Lowers an expression that runs only under a condition, in a branch region of its own if anything happens in it. */
export function lowerBranch(state: Lowering, node: Expression, test: ValueId, when: boolean, nullish: boolean): ValueId {
  const outer = state.region;
  const uses = state.regionUses;
  const region: Draft<RegionFact> = { kind: 'branch', start: node.start, end: node.end, parent: outer, function: state.function, test, when };
  if (nullish) region.nullish = true;
  state.region = state.regions.push(region) - 1;
  const value = lowerExpression(state, node);
  if (state.regionUses === uses) state.regions.pop();
  state.region = outer;
  return value;
}
