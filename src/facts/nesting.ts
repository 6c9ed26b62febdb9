/** The native parser recurses on the machine's stack, and overflowing that ends the process instead of throwing. */
const DEEPEST_BRACKETS = 1000;
/** Longest `a.b().c()…` or `a + b + …`, whose tree is as deep as it is long. */
const LONGEST_CHAIN = 10_000;

/** Whether a text may overflow the stack of the parser. Brackets in strings and comments are counted too; no real file has so many unclosed. */
export function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  let links = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
        links = 0;
        if (++depth > DEEPEST_BRACKETS) return true;
        break;
      case 0x5b: // [
        if (++depth > DEEPEST_BRACKETS || ++links > LONGEST_CHAIN) return true;
        break;
      case 0x28: // (
        if (++depth > DEEPEST_BRACKETS) return true;
        break;
      case 0x7d: // }
        links = 0;
        if (depth > 0) depth--;
        break;
      case 0x29: // )
      case 0x5d: // ]
        if (depth > 0) depth--;
        break;
      case 0x2c: // ,
      case 0x3b: // ;
        links = 0;
        break;
      case 0x2e: // . but not of a number: drawings in SVG are full of those
        if (isDigit(text.charCodeAt(i + 1))) break;
        if (++links > LONGEST_CHAIN) return true;
        break;
      case 0x2b: // +
      case 0x26: // &
      case 0x7c: // |
        if (++links > LONGEST_CHAIN) return true;
    }
  }
  return text.length > LONGEST_CHAIN * 'else if'.length && text.split(/\belse\s+if\b/, LONGEST_CHAIN).length === LONGEST_CHAIN;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
