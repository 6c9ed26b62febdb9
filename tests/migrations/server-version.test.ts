import { describe, expect, it } from 'vitest';
import { findServerVersion } from '../../src/migrations/server-version.ts';

const compose = (image: string): string => `services:\n  db:\n    image: ${image}\n`;

/** Files of a project → version of the server for migrations in `apps/api/migrations`, and where it stands. */
const cases: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: string | undefined])[] = [
  ['nothing', {}, undefined],
  ['Supabase', { 'supabase/config.toml': '[db]\nport = 54322\nmajor_version = 15\n' }, 'PostgreSQL 15: `major_version = 15` in supabase/config.toml'],
  ['a compose file', { 'docker-compose.yml': compose('postgres:16-alpine') }, 'PostgreSQL 16: image `postgres:16-alpine` in docker-compose.yml'],
  ['the nearest compose file', { 'compose.yaml': compose('postgres:14'), 'apps/api/compose.yaml': compose('"postgres:17.2"') }, 'PostgreSQL 17: image `postgres:17.2` in apps/api/compose.yaml'],
  ['one in a folder for it', { 'docker/docker-compose.dev.yml': compose('bitnami/postgresql:15.4.0') }, 'PostgreSQL 15: image `postgresql:15.4.0` in docker/docker-compose.dev.yml'],
  ['extensions', { 'compose.yml': compose('pgvector/pgvector:pg16') }, 'PostgreSQL 16: image `pgvector:pg16` in compose.yml'],
  ['PostGIS', { 'compose.yml': compose('postgis/postgis:13-3.4') }, 'PostgreSQL 13: image `postgis:13-3.4` in compose.yml'],
  ['Timescale', { 'compose.yml': compose('timescale/timescaledb:2.15.3-pg15') }, 'PostgreSQL 15: image `timescaledb:2.15.3-pg15` in compose.yml'],
  ['Supabase image', { 'compose.yml': compose('public.ecr.aws/supabase/postgres:15.1.0.117') }, 'PostgreSQL 15: image `postgres:15.1.0.117` in compose.yml'],
  ['a variable with a default', { 'compose.yml': compose('postgres:${POSTGRES_VERSION:-14}') }, 'PostgreSQL 14: image `postgres:${POSTGRES_VERSION:-14}` in compose.yml'],
  ['a variable', { 'compose.yml': compose('postgres:${POSTGRES_VERSION}') }, undefined],
  ['latest', { 'compose.yml': compose('postgres:latest') }, undefined],
  ['other images', { 'compose.yml': compose('mysql:8') + compose('prom/postgres-exporter:12') }, undefined],
  ['older than what is known', { 'compose.yml': compose('postgres:11') }, 'PostgreSQL 11 (judged as 13): image `postgres:11` in compose.yml'],
  ['a service in CI', { '.github/workflows/test.yml': 'jobs:\n  test:\n    services:\n      postgres:\n        image: postgres:18\n' }, 'PostgreSQL 18: image `postgres:18` in .github/workflows/test.yml'],
  ['compose before CI', { '.gitlab-ci.yml': compose('postgres:18'), 'compose.yml': compose('postgres:15') }, 'PostgreSQL 15: image `postgres:15` in compose.yml'],
];

describe('findServerVersion', () => {
  it.each(cases)('%s', (_name, files, expected) => {
    expect(findServerVersion({ text: (path) => files[path] }, 'apps/api/migrations')?.evidence).toBe(expected);
  });
});
