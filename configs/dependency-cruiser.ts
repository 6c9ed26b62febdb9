import path from 'node:path';
import { layerModel } from '../src/project/layer-model.ts';
import { openProject } from '../src/project/open.ts';
import { cruiseConfiguration, type CruiseConfiguration } from './cruise-configuration.ts';

export type { CruiseConfiguration } from './cruise-configuration.ts';
export type { ForbiddenRule } from './layer-rules.ts';

/**
 * A configuration of dependency-cruiser with the layers of the project around a folder, to be called in the user's own
 * `.dependency-cruiser.mjs`. Its verdicts are those of the rule `layer-imports`.
 * @param folder in which dependency-cruiser runs; absolute or relative to the current one.
 * @throws SettingsError for wrong settings, Error where dependency-cruiser would look at nothing.
 */
export function dependencyCruiserConfig(folder = process.cwd()): CruiseConfiguration {
  const from = path.resolve(folder);
  const project = openProject({ from });
  const { files, allowed } = layerModel(project);
  const named = [...files].map(([file, layer]) => [path.relative(from, path.join(project.root, file)).replaceAll('\\', '/'), layer] as const);
  const packageNames = project.packages.flatMap(({ name, folder: place }) => (name && place !== '' ? [name] : []));
  return cruiseConfiguration({ files: new Map(named), allowed }, { folder: from, packageNames });
}
