import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/report/html.ts';
import { escapeHtml, markup, prose } from '../../src/report/markup.ts';
import { sampleFinding, samplePage, sampleRun, sampleWith } from './sample-run.ts';

const ATTACK = '<img src=x onerror="alert(1)">\'';

describe('markup', () => {
  it.each([
    { text: '<a href="x">\'&', html: '&lt;a href=&quot;x&quot;&gt;&#39;&amp;' },
    { text: '\u202Eevil', html: '&lt;U+202E&gt;evil' },
    { text: 'a\0b', html: 'a\uFFFDb' },
  ])('escapes $text', ({ text, html: expected }) => {
    expect(escapeHtml(text)).toBe(expected);
  });

  it('nests, and escapes once', () => {
    expect(markup`<p>${[markup`<b>${'<'}</b>`, '&', 3, undefined, false]}</p>`.html).toBe('<p><b>&lt;</b>&amp;3</p>');
  });

  it('makes code of backticks', () => {
    expect(prose('Use `a<b>` & go').html).toBe('Use <code>a&lt;b&gt;</code> &amp; go');
  });
});

describe('the page', () => {
  const hostile = samplePage(
    sampleWith([sampleFinding({ message: ATTACK, path: ATTACK, trail: [] })], {
      migrations: { files: [{ path: ATTACK, tool: ATTACK, dialect: 'postgres', judged: true, analysed: true, transaction: { unit: 'file', evidence: ATTACK }, statements: [], findings: 1, notAnalysed: [{ line: 2, reason: ATTACK }] }] },
      notChecked: [ATTACK],
      notes: [ATTACK],
    }),
    {
      name: ATTACK,
      routes: [{ method: 'GET', path: ATTACK, place: ATTACK, handler: ATTACK, middleware: [ATTACK], chains: [[ATTACK, ATTACK]] }],
      layers: [{ layer: ATTACK, files: [ATTACK], sure: 1, evidence: ATTACK }],
      styles: [{ unit: ATTACK, name: ATTACK, evidence: ATTACK }],
      textOf: () => ATTACK,
    },
  );

  it('lets nothing of the project become markup', () => {
    const page = html(hostile);
    expect(page).not.toContain('<img');
    expect(page.match(/&lt;img/g)?.length).toBeGreaterThan(12);
    expect(page).not.toMatch(/<script|<[^>]*\son\w+=|href="(?!#)|https?:/i);
  });

  it('allows its own style and nothing else', () => {
    const page = html(hostile);
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`.replaceAll('&#39;', "'"));
    expect(page).not.toMatch(/\sstyle=/);
  });

  it('is the same for the same data and names no folder of the machine', () => {
    expect(html(hostile)).toBe(html(hostile));
    expect(html(samplePage(sampleRun()))).not.toContain('/somewhere');
  });

  it('shows findings with their code, marked', () => {
    const page = html(samplePage(sampleWith([sampleFinding()])));
    expect(page).toContain('<span><i>5</i>    await <mark>orders.findById(id)</mark>;</span>');
    expect(page).toContain('Disallow a database query per element of a loop.');
    expect(page).toContain('<code>orders.findById(id)</code> runs once per element');
  });

  it('is green only when all was checked', () => {
    const run = sampleRun();
    const failed = { ...run, result: { ...run.result, ruleErrors: [{ rule: 'r', path: 'a.ts', message: 'Oh.', stack: '' }] } };
    expect(html(samplePage(run))).toContain('<span class="good">No findings');
    expect(html(samplePage(sampleRun({ notChecked: ['Why.'] })))).toContain('<span class="doubt">No findings');
    expect(html(samplePage(failed))).toContain('<span class="doubt">No findings');
    expect(html(samplePage(failed))).toContain('Rule &quot;r&quot; failed on a.ts: Oh.');
  });

  it('shows routes, layers and coverage', () => {
    const page = html(
      samplePage(sampleRun(), {
        routes: [
          { method: 'GET', path: '/orders', place: 'src/a.ts:3', handler: 'listOrders', middleware: ['auth'], chains: [['listOrders', 'OrderService.list', 'Order']] },
          { method: 'POST', path: '/orders', place: 'src/a.ts:4', middleware: [], chains: [] },
        ],
        layers: [{ layer: 'service', files: ['src/a.service.ts'], sure: 1, evidence: 'named *.service.ts' }],
      }),
    );
    expect(page).toContain('2 routes; 1 with a way to a table');
    expect(page).toContain('listOrders → OrderService.list → <b>Order</b>');
    expect(page).toContain('named *.service.ts');
    expect(page).toContain('src/broken.ts:4 Unexpected token');
    expect(page).toContain('src/a.ts:1 ./gone');
    expect(page).toContain('POST /orders (src/a.ts:4)');
  });
});
