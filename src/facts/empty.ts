import { FACTS_VERSION, type FileFacts, type SourceLanguage } from './types.ts';

/** Facts of a text of which nothing is known; region 0, the module body, is there. `length`: of the text, in UTF-16 code units. */
export function emptyFacts(language: SourceLanguage, length = 0): FileFacts {
  return {
    version: FACTS_VERSION,
    language,
    length,
    errors: [],
    parsed: false,
    generated: false,
    esm: false,
    directives: [],
    imports: [],
    exports: [],
    bindings: [],
    values: [],
    types: [],
    functions: [],
    classes: [],
    typeDeclarations: [],
    enums: [],
    regions: [{ kind: 'module', start: 0, end: length, parent: -1, function: -1 }],
    calls: [],
    assignments: [],
    returns: [],
    throws: [],
    linterComments: [],
  };
}
