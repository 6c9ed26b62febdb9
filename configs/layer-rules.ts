/** Files and the layers that they belong to, and which layers each may import. */
export interface LayerModel {
  /** Path as dependency-cruiser names the module (POSIX, relative to its working folder) → layer; undefined where none was recognised. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** Layer → layers that it may import besides itself. A layer that is no key may import everything. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

/** A `forbidden` rule of dependency-cruiser, as far as we write them. */
export interface ForbiddenRule {
  readonly name: string;
  readonly severity: 'error';
  readonly comment: string;
  readonly from: { readonly path?: readonly string[] };
  readonly to: { readonly path?: readonly string[]; readonly couldNotResolve?: boolean };
}

/** Why an import between two layers is wrong, and what to do instead. */
export type Explain = (from: string, to: string) => string;

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: { readonly path: string; readonly layer: string | undefined }[];
}

/** One rule for each pair of layers of which the first must not import the second. */
export function layerRules({ files, allowed }: LayerModel, explain: Explain): ForbiddenRule[] {
  const patterns = patternsByLayer(files);
  const layers = [...patterns.keys()].sort();
  return layers.flatMap((from) => {
    const mayImport = allowed.get(from);
    if (!mayImport) return [];
    return layers
      .filter((to) => to !== from && !mayImport.includes(to))
      .map((to) => ({
        name: `${from}-not-to-${to}`,
        severity: 'error' as const,
        comment: explain(from, to),
        from: { path: patterns.get(from) ?? [] },
        to: { path: patterns.get(to) ?? [] },
      }));
  });
}

/** Regular expressions for the files of each layer: a whole folder where nothing else is in it, else the files by name. */
function patternsByLayer(files: LayerModel['files']): Map<string, string[]> {
  const patterns = new Map<string, string[]>();
  const add = (layer: string, pattern: string): void => {
    patterns.set(layer, [...(patterns.get(layer) ?? []), pattern]);
  };
  const visit = (folder: Folder): void => {
    const layer = soleLayer(folder);
    if (layer !== undefined && folder.path !== '') {
      add(layer, `^${escape(folder.path)}/`);
      return;
    }
    for (const inner of folder.folders.values()) visit(inner);
    for (const [fileLayer, names] of namesByLayer(folder)) add(fileLayer, `^${escape(prefixOf(folder))}(?:${names.map(escape).join('|')})$`);
  };
  visit(folderTree(files));
  return patterns;
}

function folderTree(files: LayerModel['files']): Folder {
  const root: Folder = { path: '', folders: new Map(), files: [] };
  for (const [path, layer] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let folder = root;
    for (const segment of path.split('/').slice(0, -1)) {
      const inner: Folder = folder.folders.get(segment) ?? { path: prefixOf(folder) + segment, folders: new Map(), files: [] };
      folder.folders.set(segment, inner);
      folder = inner;
    }
    folder.files.push({ path, layer });
  }
  return root;
}

/** The layer of everything below a folder; undefined when there are several, or files without one. */
function soleLayer(folder: Folder): string | undefined {
  const layers = new Set([...folder.files.map((file) => file.layer), ...[...folder.folders.values()].map(soleLayer)]);
  return layers.size === 1 ? [...layers][0] : undefined;
}

function namesByLayer(folder: Folder): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { path, layer } of folder.files) {
    if (layer !== undefined) names.set(layer, [...(names.get(layer) ?? []), path.slice(prefixOf(folder).length)]);
  }
  return names;
}

function prefixOf(folder: Folder): string {
  return folder.path === '' ? '' : `${folder.path}/`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
