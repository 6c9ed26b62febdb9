import type { CommentFact, Span } from '../facts/types.ts';

export interface PrismaFile {
  readonly path: string;
  readonly text: string;
}

/** A line of a block, or several that brackets hold together. Its text is without comments; offsets are those of the file. */
export interface PrismaLine extends Span {
  readonly text: string;
}

/** The span is that of the block's name. */
export interface PrismaBlock extends Span {
  readonly path: string;
  readonly keyword: string;
  readonly name: string;
  readonly lines: readonly PrismaLine[];
  /** Offset of the brace that ends it. */
  readonly close: number;
}

const HEAD = /^\s*(\w+)\s+(\w+)\s*\{/;
const TOKEN = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** The blocks of a Prisma schema: models, views, enums, the datasource. What is no block is passed over. */
export function readPrismaBlocks({ path, text }: PrismaFile): PrismaBlock[] {
  const blocks: PrismaBlock[] = [];
  let open: { readonly block: Omit<PrismaBlock, 'lines' | 'close'>; readonly lines: PrismaLine[] } | undefined;
  for (const line of linesOf(text)) {
    const head = open ? null : HEAD.exec(line.text);
    if (head) {
      const [, keyword = '', name = ''] = head;
      const start = line.start + line.text.indexOf(name, line.text.search(/\S/) + keyword.length);
      const block = { path, keyword, name, start, end: start + name.length };
      const inner = line.text.slice(head[0].length);
      const close = line.start + line.text.lastIndexOf('}');
      if (/\}\s*$/.test(inner)) blocks.push({ ...block, lines: [{ text: inner.replace(/\}\s*$/, ''), start: line.start + head[0].length, end: close }], close });
      else open = { block, lines: [] };
    } else if (open && /^\s*\}/.test(line.text)) {
      blocks.push({ ...open.block, lines: open.lines, close: line.start + line.text.indexOf('}') });
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}

/** Comments of a Prisma schema; those with three slashes are read like those with two. */
export function prismaComments(text: string): CommentFact[] {
  return [...text.matchAll(TOKEN)].flatMap((match): CommentFact[] => {
    const [part] = match;
    if (part.startsWith('"')) return [];
    const block = part.startsWith('/*');
    const inner = block ? part.replace(/^\/\*/, '').replace(/\*\/$/, '') : part.replace(/^\/{2,3}/, '');
    return [{ start: match.index, end: match.index + part.length, text: inner, block }];
  });
}

function linesOf(text: string): PrismaLine[] {
  const blanked = text.replace(TOKEN, (part) => (part.startsWith('"') ? part : part.replace(/[^\n]/g, ' ')));
  const lines: PrismaLine[] = [];
  let start = 0;
  let held: { readonly text: string; readonly start: number } | undefined;
  for (const line of blanked.split('\n')) {
    const joined: { readonly text: string; readonly start: number } = held ? { text: `${held.text}\n${line}`, start: held.start } : { text: line, start };
    start += line.length + 1;
    // A brace alone ends the block, whatever was left open before it.
    if (isOpen(joined.text) && !/^\s*\}/.test(line)) held = joined;
    else {
      lines.push({ ...joined, end: joined.start + joined.text.length });
      held = undefined;
    }
  }
  if (held) lines.push({ ...held, end: held.start + held.text.length });
  return lines;
}

function isOpen(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[()[\]]/g)) depth += token === '(' || token === '[' ? 1 : token === ')' || token === ']' ? -1 : 0;
  return depth > 0;
}
