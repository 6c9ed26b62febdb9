import type { LayerName } from '../settings/settings.ts';

/**
 * Layers as settings name them, and those that nobody needs to pin. `client`: database clients; `view`: what runs in a
 * browser or renders; `other`: no layer, or not known.
 */
export type Layer = LayerName | 'client' | 'config' | 'view' | 'other';

/** The layers that import directions are about. */
export type CoreLayer = 'handler' | 'service' | 'repository' | 'model';

export type LayerConfidence = 'high' | 'low';

export interface LayerLabel {
  readonly layer: Layer;
  /** What speaks for it, strongest first, as people would say it. */
  readonly evidence: readonly string[];
  /** Labels of low confidence never make a finding. */
  readonly confidence: LayerConfidence;
}

/** One reason to take a file for a layer. Weights: 1 hint, 2 good, 3 strong, 5 certain. */
export interface LayerEvidence {
  readonly layer: Layer;
  readonly weight: number;
  readonly source: 'path' | 'content' | 'graph';
  readonly text: string;
}

export function isCoreLayer(layer: Layer): layer is CoreLayer {
  return layer === 'handler' || layer === 'service' || layer === 'repository' || layer === 'model';
}
