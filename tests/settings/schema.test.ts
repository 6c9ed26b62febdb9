import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS_SCHEMA, schemaText, type JsonSchema } from '../../src/settings/schema.ts';

describe('the published schema', () => {
  it('is the one that the settings are held against', () => {
    expect(readFileSync(new URL('../../schema.json', import.meta.url), 'utf8')).toBe(schemaText());
  });

  it('describes every key and closes every object', () => {
    const undescribed: string[] = [];
    const visit = (schema: JsonSchema, path: string): void => {
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        if (!property.description) undescribed.push(`${path}.${name}`);
        visit(property, `${path}.${name}`);
      }
      if (schema.properties && schema.additionalProperties !== false) undescribed.push(`${path} is open`);
      for (const inner of [schema.items, ...(schema.anyOf ?? [])]) if (inner) visit(inner, path);
    };
    visit(SETTINGS_SCHEMA, '');
    expect(undescribed).toEqual([]);
  });
});
