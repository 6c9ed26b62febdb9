import type { ts } from 'ts-morph';
import type { TypeScript } from './syntax.ts';

export type Declaration = ts.VariableDeclaration | ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

export interface ImportedName {
  readonly specifier: string;
  /** `*` for the module as a whole, `default` for its default export. */
  readonly name: string;
}

/** Top level of a file: what its names are and what it exports, not evaluated yet. */
export interface ModuleOutline {
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** Exports by name: an expression, or the name of a declaration. */
  readonly exports: ReadonlyMap<string, ts.Expression | string>;
  readonly reExports: readonly (ImportedName & { readonly as: string })[];
  /** `module.exports = …`, `export = …`. */
  readonly whole?: ts.Expression;
}

export interface ModuleTable {
  /** Outline of a file; undefined when there is none. */
  open(path: string): ModuleOutline | undefined;
  /** Path of the file that a specifier means; undefined for packages and files that are not there. */
  resolve(specifier: string, from: string): string | undefined;
  read(path: string): string | undefined;
}

const ENDINGS = ['', '.ts', '.js', '.mts', '.cts', '.mjs', '.cjs', '.tsx', '.json', '/index.ts', '/index.js', '/index.mjs', '/index.cjs'];

export function createModules(parse: (path: string, text: string) => ts.SourceFile, tsc: TypeScript, read: (path: string) => string | undefined): ModuleTable {
  const opened = new Map<string, ModuleOutline | undefined>();
  return {
    read,
    open: (path) => {
      if (!opened.has(path)) {
        const text = read(path);
        opened.set(path, text === undefined ? undefined : outlineModule(path, parse(path, text), tsc));
      }
      return opened.get(path);
    },
    resolve: (specifier, from) => basesOf(specifier, from).flatMap((base) => candidates(base)).find((path) => read(path) !== undefined),
  };
}

/** Relative to the file, or for aliases such as `src/…` and `@/…` to the folders above it. */
function basesOf(specifier: string, from: string): string[] {
  const folder = from.split('/').slice(0, -1);
  if (specifier.startsWith('.')) return [normalise([...folder, ...specifier.split('/')])];
  const alias = /^(?:@\/|~\/|src\/|app\/|server\/)/.exec(specifier)?.[0];
  if (alias === undefined) return [];
  const rest = specifier.slice(alias.length).split('/');
  const roots = folder.map((_, i) => folder.slice(0, folder.length - i)).concat([[]]);
  return roots.flatMap((root) => (alias.startsWith('@') || alias.startsWith('~') ? [[...root, 'src', ...rest], [...root, ...rest]] : [[...root, ...specifier.split('/')]])).map(normalise);
}

function candidates(base: string): string[] {
  const source = base.replace(/\.([cm]?)js$/, '.$1ts');
  return [...ENDINGS.map((ending) => base + ending), ...(source === base ? [] : [source])].filter((path) => /\.\w+$/.test(path));
}

