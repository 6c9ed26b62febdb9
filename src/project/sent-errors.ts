import type { ValueId } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import { globalErrorName, isFrameworkException } from './error-classes.ts';
import type { Site } from './origins.ts';
import { defineFileView } from './project.ts';
import type { SourceFile } from './types.ts';

/** Packages whose exceptions become the body of a response as they are. Of tRPC's and GraphQL's errors the message goes out anyway, whoever makes them. */
const ANSWERED = /^(?:@nestjs\/common|hono\/http-exception|hono|http-errors)$/;

/** What the exceptions that a file throws to a framework are made with: the framework sends it. `start`: of the exception. */
export const sentErrorsOf = defineFileView((project, file): readonly (Site & { readonly start: number })[] =>
  file.facts.throws.flatMap((fact) => {
    const made = file.facts.values[fact.value];
    if (made?.kind !== 'new' && made?.kind !== 'call') return [];
    const isAnswered = evaluate(project.linker, file, made.callee).some(
      (origin) => origin.kind === 'external' && globalErrorName(origin) === undefined && ANSWERED.test(origin.module) && isFrameworkException(origin),
    );
    // An exception that is made with another error as it is takes no text of it.
    return isAnswered ? made.args.filter((arg) => !isPlainName(file, arg)).map((value) => ({ file, value, start: made.start })) : [];
  }),
);

function isPlainName(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'name' && file.facts.bindings[fact.binding]?.kind === 'catch';
}
