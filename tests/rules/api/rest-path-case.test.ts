import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import { caseOf, inCase } from '../../../src/project/path-case.ts';

const ID = 'rest-path-case';

const HEADS: Readonly<Record<string, string>> = {
  express: `import express from 'express';\nconst app = express();\n`,
  fastify: `import Fastify from 'fastify';\nconst app = Fastify();\n`,
  hono: `import { Hono } from 'hono';\nconst app = new Hono();\n`,
};

function betterNames(framework: string, paths: string): string[] {
  const calls = paths.split(' ').map((path) => `app.get('${path}', (context) => { handle(context); });`);
  const { findings } = checkText({ 'src/app.ts': `${HEADS[framework]}${calls.join('\n')}\n` }, { rules, only: [ID] });
  return findings.map(({ message }) => /Name it `(.*)`/.exec(message)?.[1] ?? '');
}

describe(ID, () => {
  it.each([
    ['express', '/order-lines /price-lists /taxRates /gift-cards /stock-items /return-labels', ['tax-rates']],
    ['express', '/orderLines /priceLists /taxRates /giftCards /stock-items', ['stockItems']],
    ['fastify', '/order_lines /price_lists /tax_rates /gift_cards /stockItems', ['stock_items']],
    ['hono', '/order-lines /price-lists /tax-rates /gift-cards /Stock-Items', ['stock-items']],
    ['hono', '/order-lines /price-lists /tax-rates /gift-cards /StockItems/:id', ['stock-items']],
    ['fastify', '/orderLines /priceLists /taxRates /giftCards /stockItems /return_labels/:id', ['returnLabels']],
    ['hono', '/order_lines/:id /price_lists /tax_rates /gift_cards /stock_items /return-labels', ['return_labels']],
    ['express', '/order-lines /price-lists /tax-rates /gift-cards /stock_items /stock_items/:id', ['stock-items', 'stock-items']],
    ['hono', '/api/order-lines /api/price-lists /api/tax-rates /api/gift-cards /api/stock-item_kinds', ['stock-item-kinds']],
  ])('reports with %s: %s', (framework, paths, better) => {
    expect(betterNames(framework, paths)).toEqual(better);
  });

  it.each([
    ['a handful, of which none is a majority', 'express', '/order-lines /taxRates'],
    ['one case throughout', 'express', '/order-lines /price-lists'],
    ['another case throughout', 'express', '/orderLines /priceLists /taxRates'],
    ['a third case throughout', 'fastify', '/order_lines /price_lists'],
    ['words alone', 'express', '/orders /users /products'],
    ['names of parameters', 'express', '/order-lines/:lineId /price-lists/:list_id'],
    ['names of files', 'hono', '/order-lines /files/priceList.pdf'],
    ['well-known paths', 'fastify', '/orderLines /.well-known/openid-configuration'],
    ['paths that name procedures', 'hono', '/order-lines /GetIndex /ListIndexes /CreateIndex /DeleteIndex /PutVectors /GetVectors'],
    ['no majority among many', 'express', '/order-lines /price-lists /tax-rates /giftCards /stockItems /returnLabels'],
    ['webhooks, whose paths others choose', 'express', '/order-lines /webhooks/payment_received'],
    ['numbers of versions', 'express', '/v1/order-lines /v2/order-lines'],
  ])('leaves %s alone', (_name, framework, paths) => {
    expect(betterNames(framework, paths)).toEqual([]);
  });

  it('reports a controller where its path is written, once', () => {
    const controller = (path: string, name: string) => `import { Controller, Get, Param } from '@nestjs/common';\n@Controller('${path}')\nexport class ${name} {\n  @Get() list() { return []; }\n  @Get(':id') find(@Param('id') id: string) { return { id }; }\n}\n`;
    const usual = ['gift-cards', 'order-lines', 'price-lists', 'stock-items'].map((path, index) => [`src/${index}.controller.ts`, controller(path, `Controller${index}`)] as const);
    const files = { ...Object.fromEntries(usual), 'src/b.controller.ts': controller('taxRates', 'TaxRates') };
    const { findings } = checkText(files, { rules, only: [ID] });
    expect(findings.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/b.controller.ts:2']);
    expect(findings[0]?.suggestions[0]?.edits.map(({ text }) => text)).toEqual(['tax-rates']);
  });

  it.each([['order-lines', 'kebab-case'], ['orderLines', 'camelCase'], ['order_lines', 'snake_case'], ['OrderLines', 'PascalCase'], ['order-Lines', undefined], ['orders', undefined]])('reads %s as %s', (segment, name) => {
    expect(caseOf(segment)).toBe(name);
  });

  it.each([['orderLines', 'snake_case', 'order_lines'], ['order_lines', 'PascalCase', 'OrderLines'], ['OrderLines', 'camelCase', 'orderLines'], ['HTMLPages', 'kebab-case', 'html-pages']] as const)('writes %s in %s', (segment, style, text) => {
    expect(inCase(segment, style)).toBe(text);
  });
});
