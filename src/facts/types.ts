/**
 * FileFacts: what one source file says, lowered to a small, library-blind intermediate representation.
 *
 * Everything here is plain JSON and depends on the text and the language of the file alone (not on its path), so that it
 * can be cached by content hash. Offsets are UTF-16 code units into the text without a byte order mark.
 * Expressions live in one arena (`values`) and refer to each other by index; a child always has a smaller index than the
 * expression that contains it, except through bindings and functions. Names are resolved to bindings; destructuring,
 * parenthesised expressions, `satisfies`, `!` and optional chaining have been lowered away.
 */
export const FACTS_VERSION = 1;

export type ValueId = number;
export type TypeId = number;
export type BindingId = number;
export type FunctionId = number;
export type ClassId = number;
export type RegionId = number;
export type ImportId = number;

export type SourceLanguage = 'ts' | 'tsx' | 'js' | 'jsx' | 'dts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FileFacts {
  readonly version: typeof FACTS_VERSION;
  readonly language: SourceLanguage;
  /** Length of the text in UTF-16 code units, byte order mark excluded. */
  readonly length: number;
  /** Syntax errors; what parsed around them is in the tables below. */
  readonly errors: readonly SyntaxFault[];
  /** False when the parser gave up and the tables are empty. */
  readonly parsed: boolean;
  /** True for files that say in their head that a program wrote them. */
  readonly generated: boolean;
  /** True when the file has ESM syntax; false for scripts and CommonJS. */
  readonly esm: boolean;
  /** Directive prologue: `use server`, `use client`, `use strict`. */
  readonly directives: readonly string[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly bindings: readonly BindingFact[];
  readonly values: readonly ValueFact[];
  readonly types: readonly TypeFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly typeDeclarations: readonly TypeDeclarationFact[];
  readonly enums: readonly EnumFact[];
  /** Region 0 is the module body. */
  readonly regions: readonly RegionFact[];
  /** Calls, constructions and tagged templates, in source order of their end; indices into `values`. */
  readonly calls: readonly ValueId[];
  /** Assignment expressions (`a.b = c`, `x += 1`, `x++`), in source order; indices into `values`. */
  readonly assignments: readonly ValueId[];
  readonly returns: readonly ReturnFact[];
  readonly throws: readonly ThrowFact[];
  /** Comments that talk to linters (`eslint-disable…`, `eslint-enable`, `eslint rule: …`), without their delimiters. */
  readonly linterComments: readonly CommentFact[];
}

export interface SyntaxFault extends Span {
  readonly message: string;
}

export interface CommentFact extends Span {
  readonly text: string;
  readonly block: boolean;
}

/** How an import survives to run time. `type`: written `import type`; `elided`: used only as a type; `metadata`: used only as a type, but of a decorated class member or constructor, so that decorator metadata may keep it. */
export type ImportUse = 'runtime' | 'type' | 'elided' | 'metadata' | 'sideEffect';

export interface ImportFact extends Span {
  readonly source: string;
  readonly form: 'esm' | 'require' | 'dynamic' | 'reexport' | 'type';
  readonly use: ImportUse;
  /** Span of the specifier string, quotes excluded. */
  readonly sourceSpan: Span;
  readonly region: RegionId;
  /** Local names; the star import has the name `*`, the default import `default`. Empty for side effects, `require` values and re-exports. */
  readonly names: readonly { readonly imported: string; readonly binding: BindingId }[];
}

/** One exported name. `binding`: a local name; `value`: `export default expr`, `module.exports = …`, `exports.a = …`; `from`: re-export of `imported` (`*` = the namespace). `name` is `*` for `export * from`. CommonJS `module.exports = x` has the name `export=`. */
export interface ExportFact extends Span {
  readonly name: string;
  readonly typeOnly?: true;
  readonly binding?: BindingId;
  readonly value?: ValueId;
  readonly from?: { readonly import: ImportId; readonly imported: string };
}

