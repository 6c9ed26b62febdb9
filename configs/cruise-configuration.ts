import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { layerRules, type ForbiddenRule, type LayerModel } from './layer-rules.ts';

/** A configuration of dependency-cruiser 17 or 18, as far as we write it. */
export interface CruiseConfiguration {
  readonly forbidden: readonly ForbiddenRule[];
  readonly options: {
    readonly doNotFollow: { readonly path: readonly string[] };
    readonly skipAnalysisNotInRules: true;
    readonly tsPreCompilationDeps: boolean;
    readonly combinedDependencies: true;
    readonly tsConfig?: { readonly fileName: string };
    readonly parser?: 'swc';
    readonly enhancedResolveOptions: {
      readonly exportsFields: readonly string[];
      readonly conditionNames: readonly string[];
      readonly extensions: readonly string[];
    };
  };
}

export interface CruiseSituation {
  /** Absolute path of the folder that dependency-cruiser runs in. */
  readonly folder: string;
  /** Names of the workspace's packages. */
  readonly packageNames: readonly string[];
}

/** What each layer is for, in the words that its rules end with. */
const REMEDIES: Readonly<Record<string, string>> = {
  handler: 'A handler speaks HTTP and nobody but the router calls it. Move what is needed into a service.',
  service: 'Business rules stand above data access. Pass what is needed as an argument, or move the code that needs it into the service.',
  repository: 'Only services know how data is stored. Call the service that has this repository, or write one.',
};
const FALLBACK_REMEDY = 'Move what both need into a module that both may import.';

/**
 * The layers of a project as a configuration of dependency-cruiser.
 * @param model paths relative to `situation.folder`.
 * @throws Error when there is no layer, or nothing that dependency-cruiser can read TypeScript with: either run would find nothing.
 */
export function cruiseConfiguration(model: LayerModel, situation: CruiseSituation): CruiseConfiguration {
  const { folder, packageNames } = situation;
  const layered = [...model.files].filter(([, layer]) => layer !== undefined);
  if (layered.length === 0) {
    throw new Error(`No layer was recognised in ${folder}, so dependency-cruiser would have nothing to check. Name the layers in backend-patterns.config.json ("layers").`);
  }
  const hasTypeScript = layered.some(([file]) => /\.[cm]?tsx?$/.test(file));
  const parser = hasTypeScript ? transpilerOf(folder) : undefined;
  const tsConfig = hasTypeScript ? nearestTsConfig(folder) : undefined;
  return {
    forbidden: [...layerRules(model, explainLayers), ...workspaceRules(packageNames)],
    options: {
      doNotFollow: { path: ['node_modules'] },
      skipAnalysisNotInRules: true,
      // Imports that TypeScript removes bind nothing at run time: the layers are about those that stay.
      tsPreCompilationDeps: false,
      combinedDependencies: true,
      ...(tsConfig ? { tsConfig: { fileName: tsConfig } } : {}),
      ...(parser === 'swc' ? { parser } : {}),
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'require', 'node', 'default', 'types'],
        extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'],
      },
    },
  };
}

function explainLayers(from: string, to: string): string {
  return `A ${from} must not import a ${to}. ${REMEDIES[to] ?? FALLBACK_REMEDY}`;
}

function workspaceRules(packageNames: readonly string[]): ForbiddenRule[] {
  if (packageNames.length === 0) return [];
  const names = packageNames.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [
    {
      name: 'workspace-package-not-resolved',
      severity: 'error',
      comment: 'What cannot be found is not checked. Build the package, map its name to its sources in the paths of tsconfig.json, or run `backend-patterns check`, which needs neither.',
      from: {},
      to: { path: [`^(?:${names.join('|')})(?:/|$)`], couldNotResolve: true },
    },
  ];
}

/** With TypeScript 7 as the only one, dependency-cruiser reports a green run over hardly any import. */
function transpilerOf(folder: string): 'tsc' | 'swc' {
  const require = createRequire(path.join(folder, 'package.json'));
  const version = versionOf(require, 'typescript');
  const major = Number(version?.split('.')[0]);
  if (major >= 2 && major < 7) return 'tsc';
  if (versionOf(require, '@swc/core')) return 'swc';
  const found = version ? `TypeScript ${version} is installed, which it cannot read with` : 'neither TypeScript nor @swc/core is installed';
  throw new Error(`dependency-cruiser cannot read the TypeScript of ${folder}: ${found}. Install @swc/core or TypeScript below 7, for instance as "typescript": "npm:@typescript/typescript6".`);
}

function versionOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

function nearestTsConfig(folder: string): string | undefined {
  const candidates = [folder, path.dirname(folder), path.dirname(path.dirname(folder))].map((parent) => path.join(parent, 'tsconfig.json'));
  return candidates.find((candidate) => existsSync(candidate));
}
