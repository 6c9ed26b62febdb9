import type { FileFacts } from '../facts/types.ts';
import type { FileRole } from './types.ts';

/** `folder` matches whole folder names on the way to the file, `name` the file name, `path` the whole path. */
interface RoleEvidence {
  readonly role: FileRole;
  readonly folder?: RegExp;
  readonly name?: RegExp;
  readonly path?: RegExp;
  /** What the file itself has to say in addition. */
  readonly facts?: (facts: FileFacts) => boolean;
}

const SOURCE_END = '[cm]?[jt]sx?$';

/** The first line that fits decides. Folders are judged as whole names: `src/tests.controller.ts` and `latest/` are source. */
const EVIDENCE: readonly RoleEvidence[] = [
  { role: 'declaration', name: /\.d\.(?:[^./]+\.)?[cm]?ts$/ },
  // Tests are told by their path alone: nobody has to read them for it.
  { role: 'test', name: new RegExp(`\\.(?:test|spec|e2e|e2e-spec|int-spec|cy|bench|stories|story|mock|fixture)\\.${SOURCE_END}`) },
  { role: 'test', name: new RegExp(`-(?:test|spec|e2e)\\.${SOURCE_END}`) },
  { role: 'test', folder: /^(?:__(?:tests?|mocks?|fixtures?|snapshots?|stories|e2e)__|tests?|specs?|e2e|cypress|playwright|mocks?|fixtures?)$/i },
  { role: 'test', folder: /^(?:(?:tests?|testing|e2e)[-_](?:utils?|helpers?|support|fixtures?|data)|testutils?|[\w-]+[-_]e2e)$/i },
  {
    role: 'test',
    name: new RegExp(`^(?:(?:jest|vitest|mocha|test)[-_.]?(?:setup|utils?|helpers?)|(?:setup|global)[-_.]?(?:jest|vitest|tests?))\\.${SOURCE_END}`, 'i'),
  },

  { role: 'generated', facts: (facts) => facts.generated },
  { role: 'generated', folder: /^(?:__generated__|_?generated_?|\.generated)$/ },
  { role: 'generated', name: new RegExp(`\\.(?:generated|gen|min|bundle)\\.${SOURCE_END}|_(?:grpc_)?pb\\.${SOURCE_END}`) },

  // A folder alone does not make a migration: services about migrations exist.
  { role: 'migration', folder: /^migrations?$/i, name: /^[vV]?\d+(?:[_.-]|(?=[A-Za-z]))/ },
  { role: 'migration', folder: /^migrations?$/i, name: /[-_]\d{10,17}\.[cm]?[jt]s$/ },
  { role: 'migration', folder: /^migrations?$/i, facts: isMigrationModule },
  { role: 'migration', facts: hasMigrationClass },

  { role: 'seed', folder: /^(?:seed(?:s|er|ers|ing)?|seed[-_]data)$/i },
  { role: 'seed', name: new RegExp(`^seed(?:s|er|ers|ing)?(?:[-_.].*)?\\.${SOURCE_END}|[-_.]seed(?:s|er|ers)?\\.${SOURCE_END}`, 'i') },

  // Inside the sources `database.config.ts` is a module of the application (NestJS), unless it is named after a tool.
  { role: 'config', name: new RegExp(`\\.(?:config|conf)\\.${SOURCE_END}`), path: /^(?!(?:.*\/)?src\/)/ },
  { role: 'config', name: new RegExp(`^(?:drizzle|prisma|mikro-orm|jest|vitest|playwright|eslint|tsup|sentry)(?:\\.[\\w-]+)*\\.config\\.${SOURCE_END}`) },
  { role: 'config', name: new RegExp(`^\\.[\\w-]+rc\\.${SOURCE_END}`) },
  {
    role: 'config',
    name: new RegExp(`^(?:knexfile|gulpfile|gruntfile|webpack(?:\\.[\\w-]+)*|ormconfig|\\.dependency-cruiser|\\.pnpmfile|next-env)\\.${SOURCE_END}`, 'i'),
  },
  { role: 'config', folder: /^\.(?!well-known$)[^.]/ },

  { role: 'script', folder: /^(?:scripts?|bin)$/i },
  // Deeper down, tools are what an assistant or a workshop has.
  { role: 'script', path: /^(?:tools|tooling)\//i },
  { role: 'example', folder: /^(?:docs?|examples?|samples?|demos?|playgrounds?)$/i, path: /^(?!(?:.*\/)?(?:src|app|server|api)\/)/ },
];

/** Role of a file by its path (POSIX, relative to the root) and by what it says of itself, which is asked only where the path does not decide. */
export function roleOf(path: string, readFacts: () => FileFacts): FileRole {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  const fits = (evidence: RoleEvidence): boolean =>
    (!evidence.name || evidence.name.test(name)) &&
    (!evidence.path || evidence.path.test(path)) &&
    (!evidence.folder || segments.some((segment) => evidence.folder?.test(segment))) &&
    (!evidence.facts || evidence.facts(readFacts()));
  return EVIDENCE.find(fits)?.role ?? 'source';
}

/** Knex, Umzug, node-pg-migrate, Mongo migrators: a module that exports `up` or a pair of `up` and `down`. */
function isMigrationModule(facts: FileFacts): boolean {
  if (facts.exports.some((exported) => exported.name === 'up')) return true;
  return facts.exports.some((exported) => {
    const value = exported.value === undefined ? undefined : facts.values[exported.value];
    return value?.kind === 'object' && value.properties.some((property) => property.key === 'up');
  });
}

/** TypeORM's interface and MikroORM's base class, wherever the file lies. */
function hasMigrationClass(facts: FileFacts): boolean {
  return facts.classes.some((declared) => {
    const implemented = declared.implements.map((type) => facts.types[type]);
    if (implemented.some((type) => type?.kind === 'ref' && namedBy(facts, type.binding, type.global) === 'MigrationInterface')) return true;
    const base = declared.extends === undefined ? undefined : facts.values[declared.extends];
    if (base?.kind !== 'name') return false;
    const origin = facts.bindings[base.binding]?.import;
    return origin?.imported === 'Migration' && /^@mikro-orm\//.test(facts.imports[origin.import]?.source ?? '');
  });
}

function namedBy(facts: FileFacts, binding: number | undefined, global: string | undefined): string | undefined {
  const bound = binding === undefined ? undefined : facts.bindings[binding];
  return bound?.import?.imported ?? bound?.name ?? global;
}
