import { loadProject } from '../src/project/load.ts';

/** A value that becomes the project's fingerprint when it is turned into JSON. */
export interface LazyFingerprint {
  readonly toJSON: () => string;
}

/**
 * ESLint's `--cache` knows nothing of findings that depend on other files, but its key contains the JSON of the settings.
 * So the state of the project stands there, computed once, and only in runs that have a cache (or print their configuration).
 */
export function lazyFingerprint(root: string): LazyFingerprint {
  let fingerprint: string | undefined;
  return {
    toJSON() {
      fingerprint ??= loadProject({ root }).fingerprint();
      return fingerprint;
    },
  };
}
