import type { UnvalidatedInput } from '../../src/project/unvalidated-input.ts';
import { codeOf } from '../../src/project/code.ts';
import type { RequestPart } from '../../src/libraries/types.ts';

/** How a library validates a value: the first that the package depends on is named; Zod where there is none. */
const PARSERS: readonly (readonly [dependency: string, write: (value: string) => string])[] = [
  ['zod', (value) => `schema.parse(${value})`],
  ['valibot', (value) => `v.parse(schema, ${value})`],
  ['joi', (value) => `await schema.validateAsync(${value})`],
  ['yup', (value) => `await schema.validate(${value})`],
  ['@sinclair/typebox', (value) => `Value.Parse(schema, ${value})`],
  ['typebox', (value) => `Value.Parse(schema, ${value})`],
  ['arktype', (value) => `schema.assert(${value})`],
  ['superstruct', (value) => `create(${value}, schema)`],
  ['ajv', (value) => `validate(${value})`],
];

const HONO_TARGETS: Readonly<Record<RequestPart, string>> = { body: 'json', query: 'query', params: 'param', headers: 'header', cookies: 'cookie' };
const FASTIFY_KEYS: Readonly<Record<RequestPart, string>> = { body: 'body', query: 'querystring', params: 'params', headers: 'headers', cookies: 'headers' };

/** What to do, for the framework and the validation library at hand. */
export function validationRewrite(input: UnvalidatedInput): string {
  const { route, part, at, parameter } = input;
  const { dependencies } = at.file.package;
  if (parameter?.reason === 'no pipe') return 'Call `app.useGlobalPipes(new ValidationPipe({ whitelist: true }))`';
  if (parameter) return 'Give it a class with the decorators of `class-validator`, or a pipe that parses it with a schema';
  if (route.framework === 'fastify') return `Give the route \`schema: { ${FASTIFY_KEYS[part]}: … }\``;
  if (route.framework === 'hono') return `Put \`zValidator('${HONO_TARGETS[part]}', schema)\` before the handler and read \`c.req.valid('${HONO_TARGETS[part]}')\``;
  if (dependencies.has('express-validator')) return 'Check each field with `express-validator` before the handler and read `matchedData(req)`';
  if (dependencies.has('celebrate')) return `Put \`celebrate({ ${part}: schema })\` before the handler`;
  const [, write] = PARSERS.find(([name]) => dependencies.has(name)) ?? PARSERS[0]!;
  return `Parse it first and use only the result: \`${write(codeOf(at.file, at.value))}\``;
}
