import type { MemberFact } from '../facts/types.ts';
import type { DecoratorSpec } from '../libraries/types.ts';
import { appliedDecorators, type AppliedDecorator } from './decorators.ts';
import { objectAt, propertyOf } from './definitions.ts';
import type { ClassRef, Site } from './origins.ts';
import type { Project } from './project.ts';
import type { Route } from './route.ts';
import { readPath } from './route-paths.ts';
import { middlewaresIn, routedMembers } from './routes-controllers.ts';
import type { SourceFile } from './types.ts';

/** GraphQL operations of decorated resolver classes: TypeGraphQL, NestJS. Their path is the name of the field. */
export function resolverRoutes(project: Project, files: readonly SourceFile[]): readonly Route[] {
  return files.flatMap((file) =>
    file.facts.classes.flatMap((fact, index): readonly Route[] => {
      if (fact.decorators.length === 0 || fact.abstract) return [];
      const decorators = appliedDecorators(project, file, fact.decorators);
      if (!decorators.some((each) => each.spec.kind === 'resolver')) return [];
      const ref = { file, class: index };
      return routedMembers(project, ref).flatMap(({ owner, member }) => operations(project, ref, decorators, owner, member));
    }),
  );
}

function operations(project: Project, ref: ClassRef, around: readonly AppliedDecorator[], owner: ClassRef, member: MemberFact): readonly Route[] {
  const { file } = owner;
  const decorators = appliedDecorators(project, file, member.decorators);
  return decorators.flatMap((decorator): readonly Route[] => {
    const { spec, site, args } = decorator;
    if (spec.kind !== 'operation') return [];
    const at = site.file.facts.values[site.value];
    const written = nameSite(project, spec, args);
    const named = written && readPath(project.linker, written)?.texts[0];
    const path = named ?? member.name;
    return [
      {
        method: spec.method,
        path,
        paths: [path],
        ownPath: path,
        file,
        span: at ? { start: at.start, end: at.end } : { start: member.start, end: member.end },
        framework: decorator.library.id,
        kind: 'procedure',
        wrappers: [],
        middlewares: [...middlewaresIn(around, 'router'), ...middlewaresIn(decorators, 'route')],
        controller: ref,
        resolved: written && named === undefined ? 'partial' : 'full',
        ...(member.function === undefined ? {} : { handler: { file, function: member.function } }),
      },
    ];
  });
}

/** `@Query('orders')`, `@Query(() => [Order], { name: 'orders' })`; undefined where the member names the field. */
function nameSite(project: Project, spec: Extract<DecoratorSpec, { kind: 'operation' }>, args: readonly Site[]): Site | undefined {
  for (const arg of args) {
    const fact = arg.file.facts.values[arg.value];
    if (fact?.kind === 'function') continue;
    const object = objectAt(project.linker, arg);
    const property = object && propertyOf(object, spec.nameKey);
    if (object && property) return { file: object.file, value: property.value };
    if (!object && readPath(project.linker, arg)) return arg;
  }
  return undefined;
}
