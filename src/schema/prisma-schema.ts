import type { Span } from '../facts/types.ts';
import type { Model, ModelColumn, ModelRelation } from './model.ts';

interface SchemaFile {
  readonly path: string;
  readonly text: string;
}

interface Line extends Span {
  readonly text: string;
}

interface Block extends Span {
  readonly path: string;
  readonly name: string;
  readonly lines: readonly Line[];
}

const BLOCK = /^\s*(model|view)\s+(\w+)\s*\{/;
const FIELD = /^\s*(\w+)\s+(\w+)(\[\]|\?)?(.*)$/;

/**
 * Models of Prisma schema files that belong together. Fields that the client never selects (`@ignore`, `Unsupported`) are left out:
 * nothing that runs needs them.
 */
export function readPrismaModels(files: readonly SchemaFile[]): Model[] {
  const blocks = files.flatMap(readBlocks);
  const names = new Set(blocks.map(({ name }) => name));
  return blocks.flatMap((block) => readModel(block, names));
}

function readBlocks({ path, text }: SchemaFile): Block[] {
  const blocks: Block[] = [];
  let open: { readonly block: Omit<Block, 'lines'>; readonly lines: Line[] } | undefined;
  for (const line of linesOf(text)) {
    const head = open ? null : BLOCK.exec(line.text);
    if (head) {
      const [, , name = ''] = head;
      const start = line.start + line.text.indexOf(name, line.text.search(/\S/) + (head[1] ?? '').length);
      open = { block: { path, name, start, end: start + name.length }, lines: [] };
    } else if (open && /^\s*\}/.test(line.text)) {
      blocks.push({ ...open.block, lines: open.lines });
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}

/** Lines without comments; offsets stay those of the text. */
function linesOf(text: string): Line[] {
  const blanked = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : part.replace(/[^\n]/g, ' ')));
  let start = 0;
  return blanked.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return { text: line, start: at, end: at + line.length };
  });
}

function readModel({ path, name, lines, start, end }: Block, models: ReadonlySet<string>): Model[] {
  const columns: ModelColumn[] = [];
  const relations: ModelRelation[] = [];
  const attributes = lines.map(({ text }) => text.trim()).filter((text) => text.startsWith('@@'));
  if (attributes.some((text) => text.startsWith('@@ignore'))) return [];
  for (const line of lines) {
    const field = FIELD.exec(line.text);
    if (!field) continue;
    const [, property = '', type = '', modifier, rest = ''] = field;
    if (models.has(type)) {
      relations.push({ property, target: type });
      continue;
    }
    if (type === 'Unsupported' || /@ignore\b/.test(rest)) continue;
    const at = line.start + line.text.indexOf(property);
    columns.push({
      property,
      column: mapped(rest, '@map') ?? property,
      path,
      start: at,
      end: at + property.length,
      nullable: modifier !== undefined,
      filled: /@default\b|@updatedAt\b/.test(rest),
    });
  }
  const table = attributes.map((text) => mapped(text, '@@map')).find((found) => found !== undefined) ?? name;
  const schema = attributes.map((text) => mapped(text, '@@schema')).find((found) => found !== undefined);
  return [{ library: 'prisma', name, table, ...(schema === undefined ? {} : { schema }), path, start, end, columns, relations }];
}

function mapped(text: string, attribute: string): string | undefined {
  return new RegExp(`(?<!@)${attribute}\\(\\s*(?:name:\\s*)?"([^"]+)"`).exec(text)?.[1];
}
