import type { Span } from '../facts/types.ts';
import type { FileRoutes, HttpMethod, Library } from '../libraries/types.ts';
import { exportDefinition } from './definitions.ts';
import { exportsOf } from './modules.ts';
import type { Project } from './project.ts';
import { handlerAt, type Handler } from './route-handlers.ts';
import type { Route } from './route.ts';
import { joinPaths } from './route-paths.ts';
import type { SourceFile } from './types.ts';

const METHODS: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Routes that stand in the names of files, where the package depends on a framework that routes by files. */
export function fileRoutes(project: Project, files: readonly SourceFile[]): readonly Route[] {
  const byFiles = project.libraries.filter((library) => library.fileRoutes);
  return files.flatMap((file) =>
    byFiles
      .filter((library) => library.packages.some((name) => typeof name === 'string' && file.package.dependencies.has(name)))
      .flatMap((library) => (library.fileRoutes ?? []).flatMap((shape) => routesIn(project, file, library, shape))),
  );
}

function routesIn(project: Project, file: SourceFile, library: Library, shape: FileRoutes): readonly Route[] {
  const own = pathUnder(file, shape);
  if (own === undefined) return [];
  const methods: readonly HttpMethod[] = shape.handlers === 'default' ? ['ALL'] : METHODS;
  const path = joinPaths(shape.prefix, own);
  return methods.flatMap((method): readonly Route[] => {
    const name = method === 'ALL' ? 'default' : method;
    const span = exportSpan(file, name);
    if (!span) return [];
    const { handler, wrappers } = exportedHandler(project, file, name);
    return [
      {
        method,
        path,
        paths: [path],
        ownPath: path,
        file,
        span,
        framework: library.id,
        kind: method === 'ALL' ? 'page' : 'rest',
        wrappers,
        middlewares: [],
        resolved: 'full',
        ...(handler ? { handler } : {}),
      },
    ];
  });
}

/** Path of a file below the folder that routes: groups `(x)` and parallel slots `@x` left out, parameters as `:name`. */
function pathUnder(file: SourceFile, shape: FileRoutes): string | undefined {
  const inPackage = file.path.slice(file.package.folder === '' ? 0 : file.package.folder.length + 1);
  const path = inPackage.startsWith('src/') ? inPackage.slice('src/'.length) : inPackage;
  if (!path.startsWith(`${shape.folder}/`)) return undefined;
  const segments = path.slice(shape.folder.length + 1).split('/');
  const name = segments.pop()?.replace(/\.[cm]?[jt]sx?$/, '') ?? '';
  if (shape.file !== undefined && name !== shape.file) return undefined;
  if (shape.file === undefined && name !== 'index') segments.push(name);
  return segments.filter((segment) => !/^\(.*\)$|^@/.test(segment)).map(pathSegment).join('/');
}

function pathSegment(segment: string): string {
  if (/^\[{1,2}\.\.\./.test(segment)) return '*';
  return segment.replace(/\[([^\]]+)\]/g, ':$1');
}

function exportSpan(file: SourceFile, name: string): Span | undefined {
  const found = file.facts.exports.find((fact) => fact.name === name && !fact.typeOnly);
  if (!found) return undefined;
  const binding = found.binding === undefined ? undefined : file.facts.bindings[found.binding];
  const id = binding?.function;
  const declared = id === undefined ? undefined : file.facts.functions[id];
  return declared ?? { start: found.start, end: found.end };
}

function exportedHandler(project: Project, file: SourceFile, name: string): Handler {
  const written = exportDefinition(project.linker, file, name);
  if (written) return handlerAt(project.linker, written);
  const found = exportsOf(project.linker, file, name).find((origin) => origin.kind === 'function');
  return found?.kind === 'function' ? { handler: { file: found.file, function: found.function }, wrappers: [] } : { wrappers: [] };
}
