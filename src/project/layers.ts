import picomatch from 'picomatch';
import { contentEvidence, sentQueries } from './layer-content.ts';
import { graphEvidence, isBarrel, isTypeOnly } from './layer-graph.ts';
import { isCoreLayer, type Layer, type LayerEvidence, type LayerLabel } from './layer-names.ts';
import { pathEvidence } from './layer-path.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** Layer of a file with what speaks for it. What is pinned in settings wins. */
export const layerOf: (project: Project, file: SourceFile) => LayerLabel = defineFileView((project, file) => {
  const own = ownLabel(project, file);
  if (own.layer !== 'other' || own.confidence === 'high') return own;
  const found = graphEvidence(project, file, (other) => ownLabel(project, other).layer, sentQueries(project, file));
  // What only the neighbours say is a guess.
  return found[0] ? { layer: found[0].layer, evidence: found.map(({ text }) => text), confidence: 'low' } : own;
});

/** What path and content say, without the neighbours. */
const ownLabel: (project: Project, file: SourceFile) => LayerLabel = defineFileView((project, file) => {
  const pinned = pins(project).find(({ matches }) => matches(file.path));
  if (pinned) return { layer: pinned.layer, evidence: ['pinned in the settings'], confidence: 'high' };
  if (file.role !== 'source') return { layer: 'other', evidence: [`is a ${file.role} file`], confidence: 'high' };
  if (isBarrel(file)) return { layer: 'other', evidence: ['only hands on what other files export'], confidence: 'high' };
  const path = pathEvidence(file.path);
  if (isTypeOnly(file)) return typeOnlyLabel(path);
  return weigh(project, file, [...path, ...contentEvidence(project, file)]);
});

/** Globs of a package's settings come rebased to the root; what a package says goes before what the root says. */
const pins = defineView((project) =>
  [...new Set([...project.packages.map((unit) => project.settingsOf(unit)), project.settings])]
    .flatMap((settings) => settings.layers ?? [])
    .map(({ name, files }) => ({ layer: name, matches: picomatch([...files], { dot: true }) })),
);

/** Types run nowhere: they belong to whoever imports them, unless they are named as what goes in and out. */
function typeOnlyLabel(path: readonly LayerEvidence[]): LayerLabel {
  const layer = path[0]?.layer;
  if (layer === 'schema' || layer === 'view') return { layer, evidence: [path[0]?.text ?? '', 'holds types alone'], confidence: 'high' };
  return { layer: 'shared', evidence: ['holds types alone'], confidence: 'low' };
}

/** The layer with the most weight. High confidence takes strong evidence, and no strong evidence against it. */
function weigh(project: Project, file: SourceFile, found: readonly LayerEvidence[]): LayerLabel {
  const evidence = settled(project, file, found);
  const sums = new Map<Layer, number>();
  for (const { layer, weight } of evidence) sums.set(layer, (sums.get(layer) ?? 0) + weight);
  const [first, second] = [...sums].sort(([, a], [, b]) => b - a);
  if (!first || first[1] < 2) return { layer: 'other', evidence: [], confidence: 'low' };
  const [layer, sum] = first;
  const texts = evidence
    .filter((each) => each.layer === layer)
    .sort((a, b) => b.weight - a.weight)
    .map(({ text }) => text);
  const queries = sentQueries(project, file);
  if (queries > 0 && isCoreLayer(layer)) texts.push(`sends ${queries} ${queries === 1 ? 'query' : 'queries'}`);
  // Queries bear out a name that lies further up the path.
  const isStrong = evidence.some((each) => each.layer === layer && each.weight >= (queries > 0 && layer !== 'model' ? 2 : 3));
  return { layer, evidence: texts, confidence: isStrong && sum - (second?.[1] ?? 0) >= 2 ? 'high' : 'low' };
}

/** Where words and deeds disagree. */
function settled(project: Project, file: SourceFile, found: readonly LayerEvidence[]): readonly LayerEvidence[] {
  const content = (layer: Layer): boolean => found.some((each) => each.source === 'content' && each.layer === layer);
  const named = (layer: Layer): boolean => found.some((each) => each.source === 'path' && each.layer === layer && each.weight >= 3);
  return found.flatMap((each): readonly LayerEvidence[] => {
    // `*.schema.ts` that declares tables is a model.
    if (each.source === 'path' && each.layer === 'schema' && content('model')) return [];
    // `models/` may hold anything that models something.
    if (each.source === 'path' && each.layer === 'model' && !content('model') && !each.text.includes('.entit'))
      {return [{ ...each, weight: Math.min(each.weight, 2) }];}
    // Editors and clients have queries of their own.
    if (each.source === 'path' && each.text.includes('queries') && sentQueries(project, file) === 0) return [];
    // Folders called `controllers` or `routes` hold handlers when a route is found there; else it is a name alone.
    if (each.source === 'path' && each.layer === 'handler' && !content('handler')) return content('view') ? [] : [{ ...each, weight: each.weight - 2 }];
    // A service whose methods are named as handlers stays one when its name says so.
    if (each.source === 'content' && each.layer === 'handler' && each.weight < 5 && named('service')) return [{ ...each, weight: 2 }];
    return [each];
  });
}
