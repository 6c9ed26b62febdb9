import { defineRule } from '../../src/findings/define-rule.ts';
import type { ImportFact } from '../../src/facts/types.ts';
import { filesBehind } from '../../src/project/layer-graph.ts';
import { layerModel } from '../../src/project/layer-model.ts';
import type { CoreLayer } from '../../src/project/layer-names.ts';

interface Options {
  readonly checkTypes: boolean;
}

/** What to do about an import, by the layer it leads to. */
const ADVICE: Readonly<Record<CoreLayer, string>> = {
  handler: 'Move what both need into a service, and let the handler call it',
  service: 'Pass the value in from the service that calls, or move what both need below it',
  repository: 'Load the rows in a repository, and let the model only describe them',
  model: 'Move what both need into a module of its own',
};

export default defineRule<Options>({
  id: 'layer-imports',
  docs: { chapter: 'layers', description: 'Disallow imports against the direction handler → service → repository → model', preset: 'recommended' },
  messages: {
    upward:
      'This {{from}} imports `{{target}}`, a {{to}}. Imports go handler → service → repository → model; ' +
      'against it, neither layer can change or be tested without the other. {{advice}}.',
  },
  options: { checkTypes: { type: 'boolean', description: 'Also report imports that are used as types alone.' } },
  defaultOptions: { checkTypes: false },
  check({ file, project, options, report }) {
    const { files, allowed } = layerModel(project);
    const from = files.get(file.path);
    const mayImport = from && allowed.get(from);
    if (!from || !mayImport) return;
    for (const fact of file.facts.imports) {
      if (isTypeAlone(fact) && !options.checkTypes) continue;
      const against = [...filesBehind(project, file, fact)].find(({ path }) => isAgainst(files.get(path), from, mayImport));
      const to = against && files.get(against.path);
      if (!to || !against) continue;
      report({ at: fact.sourceSpan, messageId: 'upward', data: { from, to, target: against.path, advice: ADVICE[to] } });
    }
  },
});

function isTypeAlone({ use }: ImportFact): boolean {
  return use === 'type' || use === 'elided';
}

function isAgainst(to: CoreLayer | undefined, from: CoreLayer, mayImport: readonly CoreLayer[]): boolean {
  return to !== undefined && to !== from && !mayImport.includes(to);
}
