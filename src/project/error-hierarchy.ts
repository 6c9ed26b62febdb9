import { baseOf, CARRIES, errorAncestry, typedClass, type TypedError } from './error-classes.ts';
import { classKey } from './origins.ts';
import { defineView, type Project } from './project.ts';
import { throwsOf } from './thrown-errors.ts';
import type { PackageUnit } from './types.ts';

/** The errors of an application that carry a code or a status, as one family. */
export interface ErrorHierarchy {
  /** Name of the base class; for functions that make errors, the path of their file. */
  readonly name: string;
  readonly members: readonly TypedError[];
  /** How often the unit throws one of them. */
  readonly thrown: number;
  /** Files of the unit that do, of all files that throw. */
  readonly throwingFiles: number;
  /** What speaks for it, as people would say it. */
  readonly evidence: readonly string[];
}

/** Fewer throws than this are an experiment, not a convention. */
const MIN_THROWN = 3;
const MIN_SUBCLASSES = 2;

interface Count {
  thrown: number;
  readonly files: Set<string>;
  readonly members: Map<string, TypedError>;
}

/** Families that each package throws, by package folder, most used first. */
const families = defineView((project) => {
  const byUnit = new Map<string, Map<string, Count>>();
  for (const file of project.files.values()) {
    if (file.role !== 'source' || file.facts.throws.length === 0) continue;
    const unit = byUnit.get(file.package.folder) ?? new Map<string, Count>();
    byUnit.set(file.package.folder, unit);
    for (const { thrown } of throwsOf(project, file)) {
      if (thrown.kind !== 'typed') continue;
      const count = unit.get(thrown.family) ?? { thrown: 0, files: new Set(), members: new Map() };
      unit.set(thrown.family, count);
      count.thrown++;
      count.files.add(file.path);
      count.members.set(`${thrown.error.file.path}#${thrown.error.name}`, thrown.error);
    }
  }
  return byUnit;
});

/** Error classes of the project by the key of their base. */
const classesByBase = defineView((project) => {
  const table = new Map<string, TypedError[]>();
  for (const file of project.files.values()) {
    if (file.role !== 'source') continue;
    file.facts.classes.forEach((_fact, id) => {
      const ref = { file, class: id };
      const base = baseOf(project, ref);
      if (!base) return;
      const key = classKey(base);
      table.set(key, [...(table.get(key) ?? []), typedClass(ref, errorAncestry(project, ref).chain)]);
    });
  }
  return table;
});

/** Families of errors that a package throws, most used first. One class alone counts when it takes its code or status from whoever throws it. */
export function errorHierarchiesOf(project: Project, unit: PackageUnit): readonly ErrorHierarchy[] {
  const found: ErrorHierarchy[] = [];
  for (const [family, count] of families(project).get(unit.folder) ?? []) {
    if (count.thrown < MIN_THROWN) continue;
    const declared = classesByBase(project).get(family) ?? [];
    const base = declared.find((error) => `${error.file.path}#${error.class}` === family);
    const members = [...new Map([...declared, ...count.members.values()].map((error) => [`${error.file.path}#${error.name}`, error])).values()];
    const isException = base?.class !== undefined && errorAncestry(project, { file: base.file, class: base.class }).root === 'framework';
    const takesCode = isException || (base?.params ?? []).some((param) => CARRIES.test(param.name ?? ''));
    if (members.length <= MIN_SUBCLASSES && !takesCode) continue;
    const [builder] = count.members.values();
    const name = base?.name ?? builder?.file.path ?? 'error';
    found.push({
      name,
      members,
      thrown: count.thrown,
      throwingFiles: count.files.size,
      evidence: [`${countOf(members.length, 'error')} around \`${name}\``, `thrown ${count.thrown} times in ${countOf(count.files.size, 'file')}`],
    });
  }
  return found.sort((a, b) => b.thrown - a.thrown);
}

/** The family that a package throws most. */
export function errorHierarchyOf(project: Project, unit: PackageUnit): ErrorHierarchy | undefined {
  return errorHierarchiesOf(project, unit)[0];
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
