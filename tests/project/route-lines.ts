import { openProject } from '../../src/project/open.ts';
import type { Route } from '../../src/project/routes.ts';
import { routes } from '../../src/project/routes.ts';
import { tree } from './tree.ts';

/** Routes of a small program as lines: `GET /users (auth, asyncHandler) → list`, a tilde before a path that is not known in full. */
export function routeLines(files: Readonly<Record<string, string | object>>): readonly string[] {
  return routesIn(files).map(line).sort();
}

export function routesIn(files: Readonly<Record<string, string | object>>): readonly Route[] {
  return routes(openProject({ root: tree({ 'package.json': { name: 'shop' }, ...files }), cache: false }));
}

function line(route: Route): string {
  const before = [...route.middlewares, ...route.wrappers].map((each) => each.name).join(', ');
  const name = route.handler && (route.handler.file.facts.functions[route.handler.function]?.name ?? 'inline');
  return `${route.method} ${route.resolved === 'partial' ? '~' : ''}${route.paths.join(' | ')}${before === '' ? '' : ` (${before})`} → ${name ?? '?'}`;
}
