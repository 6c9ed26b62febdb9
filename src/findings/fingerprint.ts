import { createHash } from 'node:crypto';

export interface FingerprintParts {
  readonly rule: string;
  /** Where it stands by name, such as `OrderService.findAll`; '' at the top of a module. */
  readonly symbol: string;
  /** The reported code. */
  readonly code: string;
}

/** What makes a finding the same finding after edits elsewhere: 16 hexadecimal digits of rule, symbol and code; white space and lines do not count. */
export function fingerprintOf(parts: FingerprintParts): string {
  const code = parts.code.replace(/\s+/g, ' ').trim();
  return createHash('sha256').update([parts.rule, parts.symbol, code].join('\0')).digest('hex').slice(0, 16);
}

/** Numbers the second and later equal fingerprints of one file in the given order: `…`, `…-2`, `…-3`. */
export function numberDuplicates(fingerprints: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return fingerprints.map((fingerprint) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}-${count}`;
  });
}

/** A fingerprint that is unique within a run, where the same statement may stand in several files: 32 hexadecimal digits. */
export function fingerprintIn(path: string, fingerprint: string): string {
  return createHash('sha256').update(`${path}\0${fingerprint}`).digest('hex').slice(0, 32);
}
