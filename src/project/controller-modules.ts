import { appliedDecorators } from './decorators.ts';
import { definitionOf, objectAt, propertyOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import { returnsOf } from './linker.ts';
import { classKey, type ClassRef, type Site } from './origins.ts';
import type { Project } from './project.ts';
import { readPath } from './route-paths.ts';

/** Controllers that a module of NestJS reaches through its imports, with the modules that declare them: keys of `classKey`. */
export function controllersBelow(project: Project, root: ClassRef): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const visit = (module: ClassRef): void => {
    const key = classKey(module);
    if (seen.has(key)) return;
    seen.add(key);
    for (const options of moduleOptions(project, module)) {
      for (const controller of classesUnder(project, options, 'controllers')) addTo(found, classKey(controller), key);
      for (const inner of classesUnder(project, options, 'imports')) visit(inner);
    }
  };
  visit(root);
  return found;
}

function addTo(table: Map<string, Set<string>>, key: string, item: string): void {
  const set = table.get(key) ?? new Set();
  table.set(key, set.add(item));
}

/** The object of `@Module({ … })`, and those that static methods of a dynamic module return. */
function moduleOptions(project: Project, module: ClassRef): readonly Site[] {
  const fact = module.file.facts.classes[module.class];
  if (!fact) return [];
  const decorated = appliedDecorators(project, module.file, fact.decorators).flatMap((each) => (each.spec.kind === 'module' && each.args[0] ? (objectAt(project.linker, each.args[0]) ?? []) : []));
  const returned = fact.members.flatMap((member) => {
    if (!member.static || member.function === undefined) return [];
    return returnsOf(module.file.facts, member.function).flatMap((value) => {
      const object = objectAt(project.linker, { file: module.file, value });
      return object && propertyOf(object, 'module') ? [object] : [];
    });
  });
  return [...decorated, ...returned];
}

function classesUnder(project: Project, object: Site, key: string): readonly ClassRef[] {
  const property = propertyOf(object, key);
  return property ? classesIn(project, { file: object.file, value: property.value }, 0) : [];
}

/** Classes in a list as modules write it: spread, conditional, `forwardRef(() => X)`, `X.forRoot(…)`. */
export function classesIn(project: Project, site: Site, depth: number): readonly ClassRef[] {
  if (depth > 8) return [];
  const { linker } = project;
  const at = definitionOf(linker, site);
  const { file } = at;
  const fact = file.facts.values[at.value];
  const inner = (value: number) => classesIn(project, { file, value }, depth + 1);
  switch (fact?.kind) {
    case 'array':
      return fact.items.flatMap(inner);
    case 'spread':
      return inner(fact.value);
    case 'conditional':
      return [...inner(fact.then), ...inner(fact.else)];
    case 'logical':
      return [...inner(fact.left), ...inner(fact.right)];
    case 'call': {
      const callee = file.facts.values[fact.callee];
      const owner = callee?.kind === 'member' ? inner(callee.object) : [];
      if (owner.length > 0) return owner;
      return fact.args.flatMap((value) =>
        evaluate(linker, file, value).flatMap((origin) =>
          origin.kind === 'function' ? returnsOf(origin.file.facts, origin.function).flatMap((each) => classesIn(project, { file: origin.file, value: each }, depth + 1)) : [],
        ),
      );
    }
    default:
      return evaluate(linker, file, at.value).flatMap((origin) => (origin.kind === 'class' ? [{ file: origin.file, class: origin.class }] : []));
  }
}

/** Paths that `RouterModule.register([{ path, module, children }])` gives to modules, by key of `classKey`. */
export function modulePaths(project: Project, site: Site, prefix: string, table: Map<string, string>): void {
  const at = definitionOf(project.linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind !== 'array') return;
  for (const item of fact.items) {
    const object = objectAt(project.linker, { file: at.file, value: item });
    if (!object) {
      for (const module of classesIn(project, { file: at.file, value: item }, 0)) table.set(classKey(module), prefix);
      continue;
    }
    const path = propertyOf(object, 'path');
    const [text = ''] = path ? (readPath(project.linker, { file: object.file, value: path.value })?.texts ?? []) : [];
    const own = `${prefix}/${text}`;
    for (const module of classesUnder(project, object, 'module')) table.set(classKey(module), own);
    const children = propertyOf(object, 'children');
    if (children) modulePaths(project, { file: object.file, value: children.value }, own, table);
  }
}
