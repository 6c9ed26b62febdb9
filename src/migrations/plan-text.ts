/** SQL in a remedy: what stands between backticks and ends with a semicolon. */
const STATEMENT = /`([^`]+;)`/;

/** A remedy as text that can be pasted: its statements, and between them its words as comments. Empty without a statement. */
export function planOf(remedy: string): string {
  const parts = remedy.split(STATEMENT);
  if (parts.length < 3) return '';
  return parts.flatMap((part, i) => (i % 2 === 1 ? [part] : commentOf(part))).join('\n');
}

function commentOf(text: string): string[] {
  const words = text.replace(/^[\s,.:;)]+(?:(?:and|then|which) )?/, '').replace(/[\s,.:(]+$/, '');
  return words === '' ? [] : [`-- ${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`];
}
