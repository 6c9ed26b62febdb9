// What the built product sees in a checkout, as plain data with 1-based lines.
import { rules } from '../../dist/rules/index.js';
import { checkProject } from '../../dist/src/findings/check.js';
import { isJudgedSource } from '../../dist/src/findings/judged-files.js';
import { openProject } from '../../dist/src/project/open.js';
import { perElementQueries } from '../../dist/src/project/per-element.js';
import { queriesOf } from '../../dist/src/project/queries.js';
import { queriesReachedBy } from '../../dist/src/project/reach.js';
import { routes } from '../../dist/src/project/routes.js';

/**
 * Opens the project at an absolute path and asks every view.
 * The cache of facts is not used: the run says what this version sees.
 */
export function observe(root) {
  const project = openProject({ root, cache: false });
  const files = [...project.files.values()];
  const lineOf = createLines();
  return {
    files: files.length,
    queries: files.flatMap((file) => queriesOf(project, file).map((query) => observedQuery(query, lineOf))),
    routes: routes(project).map((route) => observedRoute(project, route, lineOf)),
    perElement: files.flatMap((file) => perElementQueries(project, file).map((entry) => observedEntry(project, entry, lineOf))),
    ...observedFindings(project),
  };
}

function observedQuery({ file, start, end, operation, model }, lineOf) {
  return { path: file.path, line: lineOf(file, start), endLine: lineOf(file, end), operation, model };
}

function observedRoute(project, { file, span, ownPathSpan, method, paths, handler, kind }, lineOf) {
  const reached = handler ? queriesReachedBy(project, handler) : [];
  const tables = [...new Set(reached.flatMap(({ query }) => (query.model ? [query.model] : [])))];
  const lines = [span, ownPathSpan].filter(Boolean).map(({ start }) => lineOf(file, start));
  return { path: file.path, lines, method, fullPaths: paths, kind, hasHandler: handler !== undefined, isTraced: reached.length > 0, tables };
}

/**
 * A direct query spans its chain; a call that leads to one is where its callee stands, not where its last argument ends.
 * What a file is there for exempts it too.
 */
function observedEntry(project, { file, value, query, trail, exemption }, lineOf) {
  const fact = file.facts.values[value];
  const callee = fact?.kind === 'call' || fact?.kind === 'new' ? file.facts.values[fact.callee] : undefined;
  const [start, end] = trail.length === 0 ? [query.start, query.end] : [fact.start, callee?.end ?? fact.end];
  const role = isJudgedSource(project, file) ? undefined : file.role;
  return { path: file.path, line: lineOf(file, start), endLine: lineOf(file, end), operation: query.operation, exemption: exemption?.id ?? role };
}

function observedFindings(project) {
  const { findings, ruleErrors } = checkProject(project, { rules });
  return {
    findings: findings.map(({ rule, path, line, endLine }) => ({ rule, path, line, endLine })),
    ruleErrors: ruleErrors.map(({ rule, path, message }) => `${rule} at ${path}: ${message}`),
  };
}

function createLines() {
  const known = new WeakMap();
  return (file, offset) => {
    const starts = known.get(file) ?? startsOf(file.text);
    known.set(file, starts);
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function startsOf(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
