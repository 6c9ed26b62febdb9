export interface DecodedText {
  readonly text: string;
  /** What is wrong with the file, for people. */
  readonly fault?: string;
  /** True when there is nothing to read. */
  readonly unreadable?: true;
}

/** Larger files are dumps. Bytes. */
const MAX_FILE_SIZE = 32 * 1024 * 1024;

/**
 * Text of a migration without its byte order mark. What is not UTF-8 is read with the damaged characters replaced, as editors and
 * ESLint read it, so that offsets agree.
 */
export function decodeText(content: Uint8Array | string): DecodedText {
  if (content.length > MAX_FILE_SIZE) {
    const fault = `file of ${Math.round(content.length / 1024 / 1024)} MB: too large to analyse. A dump is no migration; keep data out of it.`;
    return { text: '', fault, unreadable: true };
  }
  if (typeof content === 'string') return decodedString(content.replace(/^\uFEFF/, ''), content.includes('\uFFFD') ? content.indexOf('\uFFFD') : -1);
  if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
    return { text: '', fault: 'UTF-16 text: PostgreSQL tools read UTF-8. Save the file as UTF-8.', unreadable: true };
  }
  const text = new TextDecoder('utf-8').decode(content);
  return decodedString(text, isValid(content) ? -1 : text.indexOf('\uFFFD'));
}

function decodedString(text: string, damage: number): DecodedText {
  if (damage === -1) return { text };
  const line = text.slice(0, damage).split('\n').length;
  return { text, fault: `not valid UTF-8 (first on line ${line}): PostgreSQL refuses it unless the client encoding is set. Save the file as UTF-8.` };
}

function isValid(content: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}
