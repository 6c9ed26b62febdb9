import type { Span } from '../../src/facts/types.ts';
import type { Route } from '../../src/project/routes.ts';

/** Where a route is told of: its own path, else the first line of its registration. */
export function routePlace({ file, span, ownPathSpan }: Route): Span {
  if (ownPathSpan) return { start: ownPathSpan.start, end: ownPathSpan.end };
  const line = file.text.slice(span.start, span.end).search(/\r?\n/);
  return { start: span.start, end: line < 0 ? span.end : span.start + line };
}
