/**
 * How far what the product sees agrees with what people read: pure functions over labels and observations.
 *
 * @typedef {{ found: number, of: number }} Score
 * @typedef {{ kind: string, at: string, why: string }} Miss
 */

/** Figures of which a floor is kept, in the order of the table. */
export const FIGURES = ['queries', 'routes', 'paths', 'chains', 'loopsSeen', 'loopsRight', 'ruleRight'];

/**
 * Compares one project's labels with an observation of it (shapes: docs/accuracy.md and `observe.js`).
 * @returns {{ scores: Record<string, Score>, misses: Miss[] }}
 */
export function agreement(labels, observed) {
  const scores = {};
  const misses = [];
  const count = (name, isRight) => {
    const score = (scores[name] ??= { found: 0, of: 0 });
    score.of++;
    if (isRight) score.found++;
    return isRight;
  };
  const judge = (name, label, isRight, why) => {
    if (!count(name, isRight)) misses.push({ kind: name, at: `${label.path}:${label.line}`, why: why() });
  };
  for (const label of labels.queries) judgeQuery(label, observed.queries, count, judge);
  for (const label of labels.routes) judgeRoute(label, observed.routes, count, judge);
  for (const label of labels.loops) judgeLoop(label, observed, count, judge);
  return { scores, misses };
}

function judgeQuery(label, queries, count, judge) {
  const near = queries.filter((query) => query.path === label.path && overlaps(query, label));
  const query = near.find((each) => sameName(each.model, label.model)) ?? near[0];
  judge('queries', label, query !== undefined, () => `${label.orm} ${label.operation} of ${label.model || 'no table'} not seen`);
  if (!query) return;
  count('models', sameName(query.model, label.model));
  count('operations', near.some((each) => each.operation === label.operation));
}

function judgeRoute(label, routes, count, judge) {
  const near = routes.filter((route) => route.path === label.path && route.method === label.method && isAtLine(route, label.line));
  const wanted = [label.fullPath, ...(label.aliases ?? [])].map(normalisePath);
  const route = near.find((each) => each.fullPaths.some((path) => wanted.includes(normalisePath(path)))) ?? near[0];
  judge('routes', label, route !== undefined, () => `${label.method} ${label.fullPath} not seen`);
  const paths = (route?.fullPaths ?? []).map(normalisePath);
  judge('paths', label, paths.some((path) => wanted.includes(path)), () => `${label.method} ${label.fullPath} seen as ${paths.join(', ') || 'nothing'}`);
  if (!label.tables) return;
  const tables = (route?.tables ?? []).map(normaliseTable);
  const read = label.tables.map(normaliseTable);
  const possible = [...label.tables, ...(label.maybeTables ?? []), ...(label.relationTables ?? [])].map(normaliseTable);
  if (read.length > 0) {
    judge('chains', label, read.some((table) => tables.includes(table)), () => `${label.fullPath} reaches ${read.join(', ')}, seen ${tables.join(', ') || 'nothing'}`);
  }
  count('tablesExact', route !== undefined && read.every((table) => tables.includes(table)) && tables.every((table) => possible.includes(table)));
}

function isAtLine({ lines }, wanted) {
  return lines.some((line) => Math.abs(line - wanted) <= 1);
}

function judgeLoop(label, { perElement, findings }, count, judge) {
  const near = perElement.filter((entry) => entry.path === label.path && overlaps(entry, label));
  const reported = near.some((entry) => entry.exemption === undefined);
  const what = `${label.operation} through ${label.reached}`;
  // Whether what needs no report is exempt or not even an entry is the view's own affair.
  if (label.report) judge('loopsSeen', label, near.length > 0, () => `${what} not seen`);
  const seen = near.length === 0 ? 'not seen' : `taken for ${near.map((entry) => entry.exemption ?? 'a finding').join(', ')}`;
  judge('loopsRight', label, reported === label.report, () => `${what} ${label.report ? 'is' : 'is no'} finding, ${seen}`);
  count(`loopsRight ${label.reached} ${label.operation}`, reported === label.report);
  // The rule reports reads alone.
  if (label.operation !== 'read') return;
  const shown = findings.some((finding) => finding.rule === 'no-query-in-loop' && finding.path === label.path && overlaps(finding, label));
  judge('ruleRight', label, shown === label.report, () => `${what} ${label.report ? 'is' : 'is no'} finding, ${shown ? 'reported' : 'not reported'}`);
}

function overlaps(seen, label) {
  return seen.line <= (label.endLine ?? label.line) && seen.endLine >= label.line;
}

function sameName(seen, label) {
  return normaliseTable(seen ?? '') === normaliseTable(label ?? '');
}

/** `storage.objects`, `"objects"` and `Objects` are one table. */
export function normaliseTable(name) {
  return name.replaceAll(/["'`]/g, '').split('.').at(-1)?.toLowerCase() ?? '';
}

/** `{id}`, `[id]` and `:id(\\d+)` are `:id`; a slash at the end does not count. */
export function normalisePath(path) {
  return path
    .replaceAll(/\{(\w+)\}|\[(\w+)\]/g, (_, braced, bracketed) => `:${braced ?? bracketed}`)
    .replaceAll(/(:\w+)(?:\([^)]*\))?\??/g, '$1')
    .replace(/(?<=.)\/+$/, '');
}

/** Adds up scores of several projects. */
export function totalOf(all) {
  const total = {};
  for (const scores of all) {
    for (const [name, { found, of }] of Object.entries(scores)) {
      const sum = (total[name] ??= { found: 0, of: 0 });
      sum.found += found;
      sum.of += of;
    }
  }
  return total;
}

/** Figures of a project that fell below their floors. */
export function missedFloors(floors, scores) {
  return Object.entries(floors ?? {}).flatMap(([name, floor]) => {
    const found = scores[name]?.found ?? 0;
    return found < floor ? [`${name}: ${found}, at least ${floor}`] : [];
  });
}

/** Floors raised to what was reached; none is ever lowered. */
export function raisedFloors(floors, scores) {
  const names = Object.keys({ ...floors, ...scores }).filter((name) => FIGURES.includes(name) || name === 'tracedRoutes');
  return Object.fromEntries(names.map((name) => [name, Math.max(floors?.[name] ?? 0, scores[name]?.found ?? 0)]));
}
