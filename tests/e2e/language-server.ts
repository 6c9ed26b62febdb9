import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter, type CodeAction, type Command, type Diagnostic, type TextEdit, type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';

/** A document of an editor. */
export interface OpenDocument {
  readonly diagnostics: readonly Diagnostic[];
  /** Titles of what is offered for a diagnostic. */
  actionsFor(diagnostic: Diagnostic): Promise<string[]>;
  /** Takes an offer; gives the edits of the document. */
  take(diagnostic: Diagnostic, title: string): Promise<readonly TextEdit[]>;
}

export interface LanguageServer {
  open(path: string, languageId: string, text: string): Promise<OpenDocument>;
  /** Types a new text into an open document. */
  change(path: string, text: string): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const SERVER = createRequire(import.meta.url).resolve('vscode-langservers-extracted/bin/vscode-eslint-language-server');

/** The ESLint server of VS Code for a folder (absolute path), as an editor drives it. */
export async function startLanguageServer(root: string): Promise<LanguageServer> {
  const folder = { uri: pathToFileURL(root).href, name: basename(root) };
  const settings = {
    validate: 'on',
    useESLintClass: true,
    experimental: {},
    run: 'onType',
    quiet: false,
    format: false,
    options: {},
    rulesCustomizations: [],
    nodePath: null,
    onIgnoredFiles: 'off',
    problems: { shortenToSingleLine: false },
    codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
    codeActionOnSave: { enable: false, mode: 'all' },
    workingDirectory: { mode: 'location' },
    workspaceFolder: folder,
  };
  const child = spawn(process.execPath, [SERVER, '--stdio'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  let applied: WorkspaceEdit | undefined;
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied = edit;
    return { applied: true };
  });
  for (const name of ['client/registerCapability', 'workspace/diagnostic/refresh', 'eslint/openDoc']) connection.onRequest(name, () => null);
  for (const name of ['eslint/noConfig', 'eslint/noLibrary', 'eslint/probeFailed']) connection.onRequest(name, () => ({}));
  connection.onRequest('eslint/confirmESLintExecution', () => 4);
  for (const name of ['eslint/status', 'eslint/showOutputChannel', 'window/logMessage']) connection.onNotification(name, () => undefined);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {
      workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
      textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } } },
    },
  });
  await connection.sendNotification('initialized', {});

  const uriOf = (path: string): string => pathToFileURL(`${root}/${path}`).href;
  const diagnose = async (uri: string): Promise<readonly Diagnostic[]> => {
    const report: { readonly items: readonly Diagnostic[] } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    return report.items;
  };
  let version = 1;
  return {
    async open(path, languageId, text) {
      const uri = uriOf(path);
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
      const offers = (diagnostic: Diagnostic): Promise<(CodeAction | Command)[]> =>
        connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
      return {
        diagnostics: await diagnose(uri),
        actionsFor: async (diagnostic) => (await offers(diagnostic)).map(({ title }) => title),
        async take(diagnostic, title) {
          applied = undefined;
          const offer = (await offers(diagnostic)).find((candidate) => candidate.title === title);
          const { command, arguments: given } = typeof offer?.command === 'string' ? (offer as Command) : { ...offer?.command };
          if (command !== undefined) await connection.sendRequest('workspace/executeCommand', { command, arguments: given });
          return editsOf(applied, uri);
        },
      };
    },
    async change(path, text) {
      version += 1;
      await connection.sendNotification('textDocument/didChange', { textDocument: { uri: uriOf(path), version }, contentChanges: [{ text }] });
      return diagnose(uriOf(path));
    },
    async close() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      child.kill();
    },
  };
}

function editsOf(edit: WorkspaceEdit | undefined, uri: string): readonly TextEdit[] {
  const changes = edit?.documentChanges?.flatMap((change) => ('edits' in change ? (change.edits as TextEdit[]) : []));
  return changes ?? edit?.changes?.[uri] ?? [];
}
