import type { JsonSchema } from '../../src/settings/schema.ts';

/**
 * What SARIF 2.1.0 (OASIS Standard, section 3) demands of the objects that are written; other properties are not allowed, so that each
 * one written is looked up there first.
 */
const text: JsonSchema = { type: 'string' };
const natural: JsonSchema = { type: 'integer', minimum: 0 };
const positive: JsonSchema = { type: 'integer', minimum: 1 };

function object(required: Readonly<Record<string, JsonSchema>>, optional: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false };
}

function list(items: JsonSchema, minItems = 0): JsonSchema {
  return { type: 'array', items, minItems };
}

const level: JsonSchema = { type: 'string', enum: ['none', 'note', 'warning', 'error'] };
const message = object({ text });
const artifactLocation = object({ uri: text }, { uriBaseId: text, description: message });
const region = object({}, { startLine: positive, startColumn: positive, endLine: positive, endColumn: positive, charOffset: natural, charLength: natural });
const physicalLocation = object({ artifactLocation }, { region });
const location = object({ physicalLocation }, { id: natural, message });
const multiformat = object({ text }, { markdown: text });
const replacement = object({ deletedRegion: region }, { insertedContent: object({}, { text }) });
const fix = object({ artifactChanges: list(object({ artifactLocation, replacements: list(replacement, 1) }), 1) }, { description: message });
const suppression = object({ kind: { type: 'string', enum: ['inSource', 'external'] } }, { justification: text });
const notification = object({ message }, { level, locations: list(location) });
const result = object(
  { message },
  {
    ruleId: text,
    ruleIndex: natural,
    level,
    locations: list(location),
    relatedLocations: list(location),
    partialFingerprints: { type: 'object', additionalProperties: text },
    suppressions: list(suppression),
    fixes: list(fix),
  },
);
const rule = object(
  { id: text },
  { shortDescription: multiformat, fullDescription: multiformat, helpUri: text, help: multiformat, defaultConfiguration: object({}, { level }) },
);
const driver = object({ name: text }, { semanticVersion: text, informationUri: text, rules: list(rule) });
const invocation = object({ executionSuccessful: { type: 'boolean' } }, { exitCode: { type: 'integer' }, toolExecutionNotifications: list(notification) });
const run = object(
  { tool: object({ driver }) },
  {
    columnKind: { type: 'string', enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    originalUriBaseIds: { type: 'object', additionalProperties: object({}, { uri: text, description: message }) },
    invocations: list(invocation),
    results: list(result),
  },
);

export const SARIF_LOG: JsonSchema = object({ version: { type: 'string', enum: ['2.1.0'] }, runs: list(run) }, { $schema: text });
