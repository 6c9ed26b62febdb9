import { SettingsError } from '../settings/settings-error.ts';
import type { OptionSchema, Rule } from './define-rule.ts';

type Options = Readonly<Record<string, unknown>>;

/** Tells whether a value fits one type of an option schema. */
const FITS: Readonly<Record<OptionSchema['type'], (value: unknown, schema: OptionSchema) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value, schema) => typeof value === 'string' && (!schema.enum || schema.enum.includes(value)),
  integer: (value, schema) => Number.isInteger(value) && (value as number) >= (schema.minimum ?? -Infinity),
  array: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** What is wanted of a value, in words. */
export function describeSchema(schema: OptionSchema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => `"${value}"`).join(', ')}`;
  if (schema.type === 'array') return 'a list of strings';
  if (schema.minimum !== undefined) return `an integer from ${schema.minimum} on`;
  return schema.type === 'string' || schema.type === 'boolean' ? `a ${schema.type}` : `an ${schema.type}`;
}

/**
 * The options of a rule over its defaults.
 * @throws SettingsError for an option that the rule does not have, or a value of the wrong type.
 */
export function optionsOf(rule: Rule, given: Options = {}): Record<string, unknown> {
  const schemas = rule.options ?? {};
  for (const [name, value] of Object.entries(given)) {
    const schema = schemas[name];
    if (!schema) {
      const known = Object.keys(schemas).map((key) => `"${key}"`);
      const has = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
      throw new SettingsError(`Rule "${rule.id}" has no option "${name}" (${has}).`);
    }
    if (!FITS[schema.type](value, schema)) {
      throw new SettingsError(`Option "${name}" of rule "${rule.id}" must be ${describeSchema(schema)}, not ${JSON.stringify(value)}.`);
    }
  }
  return { ...rule.defaultOptions, ...given };
}

/** The JSON schema of a rule's options as ESLint wants it. */
export function eslintSchemaOf(rule: Rule): unknown[] {
  if (!rule.options) return [];
  return [{ type: 'object', properties: { ...rule.options }, additionalProperties: false }];
}
