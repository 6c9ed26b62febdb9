/** HTML that may be put into HTML as it is. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Content = string | number | Markup | readonly Content[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Bidirectional controls in analysed code could make the page show another code than is there. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as HTML, safe in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(BIDI_CONTROLS, (character) => `&lt;U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}&gt;`)
    .replaceAll('\0', '\uFFFD');
}

/** A template of HTML: whatever is put in is escaped, unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + render(contents[index])).join(''));
}

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.html;
  return typeof content === 'object' ? content.map(render).join('') : escapeHtml(String(content));
}

/** Text in which `backticks` mark code. */
export function prose(text: string): Markup {
  return new Markup(text.split('`').map((part, index) => (index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : escapeHtml(part))).join(''));
}
