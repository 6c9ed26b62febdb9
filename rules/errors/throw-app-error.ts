import type { CallFact, RegionId } from '../../src/facts/types.ts';
import { defineRule } from '../../src/findings/define-rule.ts';
import type { Suggestion } from '../../src/findings/types.ts';
import type { TypedError } from '../../src/project/error-classes.ts';
import { isClientMessage, nearestError } from '../../src/project/error-concepts.ts';
import { errorHierarchyOf, type ErrorHierarchy } from '../../src/project/error-hierarchy.ts';
import type { Layer } from '../../src/project/layer-names.ts';
import { layerOf } from '../../src/project/layers.ts';
import { requestTrail, routeName } from '../../src/project/request-path.ts';
import type { SourceFile } from '../../src/project/types.ts';
import { untypedThrowsOf, type UntypedThrow } from '../../src/project/untyped-throws.ts';

const THROWN = { error: 'a plain `Error`', literal: 'a text', object: 'a plain object' } as const;

/** Layers in which errors are about what a client asked for; below them they are about a protocol or a format. */
const JUDGED: ReadonlySet<Layer> = new Set<Layer>(['handler', 'service', 'repository', 'middleware']);

export default defineRule({
  id: 'throw-app-error',
  docs: { chapter: 'errors', description: 'Require the errors of the application, with code and status, where requests are answered', preset: 'strict' },
  messages: {
    plain: '`{{thrown}}` is thrown while `{{route}}` is answered, so clients get a 500 instead of a code to act on. Throw {{instead}}, as this package does elsewhere.',
    replace: 'Throw `{{name}}` instead.',
  },
  hasSuggestions: true,
  check({ file, project, report }) {
    const hierarchy = errorHierarchyOf(project, file.package);
    if (!hierarchy || !JUDGED.has(layerOf(project, file).layer)) return;
    for (const entry of untypedThrowsOf(project, file)) {
      const { fact, message, form } = entry;
      const nearest = message === undefined ? undefined : nearestError(hierarchy, message);
      const base = hierarchy.members.find((error) => error.name === hierarchy.name);
      const instead = nearest ? `\`${nearest.name}\`` : familyName(hierarchy);
      report({
        at: { start: fact.start, end: fact.end },
        messageId: 'plain',
        data: { thrown: form === 'error' ? 'Error' : THROWN[form].replaceAll('`', ''), route: routeName(entry.function.route), instead },
        trail: requestTrail(entry.function, file, { start: fact.start, end: fact.end, label: 'throw' }),
        confidence: message !== undefined && isClientMessage(message) && !entry.doubtful && !isWithinCatch(file, fact.region) ? 'high' : 'low',
        suggestions: suggestionsFor(file, entry, nearest ?? base),
      });
    }
  },
});

/** What is thrown instead of something caught is mostly about the system below. */
function isWithinCatch(file: SourceFile, region: RegionId): boolean {
  for (let at: number = region; at >= 0; at = file.facts.regions[at]?.parent ?? -1) if (file.facts.regions[at]?.kind === 'catch') return true;
  return false;
}

function familyName({ name, members }: ErrorHierarchy): string {
  const classes = members.filter((error) => error.class !== undefined);
  if (classes.length === 0) return `one of the errors of \`${name}\``;
  return classes.length > 1 ? `one of the errors that extend \`${name}\`` : `\`${name}\` with a code of its own`;
}

/** Only the class changes: it has to be at hand in the file, and to take a message alone. */
function suggestionsFor(file: SourceFile, { fact, form }: UntypedThrow, error: TypedError | undefined): readonly Suggestion[] {
  const thrown = file.facts.values[fact.value];
  if (!error || error.class === undefined || form !== 'error' || (thrown?.kind !== 'new' && thrown?.kind !== 'call') || !takesMessage(error, thrown)) return [];
  const local = file.facts.bindings.find((binding) => binding.region === 0 && binding.valueUses > 0 && (binding.import ? binding.import.imported : binding.class === undefined ? '' : binding.name) === error.name);
  const callee = file.facts.values[thrown.callee];
  if (!local || !callee) return [];
  const text = thrown.kind === 'new' ? local.name : `new ${local.name}`;
  return [{ messageId: 'replace', data: { name: local.name }, edits: [{ start: callee.start, end: callee.end, text }] }];
}

function takesMessage(error: TypedError, thrown: CallFact): boolean {
  const [first, ...others] = error.params ?? [];
  return /^(?:message|msg|reason|description)$/.test(first?.name ?? '') && thrown.args.length === 1 && others.every((param) => param.optional === true || param.default !== undefined);
}
