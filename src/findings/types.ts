import type { Span } from '../facts/types.ts';
import type { TrailStep } from '../project/trails.ts';

export type { TrailStep };

export type Confidence = 'high' | 'low';

export interface Edit extends Span {
  readonly text: string;
}

export interface Suggestion {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

/** A place that a finding is about as well, e.g. code that needs a dropped column. Lines and columns are 1-based. */
export interface RelatedPlace {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly label: string;
}

/** What a rule hands to `report`. */
export interface Report {
  readonly at: Span;
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly trail?: readonly TrailStep[];
  readonly related?: readonly RelatedPlace[];
  /** Low confidence is shown by `strict` alone. */
  readonly confidence?: Confidence;
  readonly suggestions?: readonly Suggestion[];
}

/** A report, placed and worded. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Finding extends Span {
  /** Rule id without the plugin prefix. */
  readonly rule: string;
  readonly messageId: string;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly confidence: Confidence;
  readonly trail: readonly (TrailStep & { readonly line: number; readonly column: number })[];
  /** Absent where there are none. */
  readonly related?: readonly RelatedPlace[];
  /** The safe way as text that can be pasted, of migrations. */
  readonly plan?: string;
  readonly suggestions: readonly { readonly message: string; readonly edits: readonly Edit[] }[];
  /** Stable over edits elsewhere in the file: rule, symbol path and normalised code, hashed; without line numbers. */
  readonly fingerprint: string;
}
