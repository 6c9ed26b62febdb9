import { createRequire } from 'node:module';
import type { Project, ts } from 'ts-morph';

/** The TypeScript compiler that ts-morph carries. */
export type TypeScript = typeof ts;

export interface SyntaxReader {
  readonly ts: TypeScript;
  /** Syntax tree of a text; broken syntax gives a tree with gaps. */
  parse(path: string, text: string): ts.SourceFile;
}

let reader: SyntaxReader | undefined;

/** Loads ts-morph when the first migration in code is read: half a second that others need not wait for. */
export function loadSyntax(): SyntaxReader {
  reader ??= createReader();
  return reader;
}

function createReader(): SyntaxReader {
  const morph = createRequire(import.meta.url)('ts-morph') as { Project: typeof Project; ts: TypeScript };
  const compilerOptions = { allowJs: true, noLib: true, noResolve: true, target: morph.ts.ScriptTarget.ESNext };
  const project = new morph.Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true, skipFileDependencyResolution: true, compilerOptions });
  return {
    ts: morph.ts,
    parse: (path, text) => {
      const source = project.createSourceFile(`/${path}`, text, { overwrite: true });
      const tree = source.compilerNode;
      // The tree is all that is needed; a project that keeps thousands of files would only cost memory.
      source.forget();
      return tree;
    },
  };
}
