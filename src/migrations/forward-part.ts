import type { Span } from '../facts/types.ts';
import type { ForwardPart, MigrationTool } from './migration-files.ts';

/** Comments that divide a file; `direction` finds `up` or `down` in a marker, `optOut` the end of the tool's transaction. */
const MARKERS: Partial<Record<MigrationTool, { readonly direction?: RegExp; readonly optOut?: RegExp }>> = {
  dbmate: { direction: /^--[ \t]*migrate:(up|down)\b.*$/gim, optOut: /^--[ \t]*migrate:up\b.*\btransaction:false/im },
  goose: { direction: /^--[ \t]*\+goose[ \t]+(up|down)\b.*$/gim, optOut: /^--[ \t]*\+goose[ \t]+NO TRANSACTION\b/im },
  'sql-migrate': { direction: /^--[ \t]*\+migrate[ \t]+(up|down)\b.*$/gim, optOut: /^--[ \t]*\+migrate[ \t]+up\b.*\bnotransaction/im },
  'node-pg-migrate': { direction: /^[ \t]*--[ \t-]*(up|down)[ \t]+migration\b.*$/gim },
  // The tool looks for it anywhere in the file.
  'postgres-migrations': { optOut: /-- postgres-migrations disable-transaction/ },
  atlas: { optOut: /^--[ \t]*atlas:txmode[ \t]+none\b/im },
};

/** Cuts out what runs forward; the whole text where a tool has no sections or the file no markers. */
export function forwardPart(text: string, tool: MigrationTool): ForwardPart {
  const { direction, optOut } = MARKERS[tool] ?? {};
  return { ranges: direction ? sectionsUp(text, direction) : [{ start: 0, end: text.length }], outsideTransaction: optOut?.test(text) ?? false };
}

function sectionsUp(text: string, direction: RegExp): Span[] {
  const marks = [...text.matchAll(direction)];
  if (marks.length === 0) return [{ start: 0, end: text.length }];
  return marks.flatMap((mark, i) => {
    if (mark[1]?.toLowerCase() !== 'up') return [];
    return [{ start: mark.index, end: marks[i + 1]?.index ?? text.length }];
  });
}
