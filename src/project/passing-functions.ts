import { evaluate } from './evaluate.ts';
import type { External, Origin } from './origins.ts';
import type { Project } from './project.ts';
import { recognise } from './recognise.ts';

/** Functions that hand on what they are given, in another shape. */
const PASSING = new Set([
  ...['pick', 'pickBy', 'omit', 'omitBy', 'merge', 'assign', 'extend', 'defaults', 'clone', 'cloneDeep', 'structuredClone', 'compact', 'uniq'],
  ...['values', 'entries', 'fromEntries', 'from', 'of', 'all', 'resolve', 'parse', 'camelCaseKeys', 'plainToInstance', 'plainToClass', 'instanceToPlain'],
]);
/** Packages of the functions above, besides what JavaScript has itself. */
const PASSING_PACKAGES = /^(?:global|lodash(?:[-./].*)?|underscore|ramda|remeda|radash|es-toolkit|class-transformer|just-\w+)$/;
/** Methods of strings and lists that give what they are called on, or a part of it. */
export const PASSING_METHODS = new Set([
  ...['trim', 'toLowerCase', 'toUpperCase', 'slice', 'substring', 'split', 'replace', 'replaceAll', 'concat', 'join', 'toString', 'normalize'],
  ...['map', 'filter', 'flatMap', 'flat', 'reverse', 'sort', 'toSorted', 'at', 'pop', 'shift', 'find', 'reduce', 'get', 'getAll', 'then', 'catch'],
]);

/** Whether a call gives back what its arguments hold. */
export function isPassing(callees: readonly Origin[], name: string): boolean {
  return PASSING.has(name) && callees.some((origin) => origin.kind === 'external' && PASSING_PACKAGES.test(origin.module));
}

/** Conditions, fragments and new rows of a client hold what they are made from. */
export function isOfDatabase(project: Project, callees: readonly Origin[]): boolean {
  return callees.some((origin): boolean => {
    if (origin.kind === 'external') {
      const root = rootOf(origin);
      return recognise(project.recogniser, root)?.library.category === 'database';
    }
    if (origin.kind !== 'class') return false;
    const parent = origin.file.facts.classes[origin.class]?.extends;
    return parent !== undefined && isOfDatabase(project, evaluate(project.linker, origin.file, parent));
  });
}

function rootOf(origin: External): External {
  let at = origin;
  while (at.parent) at = at.parent;
  return at;
}
