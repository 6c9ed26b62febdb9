import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { Linker } from './linker.ts';
import type { Site } from './origins.ts';

/** A path as a program writes it: its alternatives (a list of paths, a loop over constants), and whether they are all known. */
export interface PathText {
  readonly texts: readonly string[];
  readonly known: boolean;
}

export const NO_PATH: PathText = { texts: [''], known: true };
export const UNKNOWN_PATH: PathText = { texts: [''], known: false };

const MAX_ALTERNATIVES = 12;
const HOLE = ':?';

/** The path that an expression stands for. Undefined when nothing of it is known. */
export function readPath(linker: Linker, site: Site, depth = 0): PathText | undefined {
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (!fact || depth > 8) return undefined;
  const read = (value: number) => readPath(linker, { file: at.file, value }, depth + 1);
  switch (fact.kind) {
    case 'literal':
      return typeof fact.value === 'string' || typeof fact.value === 'number' ? { texts: [String(fact.value)], known: true } : undefined;
    case 'template':
      return concatenated([
        ...fact.quasis.flatMap((quasi, index) => [
          { texts: [quasi], known: true },
          fact.parts[index] === undefined ? NO_PATH : (read(fact.parts[index]) ?? hole()),
        ]),
      ]);
    case 'binary': {
      if (fact.operator !== '+') return undefined;
      const left = read(fact.left);
      const right = read(fact.right);
      return left || right ? concatenated([left ?? hole(), right ?? hole()]) : undefined;
    }
    case 'logical':
      // `process.env.PREFIX || '/api'`: the default is what the code itself says.
      return fact.operator === '&&' ? read(fact.right) : (read(fact.left) ?? read(fact.right));
    case 'conditional':
      return alternatives([read(fact.then), read(fact.else)]);
    case 'array':
      return alternatives(fact.items.map(read));
    case 'pattern':
      return { texts: [':?'], known: false };
    default:
      return fromOrigins(linker, at, depth);
  }
}

function hole(): PathText {
  return { texts: [HOLE], known: false };
}

function fromOrigins(linker: Linker, at: Site, depth: number): PathText | undefined {
  const texts: string[] = [];
  for (const origin of evaluate(linker, at.file, at.value)) {
    if (origin.kind === 'literal' && typeof origin.value === 'string') texts.push(origin.value);
    else if (origin.kind === 'array' && (origin.file !== at.file || origin.value !== at.value)) {
      texts.push(...(readPath(linker, { file: origin.file, value: origin.value }, depth + 1)?.texts ?? []));
    } else return undefined;
  }
  return texts.length === 0 ? undefined : { texts, known: true };
}

function alternatives(read: readonly (PathText | undefined)[]): PathText | undefined {
  const found = read.filter((each) => each !== undefined);
  if (found.length === 0) return undefined;
  return {
    texts: [...new Set(found.flatMap((each) => each.texts))].slice(0, MAX_ALTERNATIVES),
    known: found.length === read.length && found.every((each) => each.known),
  };
}

function concatenated(parts: readonly PathText[]): PathText {
  let texts: readonly string[] = [''];
  for (const part of parts) texts = texts.flatMap((head) => part.texts.map((tail) => head + tail)).slice(0, MAX_ALTERNATIVES);
  return { texts, known: parts.every((part) => part.known) };
}

/** Every path of the first followed by every path of the second. */
export function joinedTexts(first: PathText, second: PathText): PathText {
  const texts = first.texts.flatMap((head) => second.texts.map((tail) => joinPaths(head, tail)));
  return { texts: [...new Set(texts)].slice(0, MAX_ALTERNATIVES), known: first.known && second.known };
}

/** Whether a path is one that a mount path covers: the same, or below it. */
export function isBelow(path: string, mount: string): boolean {
  const base = mount.replace(/\/\*$/, '');
  return base === '' || base === '/' || base.includes(':') || path === base || path.startsWith(`${base}/`);
}

/** One path from pieces, with one slash between them, none at the end, parameters as `:name` and the rest as `*`. */
export function joinPaths(...pieces: readonly string[]): string {
  const segments = pieces.flatMap((piece) => piece.split('/')).filter((segment) => segment !== '');
  return `/${segments.map(normalSegment).join('/')}`;
}

/** `{id}` and `:id(\\d+)` are `:id`; `*path`, `(.*)` and `{/*path}` are `*`. */
function normalSegment(segment: string): string {
  if (segment === '(.*)' || /^\{?\*\w*\}?$/.test(segment)) return '*';
  if (/^\{\w+\}$/.test(segment)) return `:${segment.slice(1, -1)}`;
  if (segment.startsWith(':') && segment !== HOLE) return segment.replace(/\((?:[^()]|\([^()]*\))*\)/g, '').replace(/\{[^}]*\}/g, '').replace(/[?*+]$/, '');
  return segment;
}
