import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

const ID = 'consistent-envelope';
const HEAD = `import express from 'express';\nimport { load } from 'elsewhere';\nconst app = express();\napp.get('/a', (req, res) => { res.json({ success: true, data: load() }); });\n`;

function findingsIn(text: string, config: object = {}) {
  return checkText({ 'src/app.ts': text, 'backend-patterns.config.json': JSON.stringify(config) }, { rules, only: [ID] }).findings;
}

describe(ID, () => {
  it.each([
    ['[1]', 'a bare array'],
    ['{}', 'an empty object'],
    ['{ id: 1, name: load() }', '`{ id, name }`'],
    ['{ a: 1, b: 2, c: 3, d: 4, e: 5 }', '`{ a, b, c, d, … }`'],
    ['{ success: true, user: load() }', '`{ success, user }`'],
  ])('reports %s', (body, shape) => {
    const [finding, ...others] = findingsIn(`${HEAD}app.get('/b', (req, res) => { res.json(${body}); });\n`);
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      `\`GET /b\` sends ${shape}, while 1 of the 2 answers whose shape is known have the envelope \`{ success: true, data }\`. A client has to treat this one apart. Put the data into the envelope.`,
    );
  });

  it('says what the settings ask for', () => {
    const [finding] = findingsIn(`${HEAD}app.get('/b', (req, res) => { res.json([1]); });\n`, { envelope: 'document' });
    expect(finding?.message).toContain('where the settings ask for `{ success: true, data }`');
  });

  it.each([
    [`app.get('/b', (req, res) => { res.json([1]); });`, `res.json({ success: true, data: [1] });`],
    [`app.get('/b', (req, res) => { const order = { id: load() }; res.json(order); });`, `res.json({ success: true, data: order });`],
  ])('suggests to wrap the body of %s', (route, fixed) => {
    const text = `${HEAD}${route}\n`;
    const [edits] = findingsIn(text).flatMap((finding) => finding.suggestions.map((suggestion) => suggestion.edits));
    const result = edits!.toReversed().reduce((code, edit) => code.slice(0, edit.start) + edit.text + code.slice(edit.end), text);
    expect(result).toContain(fixed);
  });

  it('suggests parentheses for what an arrow returns', () => {
    const text = `import Fastify from 'fastify';\nconst app = Fastify();\nconst order = { id: 1 };\napp.get('/a', async () => order);\n`;
    const [edits] = findingsIn(text, { envelope: 'document' }).flatMap((finding) => finding.suggestions.map((suggestion) => suggestion.edits));
    expect(edits?.map((edit) => edit.text)).toEqual(['({ success: true, data: ', ' })']);
  });

  it('suggests nothing where keys belong beside the data', () => {
    expect(findingsIn(`${HEAD}app.get('/b', (req, res) => { res.json({ success: true, user: load() }); });\n`)[0]?.suggestions).toEqual([]);
  });

  it('ignores paths by pattern', () => {
    const config = { rules: { 'backend-patterns/consistent-envelope': ['error', { ignorePaths: ['^/export'] }] } };
    expect(findingsIn(`${HEAD}app.get('/export', (req, res) => { res.json([1]); });\n`, config)).toEqual([]);
  });
});
