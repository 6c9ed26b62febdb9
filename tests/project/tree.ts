import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes a small tree of files into a temporary folder that is removed after the tests of the file. Returns its absolute path. */
export function tree(files: Readonly<Record<string, string | object>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'backend-patterns-')));
  made.push(root);
  for (const [name, content] of Object.entries(files)) write(root, name, content);
  return root;
}

/** Writes one file of a tree; objects become JSON. */
export function write(root: string, name: string, content: string | object): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}
