import { describe, expect, test } from 'vitest';
import { factsOf, showBindings, showType, showValue } from './show.ts';

/** Value of the variable `x` declared last. */
function lowered(text: string): string {
  const facts = factsOf(text, 'tsx');
  return showValue(facts, facts.bindings.findLast(binding => binding.name === 'x')!.value!);
}

describe('an expression', () => {
  test.each([
    ['1', '1'],
    ['`a`', '"a"'],
    ['`a${b}c`', 'template(["a","c"], b)'],
    ['/a/g', '/a/g'],
    ['10n', '10n'],
    ['null', 'null'],
    ['a?.b?.().c', 'a?.b?.().c'],
    ['(a!).b', 'a.b'],
    ["a['b'][0][c]", 'a.b[0][c]'],
    ['a.#b', 'a.#b'],
    ['new A(...b)', 'new A(...b)'],
    ['sql<Row>`a ${b}`', 'sql`a …`(b)'],
    ['{ a, b: 1, "c-d": 2, [e]: 3, ["f"]: 4, ...g }', '{a: a, b: 1, c-d: 2, [e]: 3, f: 4, ...g}'],
    ['{ a() {}, get b() { return 1 } }', '{a: function a, get b: function b}'],
    ['[a, , ...b]', '[a, undefined, ...b]'],
    ['a ? b : c', '(a ? b : c)'],
    ['a && b || c', '((a && b) || c)'],
    ['a ?? b', '(a ?? b)'],
    ['!a + typeof b', '(! a + typeof b)'],
    ['(a, b)', '(a, b)'],
    ['a as B', '(a as B)'],
    ['a as const', 'a'],
    ['a satisfies B', 'a'],
    ['await a.b()', 'await a.b()'],
    ['await import("./y")', 'await required(./y)'],
    ['require("y").z', 'required(y).z'],
    ['import(y)', 'opaque'],
    ['import.meta.url', 'import.meta.url'],
    ['() => 1', 'function x'],
    ['class {}', 'class x'],
    ['class Y {}', 'class Y'],
    ['(a.b = c)', '(a.b = c)'],
    ['a.b += 1', '(a.b += 1)'],
    ['a.b++', '(a.b ++ 1)'],
    ['<A b={c()} />', 'opaque'],
  ])('%s', (text, expected) => {
    expect(lowered(`const x = ${text}`)).toBe(expected);
  });
});

describe('destructuring', () => {
  test.each([
    ['const { a: { b = 1 } } = f()', ['const b = (f().a.b ?? 1)']],
    ["const { a, 'b-c': d, [e]: g, ...rest } = f()", ['const a = f().a', 'const d = f().b-c', 'const g = f()[e]', 'const rest = rest(f() -a -b-c)']],
    ['const [a, , [b], ...c] = f()', ['const a = item0(f())', 'const b = item0(item2(f()))', 'const c = rest(f())']],
    ['let a, b; [a, b.c] = f()', ['let a <- item0(f())', 'let b']],
    ['let a; ({ a = 2 } = f())', ['let a <- (f().a ?? 2)']],
    ['let a = 1; a = 2; a += 3; a++', ['let a = 1 <- 2 <- ($a += 3) <- ($a ++ 1)']],
    ['for (const [k, { v }] of f()) {}', ['const k = item0(element(f()))', 'const v = item1(element(f())).v']],
    ['for (const k in f()) {}', ['const k = key(f())']],
    ['let a; for (a of f()) {}', ['let a <- element(f())']],
    ['try {} catch ({ message }) {}', ['catch message = caught.message']],
    ['const { a } = await import("./b")', ['const a = await required(./b).a']],
    ['const { a } = require("b"), c = require("d")', ['const a = required(b).a', 'const c = required(d)']],
    ['var a = 1; var a = 2', ['var a = 1 <- 2']],
  ])('%s', (text, expected) => {
    expect(showBindings(factsOf(text))).toEqual(expected);
  });
});

describe('a type', () => {
  test.each([
    ['A', 'A'],
    ['a.B<C, string>', 'a.B<C, string>'],
    ['typeof f.g', 'typeof f.g'],
    ["import('y').Z", 'import(y).Z'],
    ['A[]', 'A[]'],
    ['readonly A[]', 'A[]'],
    ['[a: A, B?, ...C[]]', '[A, B, C[]]'],
    ['A | null', 'A | null'],
    ['A & B', 'A & B'],
    ['{ a: A; b?: string; c(x: A): B; get d(): A; [k: string]: A }', '{a: A; b?: string; method c: (A) => B; d: () => A}'],
    ['(this: A, a: A, b) => void', '(A, ?) => void'],
    ["A['b']", 'A["b"]'],
    ['-1', '-1'],
    ["'a'", '"a"'],
    ['keyof A', 'opaque'],
    ['A extends B ? C : D', 'opaque'],
    ['{ [K in A]: K }', 'opaque'],
    ['<T>(a: T) => T[]', '(typeParameter:T) => typeParameter:T[]'],
  ])('%s', (text, expected) => {
    const facts = factsOf(`type X = ${text}`);
    expect(showType(facts, facts.typeDeclarations[0]!.type!)).toBe(expected);
  });
});
