import path from 'node:path';
import { isCoreLayer } from '../src/project/layer-names.ts';
import { layerOf } from '../src/project/layers.ts';
import { openProject } from '../src/project/open.ts';
import type { Project } from '../src/project/project.ts';
import { cruiseConfiguration, type CruiseConfiguration } from './cruise-configuration.ts';
import type { LayerModel } from './layer-rules.ts';

export type { CruiseConfiguration } from './cruise-configuration.ts';
export type { ForbiddenRule } from './layer-rules.ts';

/** Imports go down; what a layer may import beside itself. */
const DIRECTIONS: LayerModel['allowed'] = new Map([
  ['handler', ['service', 'repository', 'model']],
  ['service', ['repository', 'model']],
  ['repository', ['model']],
  ['model', []],
]);

/**
 * A configuration of dependency-cruiser with the layers of the project around a folder, to be called in the user's own
 * `.dependency-cruiser.mjs`.
 * @param folder in which dependency-cruiser runs; absolute or relative to the current one.
 * @throws SettingsError for wrong settings, Error where dependency-cruiser would look at nothing.
 */
export function dependencyCruiserConfig(folder = process.cwd()): CruiseConfiguration {
  const from = path.resolve(folder);
  const project = openProject({ from });
  const packageNames = project.packages.flatMap(({ name, folder: place }) => (name && place !== '' ? [name] : []));
  return cruiseConfiguration(layerModelOf(project, from), { folder: from, packageNames });
}

/** The core layers that are certain, by path relative to a folder. Tests and scripts have no layer. */
function layerModelOf(project: Project, folder: string): LayerModel {
  const files = [...project.files.values()].map((file) => {
    const name = path.relative(folder, file.absolutePath).replaceAll('\\', '/');
    const { layer, confidence } = layerOf(project, file);
    return [name, confidence === 'high' && isCoreLayer(layer) ? layer : undefined] as const;
  });
  return { files: new Map(files), allowed: DIRECTIONS };
}