export function normalise(parts: readonly string[]): string {
  const path: string[] = [];
  for (const part of parts) {
    if (part === '..') path.pop();
    else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/');
}

export function outlineModule(path: string, source: ts.SourceFile, tsc: TypeScript): ModuleOutline {
  const declarations = new Map<string, Declaration>();
  const imports = new Map<string, ImportedName>();
  const exports = new Map<string, ts.Expression | string>();
  const reExports: (ImportedName & { as: string })[] = [];
  let whole: ts.Expression | undefined;
  for (const statement of source.statements) {
    const exported = isExported(statement, tsc);
    if (tsc.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        for (const name of namesIn(declaration.name, tsc)) {
          declarations.set(name, declaration);
          if (exported) exports.set(name, name);
        }
        const chained = declaration.initializer && exportAssignment(declaration.initializer, tsc);
        if (chained && chained.name !== '') exports.set(chained.name, chained.value);
      }
    } else if (tsc.isFunctionDeclaration(statement) || tsc.isClassDeclaration(statement) || tsc.isEnumDeclaration(statement)) {
      const name = statement.name?.text ?? 'default';
      declarations.set(name, statement);
      if (exported) exports.set(isDefault(statement, tsc) ? 'default' : name, name);
    } else if (tsc.isImportDeclaration(statement)) {
      readImport(statement, imports, tsc);
    } else if (tsc.isImportEqualsDeclaration(statement)) {
      const reference = statement.moduleReference;
      if (tsc.isExternalModuleReference(reference) && tsc.isStringLiteral(reference.expression)) {
        imports.set(statement.name.text, { specifier: reference.expression.text, name: '*' });
      }
    } else if (tsc.isExportAssignment(statement)) {
      if (statement.isExportEquals === true) whole = statement.expression;
      else exports.set('default', statement.expression);
    } else if (tsc.isExportDeclaration(statement)) {
      readExport(statement, exports, reExports, tsc);
    } else if (tsc.isExpressionStatement(statement)) {
      for (let assigned = exportAssignment(statement.expression, tsc); assigned; assigned = exportAssignment(assigned.value, tsc)) {
        if (assigned.name === '') whole = assigned.value;
        else exports.set(assigned.name, assigned.value);
      }
    }
  }
  return { path, source, declarations, imports, exports, reExports, ...(whole ? { whole } : {}) };
}

function isExported(statement: ts.Statement, tsc: TypeScript): boolean {
  return tsc.canHaveModifiers(statement) && (tsc.getModifiers(statement) ?? []).some(({ kind }) => kind === tsc.SyntaxKind.ExportKeyword);
}

function isDefault(statement: ts.Statement, tsc: TypeScript): boolean {
  return tsc.canHaveModifiers(statement) && (tsc.getModifiers(statement) ?? []).some(({ kind }) => kind === tsc.SyntaxKind.DefaultKeyword);
}

function namesIn(target: ts.BindingName, tsc: TypeScript): string[] {
  if (tsc.isIdentifier(target)) return [target.text];
  return target.elements.flatMap((element) => (tsc.isBindingElement(element) ? namesIn(element.name, tsc) : []));
}

/** `module.exports = v` (name empty), `module.exports.a = v`, `exports.a = v`. */
function exportAssignment(node: ts.Expression, tsc: TypeScript): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (tsc.isParenthesizedExpression(node)) return exportAssignment(node.expression, tsc);
  if (!tsc.isBinaryExpression(node) || node.operatorToken.kind !== tsc.SyntaxKind.EqualsToken) return undefined;
  const target = node.left.getText();
  if (target === 'module.exports' || target === 'exports') return { name: '', value: node.right };
  const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
  return name === undefined ? undefined : { name, value: node.right };
}

function readImport(statement: ts.ImportDeclaration, imports: Map<string, ImportedName>, tsc: TypeScript): void {
  if (!tsc.isStringLiteral(statement.moduleSpecifier)) return;
  const specifier = statement.moduleSpecifier.text;
  const clause = statement.importClause;
  if (clause?.name) imports.set(clause.name.text, { specifier, name: 'default' });
  const named = clause?.namedBindings;
  if (named && tsc.isNamespaceImport(named)) imports.set(named.name.text, { specifier, name: '*' });
  if (!named || !tsc.isNamedImports(named)) return;
  for (const { name, propertyName } of named.elements) imports.set(name.text, { specifier, name: (propertyName ?? name).text });
}

function readExport(
  statement: ts.ExportDeclaration,
  exports: Map<string, ts.Expression | string>,
  reExports: (ImportedName & { as: string })[],
  tsc: TypeScript,
): void {
  const specifier = statement.moduleSpecifier && tsc.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
  const clause = statement.exportClause;
  if (!clause) {
    if (specifier !== undefined) reExports.push({ specifier, name: '*', as: '*' });
    return;
  }
  if (!tsc.isNamedExports(clause)) {
    if (specifier !== undefined) reExports.push({ specifier, name: '*', as: clause.name.text });
    return;
  }
  for (const { name, propertyName } of clause.elements) {
    const local = (propertyName ?? name).text;
    if (specifier === undefined) exports.set(name.text, local);
    else reExports.push({ specifier, name: local, as: name.text });
  }
}
