import type { Hazard, HazardContext } from '../hazards.ts';
import type { Statement } from '../statements.ts';

/** Bytes that the server keeps of a name (`NAMEDATALEN` - 1). */
const MAX_BYTES = 63;

/** Names that the server keeps otherwise than they are written. */
export function findNameHazards(statement: Statement, _context: HazardContext): Hazard[] {
  return (statement.introduces ?? []).flatMap(({ text, quoted, what, start, end }): Hazard[] => {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_BYTES) {
      const kept = cutToBytes(text, MAX_BYTES);
      const remedy = 'Give it a shorter name: another one that begins the same way would be taken for it.';
      return [{ kind: 'longIdentifier', start, end, data: { what, name: text, bytes: String(bytes), kept, remedy } }];
    }
    if (quoted || text === text.toLowerCase()) return [];
    const remedy = `Write \`${text.toLowerCase()}\`, or \`"${text}"\` if the capitals are meant.`;
    return [{ kind: 'foldedName', start, end, data: { what, name: text, kept: text.toLowerCase(), remedy } }];
  });
}

function cutToBytes(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
