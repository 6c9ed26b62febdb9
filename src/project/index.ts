/** The project graph as a library: open a project, then ask its views. */
export { openProject, type OpenOptions } from './open.ts';
export { defineFileView, defineView, type Project } from './project.ts';
export type { Coverage, FileRole, PackageUnit, SkipReason, SourceFile } from './types.ts';
export { originKey, stepsOf, type External, type FunctionRef, type Origin, type Origins, type Site, type Step } from './origins.ts';
export { calleesOf, calledFunctions, programIndex } from './calls.ts';
export { evaluate } from './evaluate.ts';
export { layerOf } from './layers.ts';
export { perElementQueries, type PerElementQuery } from './per-element.ts';
export { queries, queriesOf, type Query } from './queries.ts';
export { queriesReachedBy, type ReachedQuery } from './reach.ts';
export { routes, routesOf } from './routes.ts';
export type { Route } from './route.ts';