export type BindingKind = 'const' | 'let' | 'var' | 'param' | 'import' | 'function' | 'class' | 'catch' | 'enum' | 'type' | 'namespace';

export interface BindingFact extends Span {
  readonly name: string;
  readonly kind: BindingKind;
  /** Region in which the name is declared. */
  readonly region: RegionId;
  /** Initialiser, lowered through destructuring: `const { a: { b = 1 } } = x` gives `logical(??, member(member(x, a), b), 1)`. For a loop variable an `element` value, for a parameter a `param` value (or a member of it), for a catch clause a `caught` value. */
  readonly value?: ValueId;
  /** Values assigned later on (`x = …`); of `x += 1` and `x++` the `assign` value itself. */
  readonly writes?: readonly ValueId[];
  readonly type?: TypeId;
  readonly import?: { readonly import: ImportId; readonly imported: string };
  readonly function?: FunctionId;
  readonly class?: ClassId;
  readonly enum?: number;
  readonly typeDeclaration?: number;
  /** How often the name is read as a value and as a type. */
  readonly valueUses: number;
  readonly typeUses: number;
}

/** An expression. `start`/`end` span the expression itself. */
export type ValueFact = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    /** A regular expression or bigint literal. */
    | { readonly kind: 'pattern'; readonly text: string }
    /** A template with parts; one without is a literal. */
    | { readonly kind: 'template'; readonly quasis: readonly string[]; readonly parts: readonly ValueId[] }
    | { readonly kind: 'name'; readonly binding: BindingId }
    | { readonly kind: 'global'; readonly name: string }
    /** `this`: of the class whose member or field it stands in (`class`), else of the function. */
    | { readonly kind: 'this'; readonly class?: ClassId; readonly function?: FunctionId; readonly static?: true }
    | { readonly kind: 'super'; readonly class?: ClassId }
    | { readonly kind: 'member'; readonly object: ValueId; readonly property: string; readonly propertyStart: number; readonly optional?: true }
    | { readonly kind: 'index'; readonly object: ValueId; readonly index: ValueId }
    | CallFact
    | TaggedFact
    | { readonly kind: 'function'; readonly function: FunctionId }
    | { readonly kind: 'class'; readonly class: ClassId }
    | { readonly kind: 'object'; readonly properties: readonly PropertyFact[] }
    | { readonly kind: 'array'; readonly items: readonly ValueId[] }
    | { readonly kind: 'await'; readonly value: ValueId; readonly region: RegionId }
    | { readonly kind: 'yield'; readonly value?: ValueId; readonly delegate?: true; readonly region: RegionId }
    | { readonly kind: 'spread'; readonly value: ValueId }
    | { readonly kind: 'conditional'; readonly test: ValueId; readonly then: ValueId; readonly else: ValueId }
    | { readonly kind: 'logical'; readonly operator: '&&' | '||' | '??'; readonly left: ValueId; readonly right: ValueId }
    | { readonly kind: 'binary'; readonly operator: string; readonly left: ValueId; readonly right: ValueId }
    | { readonly kind: 'unary'; readonly operator: string; readonly value: ValueId }
    /** `x++` assigns the literal 1 with the operator `++`. */
    | { readonly kind: 'assign'; readonly operator: string; readonly target: ValueId; readonly value: ValueId; readonly region: RegionId }
    /** `a, b, c`: the value is the last. */
    | { readonly kind: 'sequence'; readonly items: readonly ValueId[] }
    /** `value as T`, `<T>value`. */
    | { readonly kind: 'cast'; readonly value: ValueId; readonly type: TypeId }
    /** The argument a function is called with. `rest` for `...args`. */
    | { readonly kind: 'param'; readonly function: FunctionId; readonly index: number; readonly rest?: true }
    /** One element of an iterable, as a `for…of` binds it (`for…in` binds a `key`). */
    | { readonly kind: 'element'; readonly of: ValueId }
    | { readonly kind: 'key'; readonly of: ValueId }
    /** The i-th item of an array pattern. */
    | { readonly kind: 'item'; readonly of: ValueId; readonly index: number }
    /** What `...rest` of an object pattern (`omitted` keys taken) or an array pattern binds. */
    | { readonly kind: 'rest'; readonly of: ValueId; readonly omitted: readonly string[] }
    | { readonly kind: 'caught'; readonly region: RegionId }
    /** `require('x')` or `import('x')` (the namespace; `await` stands around the latter). */
    | { readonly kind: 'required'; readonly import: ImportId }
    /** JSX and whatever else has no meaning for a backend; what it contains is still in the tables. */
    | { readonly kind: 'opaque' }
  );

