import { dirname } from 'node:path';
import { openProject } from '../project/open.ts';
import type { Project } from '../project/project.ts';
import { findRoot } from '../project/root.ts';
import type { Settings } from '../settings/settings.ts';

/** Projects of this process by root and overriding settings: an editor lints the same project again and again. */
const projects = new Map<string, Project>();
const roots = new Map<string, string>();
const keys = new WeakMap<object, string>();

/** The project that a file belongs to, opened when it is asked for first. */
export function projectOf(absolutePath: string, overrides: Partial<Settings> | undefined): Project {
  const root = rootOf(dirname(absolutePath));
  const key = `${root}\0${overrides ? keyOf(overrides) : ''}`;
  const known = projects.get(key);
  if (known) return known;
  const project = openProject(overrides ? { root, settings: overrides } : { root });
  projects.set(key, project);
  return project;
}

function rootOf(folder: string): string {
  const root = roots.get(folder) ?? findRoot(folder);
  roots.set(folder, root);
  return root;
}

/** ESLint hands out the same frozen object for all files of one configuration, and equal ones for others. */
function keyOf(overrides: object): string {
  const key = keys.get(overrides) ?? JSON.stringify(overrides);
  keys.set(overrides, key);
  return key;
}
