export interface Score {
  readonly found: number;
  readonly of: number;
}

export type Scores = Readonly<Record<string, Score>>;

export declare const FIGURES: readonly string[];

/** Labels and observations are JSON; what they hold is described in docs/accuracy.md. */
type Items = readonly object[];

export declare function agreement(
  labels: { readonly queries: Items; readonly routes: Items; readonly loops: Items },
  observed: { readonly queries: Items; readonly routes: Items; readonly perElement: Items; readonly findings: Items },
): { readonly scores: Scores; readonly misses: readonly { readonly kind: string; readonly at: string; readonly why: string }[] };
export declare function normaliseTable(name: string): string;
export declare function normalisePath(path: string): string;
export declare function totalOf(all: readonly Scores[]): Scores;
export declare function missedFloors(floors: Readonly<Record<string, number>> | undefined, scores: Scores): string[];
export declare function raisedFloors(floors: Readonly<Record<string, number>> | undefined, scores: Scores): Record<string, number>;
