import type { ValueId } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** Keys of an options object with what stands under them. `open`: it may have more than these. */
export interface OptionKeys {
  readonly keys: ReadonlyMap<string, Site>;
  readonly open: boolean;
}

const MAX_DEPTH = 8;

/** The keys of an object, with those of what is spread into it; undefined where the value is not known to be an object. */
export function optionKeys(project: Project, site: Site, depth = 0): OptionKeys | undefined {
  const objects = evaluate(project.linker, site.file, site.value).flatMap((origin) => (origin.kind === 'object' ? [origin] : []));
  if (objects.length === 0 || depth > MAX_DEPTH) return undefined;
  const keys = new Map<string, Site>();
  let open = mayBeOther(site.file, site.value);
  for (const { file, value } of objects) {
    const fact = file.facts.values[value];
    if (fact?.kind !== 'object') continue;
    for (const property of fact.properties) {
      if (!property.spread) {
        if (property.key !== undefined) keys.set(property.key, { file, value: property.value });
        continue;
      }
      const spread = optionKeys(project, { file, value: property.value }, depth + 1);
      for (const [key, inner] of spread?.keys ?? []) keys.set(key, inner);
      open ||= !spread || spread.open;
    }
  }
  return { keys, open };
}

/** A parameter is answered through the callers that are known; there may be others. */
function mayBeOther(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind !== 'name') return fact?.kind === 'param';
  const binding = file.facts.bindings[fact.binding];
  return binding?.kind === 'param' || (binding?.writes?.length ?? 0) > 0;
}
