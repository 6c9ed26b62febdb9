import { layerOf } from './layers.ts';
import { isCoreLayer, type CoreLayer } from './layer-names.ts';
import { defineView, programFiles } from './project.ts';

/** The files whose layer is sure, and what each layer may import. */
export interface LayerModel {
  /** By path; undefined where no layer is sure, or imports of the layer are not judged. */
  readonly files: ReadonlyMap<string, CoreLayer | undefined>;
  /** Layers that may be imported besides one's own. Whatever is no key here, and every other file, may be imported by all. */
  readonly allowed: ReadonlyMap<CoreLayer, readonly CoreLayer[]>;
}

/** The direction handler → service → repository → model; leaving a layer out is a matter of style. */
export const ALLOWED_IMPORTS: ReadonlyMap<CoreLayer, readonly CoreLayer[]> = new Map<CoreLayer, readonly CoreLayer[]>([
  ['handler', ['service', 'repository', 'model']],
  ['service', ['repository', 'model']],
  ['repository', ['model']],
  ['model', []],
]);

/** What `layer-imports` and the dependency-cruiser configuration judge by. */
export const layerModel = defineView((project): LayerModel => {
  const files = new Map<string, CoreLayer | undefined>();
  for (const file of programFiles(project)) {
    const { layer, confidence } = layerOf(project, file);
    files.set(file.path, file.role === 'source' && confidence === 'high' && isCoreLayer(layer) ? layer : undefined);
  }
  return { files, allowed: ALLOWED_IMPORTS };
});