/** `callee(args)` or `new callee(args)`. */
export interface CallFact extends Span {
  readonly kind: 'call' | 'new';
  readonly callee: ValueId;
  readonly args: readonly ValueId[];
  readonly typeArgs?: readonly TypeId[];
  readonly region: RegionId;
  readonly optional?: true;
}

export interface TaggedFact extends Span {
  readonly kind: 'tagged';
  readonly tag: ValueId;
  readonly quasis: readonly string[];
  readonly parts: readonly ValueId[];
  readonly typeArgs?: readonly TypeId[];
  readonly region: RegionId;
}

/** One property of an object literal. `key` is absent for a spread and for a computed key that is no literal (then `computed` holds the key). `start`/`end` span the key. */
export interface PropertyFact extends Span {
  readonly key?: string;
  readonly computed?: ValueId;
  readonly spread?: true;
  readonly value: ValueId;
  readonly shorthand?: true;
  readonly accessor?: 'get' | 'set';
}

/** A type as written, names resolved to bindings. */
export type TypeFact =
  /** `A`, `ns.A`, `A<B>`; `binding` when the first name is known in the file, else `global`. `path` holds the names after the first. */
  | { readonly kind: 'ref'; readonly binding?: BindingId; readonly global?: string; readonly path: readonly string[]; readonly args: readonly TypeId[] }
  | { readonly kind: 'typeof'; readonly value: ValueId }
  | { readonly kind: 'import'; readonly source: string; readonly path: readonly string[]; readonly typeof?: true; readonly args: readonly TypeId[] }
  | { readonly kind: 'array'; readonly of: TypeId }
  | { readonly kind: 'tuple'; readonly of: readonly TypeId[] }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly TypeId[] }
  | { readonly kind: 'object'; readonly members: readonly TypeMember[] }
  | { readonly kind: 'function'; readonly params: readonly (TypeId | null)[]; readonly returns?: TypeId }
  | { readonly kind: 'indexed'; readonly object: TypeId; readonly index: TypeId }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `string`, `unknown`, `void` …, and `opaque` for mapped, conditional and other types. */
  | { readonly kind: 'keyword'; readonly name: string };

export interface TypeMember {
  readonly name: string;
  readonly type?: TypeId;
  readonly optional?: true;
  /** Methods: the type is a `function` type. */
  readonly method?: true;
}

export interface TypeDeclarationFact extends Span {
  readonly kind: 'interface' | 'alias';
  readonly name: string;
  readonly binding: BindingId;
  readonly typeParams: readonly string[];
  /** Interfaces. Merged declarations are separate facts with the same binding. */
  readonly extends: readonly TypeId[];
  readonly members: readonly TypeMember[];
  /** Aliases. */
  readonly type?: TypeId;
  /** Written inside `declare module 'x'` (`x`) or `declare global` (`global`, `global.Express`). */
  readonly augments?: string;
}

export interface EnumFact extends Span {
  readonly name: string;
  readonly binding: BindingId;
  readonly members: readonly { readonly name: string; readonly value?: string | number }[];
}

