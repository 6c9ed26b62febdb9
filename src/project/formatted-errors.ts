import type { FunctionFact, FunctionId, ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { isDevelopmentOnlyAt } from './guards.ts';
import { argumentSlots } from './linker.ts';
import { defineFileView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** Options of servers under which stands the function that makes an answer of an error. */
const FORMATTERS = new Set(['errorFormatter', 'formatError', 'customFormatErrorFn', 'maskError']);
const SERVERS = /^(?:@trpc\/server|@apollo\/server|apollo-server.*|graphql-http|express-graphql|mercurius|graphql-yoga|@nestjs\/graphql)(?:\/|$)/;

/** Stacks that the error formatters of a file (tRPC, GraphQL) give to clients. */
export const formattedStacksOf = defineFileView((project, file): readonly ValueId[] =>
  file.facts.values.flatMap((fact, id): readonly ValueId[] => {
    if (fact.kind !== 'object' || !fact.properties.some((property) => FORMATTERS.has(property.key ?? '')) || !isServerOption(project, file, id)) return [];
    return fact.properties.flatMap((property): readonly ValueId[] => {
      if (!FORMATTERS.has(property.key ?? '')) return [];
      return evaluate(project.linker, file, property.value).flatMap((origin) => (origin.kind === 'function' && origin.file === file ? stacksReturnedBy(project, file, origin.function) : []));
    });
  }),
);

function isServerOption(project: Project, file: SourceFile, object: ValueId): boolean {
  const slot = argumentSlots(file.facts).get(object);
  const call = slot && callFact(file, slot.call);
  if (!call || call.kind === 'tagged') return false;
  return evaluate(project.linker, file, call.callee).some((origin) => origin.kind === 'external' && SERVERS.test(origin.module));
}

function stacksReturnedBy(project: Project, file: SourceFile, id: FunctionId): readonly ValueId[] {
  const formatter = file.facts.functions[id];
  if (!formatter) return [];
  const returned = file.facts.returns.filter((each) => each.function === id && each.value !== undefined).map((each) => file.facts.values[each.value ?? -1]);
  return file.facts.values.flatMap((fact, value) => {
    if (fact.kind !== 'member' || !/^stack(?:trace)?$/.test(fact.property) || !isOfParameter(file, formatter, fact.object)) return [];
    const isSent = returned.some((each) => each !== undefined && each.start <= fact.start && fact.end <= each.end);
    return isSent && !isDevelopmentOnlyAt(project, file, fact.start) ? [value] : [];
  });
}

/** `error` of `(error) => …` or `({ error }) => …`, or what stands in it: `error.originalError`. */
function isOfParameter(file: SourceFile, formatter: FunctionFact, id: ValueId): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'cast') return isOfParameter(file, formatter, fact.value);
  if (fact?.kind === 'member') return isOfParameter(file, formatter, fact.object);
  if (fact?.kind === 'param') return file.facts.functions[fact.function] === formatter;
  const value = fact?.kind === 'name' ? file.facts.bindings[fact.binding]?.value : undefined;
  return value !== undefined && isOfParameter(file, formatter, value);
}
