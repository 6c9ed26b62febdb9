import { defineRule } from '../../src/findings/define-rule.ts';
import { repeatedParameters, shadowedRoutes } from '../../src/project/shadowed-routes.ts';
import type { Route } from '../../src/project/routes.ts';
import { routePlace } from './route-place.ts';

export default defineRule({
  id: 'rest-no-shadowed-route',
  docs: { chapter: 'api', description: 'Disallow routes whose requests an earlier route takes, and paths with the same parameter twice', preset: 'recommended' },
  messages: {
    same: '`{{route}}` has been registered before (`{{by}}`, line {{line}}), and {{framework}} asks the first one: this handler never runs. Remove one of the two.',
    param:
      '`{{route}}` never runs: `{{by}}` in line {{line}} stands before it and takes its requests, with `{{takes}}` for `{{param}}`. Register the path that is written out before the one with the parameter.',
    rest: '`{{route}}` never runs: `{{by}}` in line {{line}} stands before it and takes everything below its path. Register it before the wildcard.',
    parameter: '`:{{name}}` stands twice in `{{path}}`: a handler gets only one of the two. Give them names of their own, such as `:{{better}}`.',
  },
  check({ file, project, report }) {
    for (const { route, by, how, param } of shadowedRoutes(project).get(file) ?? []) {
      report({
        at: routePlace(route),
        messageId: how,
        data: {
          route: nameOf(route),
          by: nameOf(by),
          line: file.text.slice(0, by.span.start).split('\n').length,
          framework: titleOf(project.libraries, route.framework),
          param: param?.name ?? '',
          takes: param?.takes ?? '',
        },
      });
    }
    for (const { route, name } of repeatedParameters(project).get(file) ?? []) {
      report({ at: routePlace(route), messageId: 'parameter', data: { name, path: route.path, better: betterName(route, name) } });
    }
  },
});

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

function titleOf(libraries: readonly { readonly id: string; readonly title: string }[], id: string): string {
  return libraries.find((library) => library.id === id)?.title ?? id;
}

/** After what stands before the parameter: `/users/:id/orders/:id` has an `:orderId`. */
function betterName({ path }: Route, name: string): string {
  const segments = path.split('/');
  const before = segments[segments.lastIndexOf(`:${name}`) - 1] ?? '';
  const noun = before.replace(/^:/, '').replace(/ies$/, 'y').replace(/s$/, '').replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
  return noun === '' ? `${name}2` : `${noun}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
