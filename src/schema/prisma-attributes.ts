/** One attribute of a field or model: `@relation(fields: [userId], references: [id])`. */
export interface PrismaAttribute {
  /** With its `@` or `@@`: `@relation`, `@@index`. */
  readonly name: string;
  /** Where it begins and ends in the text that was read. */
  readonly start: number;
  readonly end: number;
  /** Arguments with the name that is written, '' for those without. */
  readonly args: readonly { readonly name: string; readonly text: string }[];
}

/** The attributes in a piece of a Prisma schema. */
export function readAttributes(text: string): PrismaAttribute[] {
  const found: PrismaAttribute[] = [];
  const pattern = /"(?:[^"\\\n]|\\.)*"|@@?[\w.]+/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [name] = match;
    if (name.startsWith('"')) continue;
    const from = pattern.lastIndex;
    const opened = /^\s*\(/.exec(text.slice(from));
    const end = opened ? closingOf(text, from + opened[0].length) : from;
    const inner = opened ? text.slice(from + opened[0].length, end - 1) : '';
    found.push({ name, start: match.index, end, args: splitTop(inner).map(argumentOf) });
    pattern.lastIndex = end;
  }
  return found;
}

/** The argument of a name, or else the first that has none. */
export function argumentText(attribute: PrismaAttribute | undefined, name: string, isFirst = false): string | undefined {
  return (attribute?.args.find((each) => each.name === name) ?? (isFirst ? attribute?.args.find((each) => each.name === '') : undefined))?.text;
}

/** `[userId, createdAt(sort: Desc)]` → names and whether each stands alone. */
export function listedFields(text: string | undefined): readonly { readonly name: string; readonly bare: boolean }[] {
  const inner = /^\[([\s\S]*)\]$/.exec(text?.trim() ?? '')?.[1] ?? text ?? '';
  return splitTop(inner).flatMap((entry) => {
    const [, name, rest = ''] = /^([\w.]+)\s*([\s\S]*)$/.exec(entry) ?? [];
    return name === undefined ? [] : [{ name, bare: rest === '' || /^\(\s*sort:\s*Asc\s*\)$/.test(rest) }];
  });
}

/** The text between quotes. */
export function quoted(text: string | undefined): string | undefined {
  return /^"((?:[^"\\]|\\.)*)"$/.exec(text?.trim() ?? '')?.[1];
}

function argumentOf(text: string): { readonly name: string; readonly text: string } {
  const named = /^(\w+)\s*:\s*([\s\S]*)$/.exec(text);
  return named ? { name: named[1] ?? '', text: (named[2] ?? '').trim() } : { name: '', text };
}

const TOP = /"(?:[^"\\\n]|\\.)*"|[()[\]{},]/g;

/** Parts between commas that no bracket holds. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const match of text.matchAll(TOP)) {
    const [token] = match;
    if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(text.slice(from, match.index));
      from = match.index + 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

/** Offset after the bracket that closes what is open at an offset. */
function closingOf(text: string, from: number): number {
  let depth = 1;
  for (const match of text.slice(from).matchAll(TOP)) {
    const [token] = match;
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (depth === 0) return from + match.index + 1;
  }
  return text.length;
}
