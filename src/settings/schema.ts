import { MIGRATION_TOOLS } from './settings.ts';

/** The part of JSON Schema that the settings need. `schema.json` at the package root is this, written out. */
export interface JsonSchema {
  readonly type?: 'string' | 'boolean' | 'integer' | 'array' | 'object';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  /** A list whose places differ: `["error", { … }]`. */
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const text = (description: string): JsonSchema => ({ type: 'string', description });
const oneOf = (values: readonly string[], description: string): JsonSchema => ({ type: 'string', enum: values, description });
const listOf = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });
const closed = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[], description: string): JsonSchema => ({
  type: 'object',
  description,
  properties,
  ...(required.length > 0 ? { required } : {}),
  additionalProperties: false,
});

const TEXT: JsonSchema = { type: 'string' };
const MODULE = text('Package name, or path of the module relative to this file, starting with "./".');
const EXPORT_NAME = { module: MODULE, name: text('Name of the export.') };
const PRESET = oneOf(['recommended', 'strict', 'migrations', 'migrations-strict'], 'Set of rules.');
const SEVERITY: JsonSchema = { type: 'string', enum: ['off', 'error'] };

export const SETTINGS_SCHEMA: JsonSchema = closed(
  {
    $schema: text('Address of this schema, for editors.'),
    root: text('Folder that is analysed, relative to this file. Default: the workspace or git root.'),
    ignore: listOf(TEXT, 'Globs of files that are not part of the project, relative to the root.'),
    includeTests: { type: 'boolean', description: 'Judge test files, too. Default: false.' },
    preset: {
      description: 'Set of rules that runs, or several. Default: recommended for source files, migrations for migrations.',
      anyOf: [PRESET, listOf(PRESET, 'Sets of rules.')],
    },
    rules: {
      type: 'object',
      description: 'Rules switched off or on, with their options, by id.',
      additionalProperties: { anyOf: [SEVERITY, { type: 'array', prefixItems: [SEVERITY, { type: 'object' }], minItems: 1 }] },
    },
    layers: listOf(
      closed(
        {
          name: oneOf(['handler', 'service', 'repository', 'model', 'middleware', 'job', 'event', 'schema', 'shared'], 'Layer of the files.'),
          files: listOf(TEXT, 'Globs relative to the folder of this file.'),
        },
        ['name', 'files'],
        'Files of one layer.',
      ),
      'Layers of files, where detection is wrong or unsure.',
    ),
    style: oneOf(['handler-service-repository', 'handler-service', 'handler-orm', 'function-per-file'], 'Style that the project keeps.'),
    envelope: {
      description: 'Shape of response bodies: a known one, or the keys of success and error bodies.',
      anyOf: [
        { type: 'string', enum: ['document', 'jsend', 'jsonapi', 'bare'] },
        closed({ success: listOf(TEXT, 'Keys of a success body.'), error: listOf(TEXT, 'Keys of an error body.') }, ['success', 'error'], 'Own envelope.'),
      ],
    },
    databaseClients: listOf(
      closed(
        {
          module: MODULE,
          export: text('Name of the export that is the client. Default: every export.'),
          kind: oneOf(['prisma', 'drizzle', 'knex', 'typeorm', 'sequelize', 'pg'], 'Library whose client it is or behaves like.'),
        },
        ['module', 'kind'],
        'A database client.',
      ),
      'Own database clients that detection does not see.',
    ),
    queryFunctions: listOf(
      closed(
        { ...EXPORT_NAME, operation: oneOf(['read', 'write', 'raw'], 'What the query does.') },
        ['module', 'name', 'operation'],
        'A function that queries.',
      ),
      'Own functions that run a database query.',
    ),
    responseHelpers: listOf(
      closed({ ...EXPORT_NAME, kind: oneOf(['success', 'error'], 'Kind of response.') }, ['module', 'name', 'kind'], 'A function that sends a response.'),
      'Own functions that send a response in the envelope.',
    ),
    validators: listOf(closed(EXPORT_NAME, ['module', 'name'], 'A function that validates input.'), 'Own functions that validate input.'),
    errors: closed(
      { base: listOf(closed(EXPORT_NAME, ['module', 'name'], 'An error class.'), 'Base classes of the errors that the error handler knows.') },
      [],
      'Errors of the application.',
    ),
    migrations: closed(
      {
        folder: text('Folder of the migrations, relative to this file.'),
        tool: oneOf(MIGRATION_TOOLS, 'Tool that runs the migrations.'),
        dialect: oneOf(['postgres', 'mysql', 'sqlite'], 'Dialect of SQL.'),
        version: text('Major version of the database server, e.g. "16". Default: as compose files, CI services or Supabase say.'),
        since: text('Name of the first migration that is judged, or a date ("2025-01-31"); older ones have already run everywhere.'),
        tableSizes: text('File with the sizes of tables, relative to the root; "migrations --snapshot" writes it. Default: backend-patterns.tables.json.'),
        base: text('Branch or commit that is released: migrations that are new since the merge base with it are judged, against the code there.'),
      },
      [],
      'Database migrations.',
    ),
    maxConstant: { type: 'integer', minimum: 0, description: 'Largest constant number of elements of a loop that still counts as bounded.' },
  },
  [],
  'Settings of eslint-plugin-backend-patterns.',
);

/** The published schema, as text. */
export function schemaText(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'backend-patterns.config.json', ...SETTINGS_SCHEMA }, null, 2)}\n`;
}
