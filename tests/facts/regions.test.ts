import { describe, expect, test } from 'vitest';
import { factsOf, showRegions } from './show.ts';

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['if (a()) b(); else { c(); throw d }', ['module', '  a()', '  when a()', '    b()', '  unless a() -> throw', '    c()']],
  ['a() ? b() : c', ['module', '  a()', '  when a()', '    b()']],
  ['a && b(); a || c(); a ?? d()', ['module', '  when a', '    b()', '  unless a', '    c()', '  when nullish a', '    d()']],
  ['const { a = f() } = g()', ['module', '  g()', '  when nullish g().a', '    f()']],
  ['let a; a ??= f()', ['module', '  when nullish $a', '    f()']],
  [
    'for (let i = a(); b(i); c()) { d() }',
    ['module', '  a()', '  for i of while b($i) then c()', '    b($i)', '    c()', '    d()'],
  ],
  ['for (const x of a()) { if (!x) continue; b(x) }', ['module', '  a()', '  for-of x of a() while then', '    b($x)', '    when ! $x -> continue']],
  ['for await (const x of a()) b()', ['module', '  a()', '  for-await x of a() while then', '    b()']],
  ['for (const x in a) { return }', ['module', '  for-in x of a while then -> return']],
  ['while (a()) b()', ['module', '  while of while a() then', '    a()', '    b()']],
  ['do { b() } while (a())', ['module', '  do of while a() then', '    b()', '    a()']],
  [
    'function f(x) { switch (x) { case 1: return a(); default: throw b } }',
    ['module', '  body f -> mixed', '    case $x is 1 -> return', '      a()', '    case $x is default -> throw'],
  ],
  [
    'function f(x) { switch (x) { case 1: if (a) break; return 1; default: return 2 } }',
    ['module', '  body f', '    case $x is 1 -> return', '      when a -> break', '    case $x is default -> return'],
  ],
  [
    'try { a() } catch (e) { throw e } finally { b() }',
    ['module', '  try catches finally', '    a()', '  catch e -> throw', '  finally', '    b()'],
  ],
  ['function f() { try { return 1 } catch { return 2 } }', ['module', '  body f -> return', '    try catches -> return', '    catch -> return']],
  ['function f() { if (a) { return } else { throw b } }', ['module', '  body f -> mixed', '    when a -> return', '    unless a -> throw']],
  ['a.map(async x => await b(x)); { c() }', ['module', '  a.map(function)', '  body  -> return', '    b($x)', '  block', '    c()']],
  ['outer: for (const x of y) { for (;;) { break outer } }', ['module', '  for-of x of y while then', '    for of while then -> break']],
  ['class A { @b() c(@d() x = e()) {} f = g(); static { h() } }', ['module', '  b()', '  d()', '  g()', '  body c', '    e()', '  body ', '    h()']],
];

describe('regions', () => {
  test.each(CASES)('%s', (text, expected) => {
    // A bare `return` may stand only in CommonJS.
    const facts = factsOf(text, text.includes('{ return }') && !text.startsWith('function') ? 'js' : 'ts');
    expect(showRegions(facts)).toEqual(expected);
  });
});
