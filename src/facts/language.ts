import type { SourceLanguage } from './types.ts';

const LANGUAGES: Readonly<Record<string, SourceLanguage>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};

/** Language of a source file by its name; undefined for files that are not lowered. */
export function languageOf(path: string): SourceLanguage | undefined {
  if (/\.d\.([^./]+\.)?[mc]?ts$/.test(path)) return 'dts';
  const dot = path.lastIndexOf('.');
  return dot === -1 ? undefined : LANGUAGES[path.slice(dot)];
}
