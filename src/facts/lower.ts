import type { Program } from 'oxc-parser';
import { emptyFacts } from './empty.ts';
import { isGenerated, linterCommentsOf, mayHoldComments } from './comments.ts';
import { EXPRESSIONS } from './expressions.ts';
import { declareImports, settleImportUses } from './modules.ts';
import { isNestedTooDeeply } from './nesting.ts';
import { parseText } from './parse.ts';
import type { ParsedText } from './parse.ts';
import { hoist, hoistVars } from './scopes.ts';
import { createLowering, lowerStatements } from './state.ts';
import type { Lowering, LoweringTable } from './state.ts';
import { STATEMENTS } from './statements.ts';
import { TYPES } from './types-lowering.ts';
import { FACTS_VERSION } from './types.ts';
import type { FileFacts, SourceLanguage, ValueId } from './types.ts';

const TABLE = { expressions: EXPRESSIONS, statements: STATEMENTS, types: TYPES } as LoweringTable;
const TOO_DEEP = 'Nested too deeply to be read';

/**
 * Lowers a source text to its facts. Never throws: a text that does not parse gives facts with `errors`, and empty tables
 * when nothing of it could be kept.
 */
export function lowerFile(text: string, language: SourceLanguage): FileFacts {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (isNestedTooDeeply(source)) return { ...emptyFacts(language, source.length), errors: [{ message: TOO_DEEP, start: 0, end: 0 }] };
  try {
    return lowerParsed(source, language, parseText(source, language));
  } catch (error) {
    // A stack overflow; anything else is a fault of ours, and costs this file alone.
    const message = error instanceof RangeError ? TOO_DEEP : error instanceof Error ? error.message : String(error);
    return { ...emptyFacts(language, source.length), errors: [{ message, start: 0, end: 0 }] };
  }
}

function lowerParsed(text: string, language: SourceLanguage, parsed: ParsedText): FileFacts {
  const { program, faults } = parsed;
  const { body } = program;
  if (body.length === 0 && faults.length > 0) return { ...emptyFacts(language, text.length), errors: faults };
  const state = createLowering(text, language !== 'js' && language !== 'jsx', TABLE);
  declareImports(state, body);
  hoistVars(state, body);
  hoist(state, body);
  const exit = lowerStatements(state, body);
  if (exit) state.regions[0]!.exit = exit;
  settleImportUses(state);
  return toFacts(state, language, parsed);
}

function toFacts(state: Lowering, language: SourceLanguage, { program, faults, comments }: ParsedText): FileFacts {
  const { text, values } = state;
  const found = mayHoldComments(text) ? comments() : [];
  return {
    version: FACTS_VERSION,
    language,
    length: text.length,
    errors: faults,
    parsed: true,
    generated: isGenerated(found, startOfCode(program)),
    esm: state.esm,
    directives: directivesOf(program),
    imports: state.imports,
    exports: state.exports,
    bindings: state.bindings,
    values,
    types: state.types,
    functions: state.functions,
    classes: state.classes,
    typeDeclarations: state.typeDeclarations,
    enums: state.enums,
    regions: state.regions,
    calls: inSourceOrder(state.calls, state),
    assignments: inSourceOrder(state.assignments, state),
    returns: state.returns,
    throws: state.throws,
    linterComments: linterCommentsOf(found),
  };
}

/** Destructuring lowers an initialiser before the defaults that stand left of it. */
function inSourceOrder(ids: ValueId[], { values }: Lowering): ValueId[] {
  const isSorted = ids.every((id, index) => index === 0 || values[ids[index - 1]!]!.end <= values[id]!.end);
  return isSorted ? ids : ids.sort((a, b) => values[a]!.end - values[b]!.end || a - b);
}

function directivesOf({ body }: Program): string[] {
  const directives: string[] = [];
  for (const node of body) {
    if (node.type !== 'ExpressionStatement' || !('directive' in node) || !node.directive) break;
    directives.push(node.directive);
  }
  return directives;
}

function startOfCode({ body }: Program): number {
  const first = body.find(node => node.type !== 'ExpressionStatement' || !('directive' in node) || !node.directive);
  return first?.start ?? Infinity;
}
