import { describe, expect, test } from 'vitest';
import type { FileFacts, SourceLanguage } from '../../src/facts/types.ts';
import { factsOf, showValue } from './show.ts';

function showImports(facts: FileFacts): string[] {
  return facts.imports.map(({ form, use, source, names }) =>
    [form, use, source, ...names.map(({ imported, binding }) => `${imported}:${facts.bindings[binding]!.name}`)].join(' '),
  );
}

function showExports(facts: FileFacts): string[] {
  return facts.exports.map(({ name, typeOnly, binding, value, from }) => {
    const exported = `${typeOnly ? 'type ' : ''}${name} =`;
    if (binding !== undefined) return `${exported} ${facts.bindings[binding]!.name}`;
    if (value !== undefined) return `${exported} ${showValue(facts, value)}`;
    return `${exported} ${facts.imports[from!.import]!.source}#${from!.imported}`;
  });
}

describe('imports', () => {
  const cases: readonly (readonly [string, readonly string[], SourceLanguage?])[] = [
    ["import 'a'", ['esm sideEffect a']],
    ["import a, { b as c, 'd-e' as f } from 'x'; a(c, f)", ['esm runtime x default:a b:c d-e:f']],
    ["import * as a from 'x'; a.b()", ['esm runtime x *:a']],
    ["import type { A } from 'x'", ['esm type x A:A']],
    ["import { type A, type B } from 'x'", ['esm type x A:A B:B']],
    ["import { type A, b } from 'x'; b()", ['esm runtime x A:A b:b']],
    ["import { A } from 'x'; let a: A", ['esm elided x A:A']],
    ["import { a } from 'x'; type A = typeof a", ['esm elided x a:a']],
    ["import { A } from 'x'; f()", ['esm runtime x A:A'], 'js'],
    ["import { A } from 'x'; export { A }", ['esm runtime x A:A']],
    ["import { A } from 'x'; export type { A }", ['esm elided x A:A']],
    ["import { A } from 'x'; @b() class C { constructor(a: A) {} }", ['esm metadata x A:A']],
    ["import { A } from 'x'; class C { constructor(a: A) {} }", ['esm elided x A:A']],
    ["import { A } from 'x'; class C { @b() a: A | null }", ['esm metadata x A:A']],
    ["import { A } from 'x'; class C { @b() a: Promise<A> }", ['esm elided x A:A']],
    ["import { A } from 'x'; class C { a(@b() a: A) {} }", ['esm metadata x A:A']],
    ["import { A } from 'x'; const a = <A.B />", ['esm runtime x A:A'], 'tsx'],
    ["import a = require('x'); a()", ['require runtime x export=:a']],
    ["import a = require('x'); let b: a.C", ['require elided x export=:a']],
    ["const { a } = require('x'); require('y')", ['require runtime x', 'require runtime y'], 'js'],
    ['function f(require) { require("x") }', [], 'js'],
    ["import('x')", ['dynamic runtime x']],
    ["let a: import('x').A", ['type type x']],
    ["export * from 'x'; export type * from 'y'", ['reexport runtime x', 'reexport type y']],
  ];
  test.each(cases.map(([text, expected, language]) => ({ text, expected, language })))('$text', ({ text, expected, language }) => {
    expect(showImports(factsOf(text, language))).toEqual(expected);
  });
});

describe('exports', () => {
  const cases: readonly (readonly [string, readonly string[], SourceLanguage?])[] = [
    ['export const a = 1, { b, c: [d] } = e', ['a = a', 'b = b', 'd = d']],
    ['export function a(): void; export function a() {}', ['a = a']],
    ['export class A {}; export enum B {}; export namespace C { export const d = 1 }', ['A = A', 'B = B', 'C = C']],
    ['export interface A {}; export type B = A', ['type A = A', 'type B = B']],
    ['const A = 1; type A = 2; export { A }', ['A = A', 'type A = A']],
    ['const a = 1; export { a as b, a as default }', ['b = a', 'default = a']],
    ["export { a as b, type C } from 'x'", ['b = x#a', 'type C = x#C']],
    ["export * from 'x'; export * as y from 'z'", ['* = x#*', 'y = z#*']],
    ['export default function () {}', ['default = function default']],
    ['export default function a() {}', ['default = a']],
    ['export default class {}', ['default = class default']],
    ['export default a.b', ['default = a.b']],
    ['interface A {} export default A', ['type default = A']],
    ['const a = 1; export = a', ['export= = $a']],
    ['module.exports = { a }', ['export= = {a: a}'], 'js'],
    ['exports.a = () => 1; module.exports.b = c', ['a = function a', 'b = c'], 'js'],
    ['exports = module.exports = function () {}', ['export= = function default'], 'js'],
    ['const exports = {}; exports.a = 1', [], 'js'],
  ];
  test.each(cases.map(([text, expected, language]) => ({ text, expected, language })))('$text', ({ text, expected, language }) => {
    expect(showExports(factsOf(text, language))).toEqual(expected);
  });
});

test.each([
  ["import 'a'", true],
  ['export {}', true],
  ['import.meta.url', true],
  ["require('a')", false],
  ["import a = require('a')", false],
])('%s is an ES module: %s', (text, esm) => {
  expect(factsOf(text).esm).toBe(esm);
});
