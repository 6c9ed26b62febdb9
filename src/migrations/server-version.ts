import { joinPath, type ReaderInput } from './migration-files.ts';
import { foldersAround } from './planner/tool-version.ts';

/** Major version of the PostgreSQL server, 13 to 18, and where it was read, for people. */
export interface ServerVersion {
  readonly version: number;
  readonly evidence: string;
}

const [OLDEST, NEWEST] = [13, 18];

const COMPOSE = ['docker-compose', 'compose', 'docker-compose.dev', 'docker-compose.local', 'docker-compose.prod', 'docker-compose.production', 'docker-compose.test', 'docker-compose-infra']
  .flatMap((name) => [`${name}.yml`, `${name}.yaml`]);
/** Folders at the root in which compose files are looked for, production first. */
const COMPOSE_FOLDERS = ['docker', 'docker/production', 'docker/development', '.docker', 'deploy', 'infra', '.devcontainer'];
const WORKFLOWS = ['ci', 'test', 'tests', 'main', 'build', 'pr', 'pull-request', 'pull_request', 'check', 'checks', 'integration', 'e2e', 'deploy', 'release', 'node', 'nodejs', 'node.js']
  .flatMap((name) => [`.github/workflows/${name}.yml`, `.github/workflows/${name}.yaml`]);
const PIPELINES = [...WORKFLOWS, '.gitlab-ci.yml', '.circleci/config.yml', 'bitbucket-pipelines.yml'];

/** Images of PostgreSQL, with or without extensions: `postgres:16-alpine`, `postgis/postgis:16-3.4`, `pgvector/pgvector:pg16`, `timescale/timescaledb:2.15-pg15`. */
const IMAGE = /\bimage:\s*["']?(?:[\w.-]+(?::\d+)?\/)*(postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?|pgmq|paradedb|citus):([^\s"'#]+)/g;

/**
 * The server that the project runs on, as its files say: Supabase's configuration, a compose file, then services in CI; the nearest to `folder`
 * first. Undefined when none says so.
 */
export function findServerVersion({ text }: Pick<ReaderInput, 'text'>, folder = ''): ServerVersion | undefined {
  const around = foldersAround(folder);
  for (const at of around) {
    const path = joinPath(at, /(?:^|\/)supabase$/.test(at) ? 'config.toml' : 'supabase/config.toml');
    const major = /^\s*major_version\s*=\s*(\d+)/m.exec(text(path) ?? '')?.[1];
    if (major !== undefined) return found(Number(major), `\`major_version = ${major}\` in ${path}`);
  }
  const compose = [...around, ...COMPOSE_FOLDERS].flatMap((at) => COMPOSE.map((name) => joinPath(at, name)));
  for (const path of [...compose, ...PIPELINES]) {
    const source = text(path);
    if (source === undefined) continue;
    for (const [, image = '', tag = ''] of source.matchAll(IMAGE)) {
      const major = majorOf(tag);
      if (major !== undefined) return found(major, `image \`${image}:${tag}\` in ${path}`);
    }
  }
  return undefined;
}

/** `16-alpine`, `pg16`, `2.15.3-pg15`, `${POSTGRES_VERSION:-16}`; undefined for `latest`. */
function majorOf(tag: string): number | undefined {
  const plain = /\$\{[^}]*:?-([^}]*)\}/.exec(tag)?.[1] ?? tag;
  const major = Number((/pg(\d{2})\b/.exec(plain) ?? /^v?(\d{1,2})\b/.exec(plain))?.[1]);
  return major >= 9 && major <= 30 ? major : undefined;
}

function found(major: number, place: string): ServerVersion {
  const version = Math.min(NEWEST, Math.max(OLDEST, major));
  return { version, evidence: version === major ? `PostgreSQL ${major}: ${place}` : `PostgreSQL ${major} (judged as ${version}): ${place}` };
}
