import { describe, expect, test } from 'vitest';
import { factsOf, showFunction, showType, showValue } from './show.ts';

describe('functions', () => {
  test.each([
    ['function a(b: B, c = 1, ...d: D[]): void {}', ['function a(b: B, c = 1, ...d: D[]): void']],
    ['async function* a({ b }, c?) {}', ['async * function a({}, c?)']],
    ['declare function a(this: A, b: B): C', ['bodiless function a(b: B): C']],
    ['const a = async () => 1, b = function () {}, c = function d() {}', ['async arrow a()', 'function b()', 'function d()']],
    ['x.y = () => 1; x = () => 2', ['arrow y()', 'arrow x()']],
    ['const o = { p: () => 3, q() {}, set r(s) {} }', ['arrow p()', 'method q()', 'setter r(s)']],
    ['f(() => 1)', ['arrow ()']],
    ['function f<T extends A>(x: T): T[] {}', ['function f(x: typeParameter:T): typeParameter:T[]']],
    [
      `class A { constructor(@b() private readonly c: C, d) {} async e() {} static get f() {} set g(h) {}
        abstract i(): J; static {} k = () => 1; #l() {} [m]() {} }`,
      [
        'constructor constructor(@b() property c: C, d)',
        'async method e()',
        'static getter f()',
        'setter g(h)',
        'bodiless method i(): J',
        'static staticBlock ()',
        'arrow k()',
        'method #l()',
        'method [m]()',
      ],
    ],
  ])('%s', (text, expected) => {
    const facts = factsOf(text);
    expect(facts.functions.map(fact => showFunction(facts, fact))).toEqual(expected);
  });
});

test('a class with its members', () => {
  const facts = factsOf(`
    @Controller('orders')
    abstract class Orders extends Base<Order> implements Api, ns.Closable<A> {
      @Field() private readonly a?: string = 'x';
      static b = 1;
      accessor c = 2;
      #d = 3;
      protected abstract e(): void;
      'f-g'() {}
    }`);
  const [fact] = facts.classes;
  expect(fact).toMatchObject({ name: 'Orders', abstract: true });
  expect(fact!.decorators.map(id => showValue(facts, id))).toEqual(['Controller("orders")']);
  expect(showValue(facts, fact!.extends!)).toBe('Base');
  expect(fact!.extendsTypeArgs!.map(id => showType(facts, id))).toEqual(['Order']);
  expect(fact!.implements.map(id => showType(facts, id))).toEqual(['Api', 'ns.Closable<A>']);
  expect(fact!.members).toMatchObject([
    { name: 'a', kind: 'field', accessibility: 'private', decorators: [expect.any(Number)] },
    { name: 'b', kind: 'field', static: true },
    { name: 'c', kind: 'field' },
    { name: '#d', kind: 'field' },
    { name: 'e', kind: 'method', abstract: true, accessibility: 'protected' },
    { name: 'f-g', kind: 'method' },
  ]);
});

describe('this', () => {
  test.each([
    ['this', 'this'],
    ['class A { b() { return () => this } }', 'this:A'],
    ['class A { b = this }', 'this:A'],
    ['class A { static b() { this } }', 'this static:A'],
    ['class A { b() { return function c() { this } } }', 'this:c()'],
    ['const a = { b() { this } }', 'this:b()'],
    ['const a = () => this', 'this'],
  ])('in %s', (text, expected) => {
    const facts = factsOf(text);
    expect(showValue(facts, facts.values.findIndex(fact => fact.kind === 'this'))).toBe(expected);
  });
});

describe('names', () => {
  /** Start of the binding that the last plain name in the text refers to; -1 for none. */
  const target = (text: string): number => {
    const facts = factsOf(text);
    const last = facts.values.filter(fact => fact.kind === 'name' || fact.kind === 'global').reduce((a, b) => (b.start >= a.start ? b : a));
    return last.kind === 'name' ? facts.bindings[last.binding]!.start : -1;
  };
  test.each([
    ['const a = 1; { const a = 2 } a', 6],
    ['const a = 1; { const a = 2; a }', 21],
    ['{ const a = 1 } a', -1],
    ['function f() { return a } const a = 1; f', 9],
    ['() => a; const a = 1', 15],
    ['if (x) { var a = 1 } a', 13],
    ['const a = 1; (function a() { a })', 23],
    ['const a = 1; (a => a)', 14],
    ['try {} catch (a) { a }', 14],
    ['switch (x) { case 1: let a; case 2: a }', 25],
    ['namespace N { const a = 1 } a', -1],
    ['for (const a of b) { a }', 11],
  ])('%s', (text, expected) => {
    expect(target(text)).toBe(expected);
  });

  test('an interface merges with its class, a type does not merge with its constant', () => {
    expect(factsOf('interface A {} class A {} interface A {}').bindings).toMatchObject([{ name: 'A', kind: 'class', class: 0, typeDeclaration: 0 }]);
    expect(factsOf('const A = 1; type A = 2').bindings.map(({ kind }) => kind)).toEqual(['const', 'type']);
  });

  test('a type parameter is no outer name', () => {
    expect(factsOf("import { T } from 'x'; type A<T> = T[]; function f<T>(x: T) {}").bindings[0]).toMatchObject({ typeUses: 0 });
  });

  test('uses are counted', () => {
    expect(factsOf('let a = 1; a = 2; f(a, { a }); type B = typeof a').bindings[0]).toMatchObject({ valueUses: 2, typeUses: 1 });
  });
});

test('enums count on', () => {
  expect(factsOf("enum A { B, C = 5, D, E = 'x', F = f(), G = -1, H }").enums[0]!.members).toEqual([
    { name: 'B', value: 0 },
    { name: 'C', value: 5 },
    { name: 'D', value: 6 },
    { name: 'E', value: 'x' },
    { name: 'F' },
    { name: 'G', value: -1 },
    { name: 'H', value: 0 },
  ]);
});

test('ambient modules give their types alone', () => {
  const facts = factsOf("declare module 'x' { interface A { b: string } const c: A } declare global { interface D {} function e(): void }");
  expect(facts.typeDeclarations.map(({ name }) => name)).toEqual(['A', 'D']);
  expect(facts.functions).toEqual([]);
});
