// The folder table of this repository, kept by the same rules that we write for our users' layers.
import { readdirSync } from 'node:fs';
import { layerRules } from './dist/configs/layer-rules.js';

/**
 * Folder → folders that it may import, besides itself. Every folder from `src/migrations` on may import `src/facts` for the types of positions and ids;
 * `src/project` reads the settings of each package, since roles, layers and clients depend on them; `configs` takes the choice of rules from `src/findings`.
 */
const ALLOWED = {
  'src/facts': [],
  'src/settings': [],
  'src/libraries': ['src/facts'],
  'src/schema': ['src/facts', 'src/libraries'],
  'src/project': ['src/facts', 'src/libraries', 'src/schema', 'src/settings'],
  'src/migrations': ['src/facts', 'src/schema', 'src/project'],
  'src/findings': ['src/facts', 'src/project', 'src/schema', 'src/migrations', 'src/settings'],
  'src/languages': ['src/facts', 'src/findings', 'src/migrations', 'src/schema'],
  'src/report': ['src/facts', 'src/libraries', 'src/schema', 'src/project', 'src/migrations', 'src/settings', 'src/findings'],
  rules: ['src/facts', 'src/libraries', 'src/findings', 'src/project', 'src/schema', 'src/migrations'],
  configs: ['rules', 'src/findings', 'src/project', 'src/settings'],
  'src/cli': ['src/facts', 'src/libraries', 'src/schema', 'src/project', 'src/migrations', 'src/settings', 'src/findings', 'src/languages', 'src/report', 'rules', 'configs'],
};

/** Loaded on first use: any other import would load them at the start of the plugin. */
const HEAVY = 'ts-morph|libpg-query|sql-parser-cst|@electric-sql/pglite|pg|dependency-cruiser';

/** Our source files, as dependency-cruiser names them. */
export const SOURCES = ['src', 'rules', 'configs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts')),
);

const folders = Object.keys(ALLOWED);
const files = new Map(SOURCES.map((path) => [path, folders.find((folder) => path.startsWith(`${folder}/`))]));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules({ files, allowed: new Map(Object.entries(ALLOWED)) }, (from, to) => `Data goes one way: ${from} must not know ${to}. Move what both need into a folder that both may import.`),
    {
      name: 'entries-are-on-top',
      severity: 'error',
      comment: 'The plugin and the parser are put together from the rest. Import what is needed from the folder that holds it.',
      from: {},
      to: { path: '^src/(index|parser)\\.ts$' },
    },
    {
      name: 'heavy-libraries-are-lazy',
      severity: 'error',
      comment: 'The plugin starts in every editor and every run: load this library where it is first needed, with require() or import().',
      from: { path: '^(src|rules|configs)/' },
      to: { path: `node_modules/(${HEAVY})/`, dependencyTypesNot: ['type-only', 'type-import', 'dynamic-import', 'require'] },
    },
    {
      name: 'rules-know-no-library',
      severity: 'error',
      comment: 'Rules take the words of the types from src/libraries (kinds of input, of work), never what a library looks like. Ask the project.',
      from: { path: '^rules/' },
      to: { path: '^src/libraries/', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'What cannot be found is not checked either. Correct the path.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