export interface ParamFact extends Span {
  /** The name, when the parameter is a plain identifier. */
  readonly name?: string;
  readonly binding?: BindingId;
  /** The `param` value. */
  readonly value: ValueId;
  readonly type?: TypeId;
  readonly default?: ValueId;
  readonly rest?: true;
  readonly optional?: true;
  /** `constructor(private repo: Repo)`: the field it declares. */
  readonly property?: string;
  readonly decorators?: readonly ValueId[];
}

export type FunctionKind = 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter' | 'staticBlock';

export interface FunctionFact extends Span {
  /** Declared name, or the name of the variable, property or member that it is given to. */
  readonly name?: string;
  readonly kind: FunctionKind;
  readonly async?: true;
  readonly generator?: true;
  readonly static?: true;
  /** Abstract members, overloads and declarations have no body; `body` is then absent. */
  readonly body?: RegionId;
  /** Region in which it is written. */
  readonly region: RegionId;
  readonly class?: ClassId;
  readonly params: readonly ParamFact[];
  readonly returnType?: TypeId;
  /** The `function` value, for function and arrow expressions and object methods. */
  readonly value?: ValueId;
  readonly binding?: BindingId;
}

export interface ClassFact extends Span {
  readonly name?: string;
  readonly binding?: BindingId;
  readonly abstract?: true;
  readonly region: RegionId;
  readonly extends?: ValueId;
  readonly extendsTypeArgs?: readonly TypeId[];
  readonly implements: readonly TypeId[];
  readonly decorators: readonly ValueId[];
  readonly members: readonly MemberFact[];
}

export interface MemberFact extends Span {
  readonly name: string;
  readonly kind: 'method' | 'getter' | 'setter' | 'constructor' | 'field';
  readonly static?: true;
  readonly abstract?: true;
  readonly accessibility?: 'private' | 'protected';
  readonly function?: FunctionId;
  /** Field initialiser. */
  readonly value?: ValueId;
  readonly type?: TypeId;
  readonly decorators: readonly ValueId[];
  /** Start of the member's name. */
  readonly nameStart: number;
}

export type LoopForm = 'for' | 'for-of' | 'for-in' | 'for-await' | 'while' | 'do';

/** How every path through a region leaves it, when none falls through. `mixed`: all leave, in different ways. */
export type Exit = 'return' | 'throw' | 'continue' | 'break' | 'mixed';

/** A stretch of code that runs under one condition. Regions form a tree; a function's body region has the region in which the function is written as parent. */
export type RegionFact = Span & {
  readonly parent: RegionId | -1;
  /** Function whose body it belongs to; -1 for the module. */
  readonly function: FunctionId | -1;
  readonly exit?: Exit;
} & (
    | { readonly kind: 'module' | 'body' | 'block' | 'finally' }
    /** Body of a loop. `iterates`: what for-of and for-in go through; `test`, `init`, `update` of the others. `binding`s: the loop variables. */
    | { readonly kind: 'loop'; readonly loop: LoopForm; readonly iterates?: ValueId; readonly test?: ValueId; readonly update?: ValueId; readonly bindings: readonly BindingId[] }
    /** Runs when `test` is truthy (`when: true`) or falsy: arms of `if`, of `?:`, right sides of `&&`, `||`, `??` (`nullish`). */
    | { readonly kind: 'branch'; readonly test: ValueId; readonly when: boolean; readonly nullish?: true }
    /** A `case`: discriminant and label; the default has no label. */
    | { readonly kind: 'case'; readonly of: ValueId; readonly label?: ValueId }
    | { readonly kind: 'try'; readonly catches: boolean; readonly finally: boolean }
    | { readonly kind: 'catch'; readonly binding?: BindingId }
  );

/** `return`; also the implicit one of an arrow with an expression body (then the span is the expression's). */
export interface ReturnFact extends Span {
  readonly function: FunctionId;
  readonly value?: ValueId;
  readonly region: RegionId;
}

export interface ThrowFact extends Span {
  readonly value: ValueId;
  readonly region: RegionId;
}
