import type { Library } from '../libraries/types.ts';
import type { Settings } from '../settings/settings.ts';
import type { Linker } from './linker.ts';
import type { Recogniser } from './recognise.ts';
import type { LoadedFiles } from './load.ts';
import type { Coverage, PackageUnit, SourceFile } from './types.ts';

/** A program as rules see it. Views (`queries.ts`, `routes.ts`, `responses.ts`, `layers.ts` …) are functions of it, memoised by it. */
export interface Project {
  /** Absolute path. */
  readonly root: string;
  /** Settings of the root. */
  readonly settings: Settings;
  /** Settings of a package: its own file's laid over the root's. */
  settingsOf(unit: PackageUnit): Settings;
  readonly packages: readonly PackageUnit[];
  /** Source files by path; the map is the same one over all updates. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Files of other kinds, import edges, the resolver. */
  readonly loaded: LoadedFiles;
  readonly coverage: Coverage;
  /** Replaced when a file changes. */
  readonly linker: Linker;
  readonly recogniser: Recogniser;
  readonly libraries: readonly Library[];
  fileAt(absolutePath: string): SourceFile | undefined;
  /** Takes the text of an editor's buffer for a file; without text, what lies on disk. Other files are looked at at most once a second. */
  update(absolutePath: string, text?: string): void;
}

/** Files that programs are made of: tests are left out unless they are judged too, so that their facts need not be read. */
export function programFiles({ files, settings }: Project): readonly SourceFile[] {
  return [...files.values()].filter((file) => file.role !== 'test' || settings.includeTests === true);
}

const views = new WeakMap<Linker, Map<unknown, unknown>>();

/** Makes a view of a project that is computed once per state of the program: it is forgotten when a file changes. */
export function defineView<T>(compute: (project: Project) => T): (project: Project) => T {
  return (project) => {
    let memo = views.get(project.linker);
    if (!memo) {
      memo = new Map();
      views.set(project.linker, memo);
    }
    if (!memo.has(compute)) memo.set(compute, compute(project));
    return memo.get(compute) as T;
  };
}

/** Tables of file views; what they hold for other files outlives a change of one. */
const fileTables = new Set<unknown>();

/** Takes file views of all files but one over to the linker that follows another. */
export function carryViews(from: Linker, to: Linker, without: SourceFile): void {
  const carried = new Map<unknown, unknown>();
  for (const [compute, value] of views.get(from) ?? []) {
    if (!fileTables.has(compute)) continue;
    (value as Map<SourceFile, unknown>).delete(without);
    carried.set(compute, value);
  }
  views.set(to, carried);
}

/** A view of one file. */
export function defineFileView<T>(compute: (project: Project, file: SourceFile) => T): (project: Project, file: SourceFile) => T {
  const createTable = (): Map<SourceFile, T> => new Map();
  fileTables.add(createTable);
  const table = defineView(createTable);
  return (project, file) => {
    const memo = table(project);
    const known = memo.get(file);
    if (known !== undefined) return known;
    const computed = compute(project, file);
    memo.set(file, computed);
    return computed;
  };
}
