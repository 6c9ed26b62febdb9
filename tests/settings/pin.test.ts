import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writePinned } from '../../src/settings/pin.ts';
import { readSettings, SettingsError } from '../../src/settings/read.ts';
import { SETTINGS_FILE, type Settings } from '../../src/settings/settings.ts';
import { tree } from '../project/tree.ts';

const DETECTED: Settings = { style: 'handler-service', migrations: { tool: 'prisma' } };

describe('writePinned', () => {
  it('makes the file', () => {
    const root = tree({});
    expect(readFileSync(writePinned(root, DETECTED), 'utf8')).toBe('{\n  "style": "handler-service",\n  "migrations": {\n    "tool": "prisma"\n  }\n}\n');
    expect(readSettings(root)).toEqual(DETECTED);
    expect(readdirSync(root)).toEqual([SETTINGS_FILE]);
  });

  it.each([
    [
      'keeps comments and what is there',
      '{\n  // ours\n  "style": "handler-orm" // on purpose\n}\n',
      {},
      '{\n  "migrations": {\n    "tool": "prisma"\n  },\n  // ours\n  "style": "handler-orm" // on purpose\n}\n',
    ],
    [
      'replaces on request',
      '{\n  "style": "handler-orm" // why\n}',
      { overwrite: true },
      '{\n  "migrations": {\n    "tool": "prisma"\n  },\n  "style": "handler-service" // why\n}',
    ],
    [
      'keeps tabs',
      '{\n\t"preset": "strict",\n\t"style": "handler-orm"\n}\n',
      {},
      '{\n\t"migrations": {\n\t\t"tool": "prisma"\n\t},\n\t"preset": "strict",\n\t"style": "handler-orm"\n}\n',
    ],
    [
      'keeps line ends',
      '{\r\n  "style": "handler-orm"\r\n}\r\n',
      {},
      '{\r\n  "migrations": {\r\n    "tool": "prisma"\r\n  },\r\n  "style": "handler-orm"\r\n}\r\n',
    ],
  ])('%s', (_name, before, options, after) => {
    const root = tree({ [SETTINGS_FILE]: before });
    expect(readFileSync(writePinned(root, DETECTED, options), 'utf8')).toBe(after);
  });

  it('leaves a wrong file alone', () => {
    const root = tree({ [SETTINGS_FILE]: '{ "stile": 1 }' });
    expect(() => writePinned(root, DETECTED)).toThrow(SettingsError);
    expect(readFileSync(`${root}/${SETTINGS_FILE}`, 'utf8')).toBe('{ "stile": 1 }');
  });
});
