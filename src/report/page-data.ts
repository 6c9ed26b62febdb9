import type { RunReport } from './run-report.ts';

/** A route as the table shows it. */
export interface RouteRow {
  readonly method: string;
  readonly path: string;
  /** `file:line` of the registration. */
  readonly place: string;
  /** Name of the handler; undefined when it was not traced. */
  readonly handler?: string;
  readonly middleware: readonly string[];
  /** From the handler to a table: handler, the functions on the way, the table. */
  readonly chains: readonly (readonly string[])[];
}

export interface LayerRow {
  readonly layer: string;
  readonly files: readonly string[];
  /** How many labels are of high confidence. */
  readonly sure: number;
  /** The most frequent evidence. */
  readonly evidence: string;
}

/** Everything that the page shows; it is a pure function of this. */
export interface PageData {
  /** Name of the project. */
  readonly name: string;
  readonly run: RunReport;
  readonly routes: readonly RouteRow[];
  readonly layers: readonly LayerRow[];
  /** Of each package with routes. */
  readonly styles: readonly { readonly unit: string; readonly name: string; readonly evidence: string }[];
  /** Rule id → what the rule is about. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Text of a file by its path relative to the root. */
  readonly textOf: (path: string) => string | undefined;
}
