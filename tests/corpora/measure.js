// Measures the built product against labels that people made by reading: npm run corpora -- FOLDER [project…] [--misses] [--json] [--markdown] [--raise]
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agreement, FIGURES, missedFloors, raisedFloors, totalOf } from './agreement.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const FLOORS = path.join(here, 'floors.json');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { misses: { type: 'boolean' }, json: { type: 'boolean' }, markdown: { type: 'boolean' }, raise: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const fromEnvironment = process.env.BACKEND_PATTERNS_CORPORA;
const [folder, ...wanted] = fromEnvironment && !isFolder(positionals[0]) ? [fromEnvironment, ...positionals] : positionals;
const labels = readdirSync(path.join(here, 'labels')).filter((name) => name.endsWith('.json')).map(readLabels);
const unknown = wanted.filter((name) => !labels.some((label) => label.name === name));

if (options.help || folder === undefined || unknown.length > 0) {
  console.error(usage(unknown));
  process.exitCode = 2;
} else {
  await run(labels.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
}

async function run(chosen) {
  const { observe } = await import('./observe.js');
  const floors = existsSync(FLOORS) ? JSON.parse(readFileSync(FLOORS, 'utf8')) : {};
  const results = chosen.map((label) => measure(label, observe, floors[label.name]));
  const measured = results.filter((result) => result.scores);
  const totals = totalOf(measured.map(({ scores }) => scores));
  if (options.json) console.log(JSON.stringify({ projects: results, totals }, undefined, 2));
  else if (options.markdown) printMarkdown(results, totals);
  else print(results, totals);
  if (options.raise) {
    for (const { name, scores } of measured) floors[name] = raisedFloors(floors[name], scores);
    writeFileSync(FLOORS, `${JSON.stringify(floors, undefined, 2)}\n`);
  }
  const isGreen = measured.length === chosen.length && results.every(({ missed, ruleErrors }) => missed.length === 0 && ruleErrors.length === 0);
  process.exitCode = isGreen ? 0 : 1;
}

/** A checkout that is missing or breaks is told and does not stop the others. */
function measure(label, observe, floors) {
  const root = path.resolve(folder, label.name);
  const empty = { name: label.name, missed: [], misses: [], ruleErrors: [] };
  if (!isFolder(root)) return { ...empty, error: `not there. ${howToGet(label)}` };
  try {
    const cpu = process.cpuUsage();
    const seen = observe(root);
    const { user, system } = process.cpuUsage(cpu);
    const { scores, misses } = agreement(label, seen);
    scores.tracedRoutes = { found: seen.routes.filter((route) => route.isTraced).length, of: seen.routes.length };
    return {
      ...empty,
      isOtherCommit: !headOf(root).startsWith(label.commit),
      files: seen.files,
      seconds: Math.round((user + system) / 1e5) / 10,
      scores,
      misses,
      missed: missedFloors(floors, scores),
      counts: countsOf(seen),
      ruleErrors: seen.ruleErrors,
    };
  } catch (error) {
    return { ...empty, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function countsOf({ queries, routes, perElement, findings }) {
  const rules = {};
  for (const { rule } of findings) rules[rule] = (rules[rule] ?? 0) + 1;
  return {
    queries: queries.length,
    routes: routes.length,
    routesWithHandler: routes.filter((route) => route.hasHandler).length,
    perElement: perElement.length,
    perElementReported: perElement.filter((entry) => entry.exemption === undefined).length,
    findings: rules,
  };
}

/** The table, as rows of cells; its first row is the head. */
function tableOf(results, totals) {
  const columns = [...FIGURES, 'models', 'operations', 'tablesExact', 'tracedRoutes'];
  const row = (name, scores) => [name, ...columns.map((figure) => (scores[figure] ? `${scores[figure].found}/${scores[figure].of}` : '–'))];
  return [['project', ...columns], ...results.filter(({ scores }) => scores).map(({ name, scores }) => row(name, scores)), row('all', totals)];
}

/** The tables of docs/accuracy.md. */
function printMarkdown(results, totals) {
  const [head, ...rows] = tableOf(results, totals);
  for (const cells of [head, head.map(() => '---'), ...rows]) console.log(`| ${cells.join(' | ')} |`);
  const measured = results.filter(({ counts }) => counts);
  const rules = [...new Set(measured.flatMap(({ counts }) => Object.keys(counts.findings)))].sort();
  console.log('');
  for (const cells of [['project', ...rules], ['---', ...rules.map(() => '---')]]) console.log(`| ${cells.join(' | ')} |`);
  for (const { name, counts } of measured) console.log(`| ${[name, ...rules.map((rule) => counts.findings[rule] ?? 0)].join(' | ')} |`);
}

function print(results, totals) {
  const rows = tableOf(results, totals);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const cells of rows) console.log(cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '));
  const split = Object.entries(totals).filter(([name]) => name.startsWith('loopsRight ')).map(([name, { found, of }]) => `${name.slice('loopsRight '.length)} ${found}/${of}`);
  console.log(`\nloops right: ${split.sort().join(', ')}\n`);
  for (const result of results) printDetails(result);
  const others = results.filter((result) => result.isOtherCommit).map(({ name }) => name);
  if (others.length > 0) console.log(`\nNot at the commit of the labels, so that lines may differ: ${others.join(', ')}.`);
}

function printDetails({ name, error, missed, misses, ruleErrors, counts, files, seconds }) {
  if (counts) {
    const findings = Object.entries(counts.findings).map(([rule, found]) => `${rule} ${found}`).join(', ') || 'none';
    const perElement = `${counts.perElement} queries per element (${counts.perElementReported} not exempt)`;
    console.log(`${name}: ${files} files, ${seconds} s; ${counts.queries} queries, ${counts.routes} routes (${counts.routesWithHandler} with handler), ${perElement}; findings: ${findings}`);
  }
  if (error) console.log(`${name}: ${error}`);
  for (const floor of missed) console.log(`  below its floor: ${floor}`);
  for (const ruleError of ruleErrors) console.log(`  rule failed: ${ruleError}`);
  if (options.misses) for (const { kind, at, why } of misses) console.log(`  ${kind.padEnd(10)} ${at}  ${why}`);
}

function headOf(root) {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function readLabels(file) {
  return { name: path.basename(file, '.json'), ...JSON.parse(readFileSync(path.join(here, 'labels', file), 'utf8')) };
}

function isFolder(name) {
  return name !== undefined && existsSync(path.join(name, '.'));
}

function howToGet({ name, project, commit }) {
  return `git clone https://github.com/${project} ${name} && git -C ${name} checkout ${commit}`;
}

function usage(unknown) {
  return [
    ...unknown.map((name) => `No labels for "${name}".`),
    'npm run corpora -- FOLDER [project…] [--misses] [--json] [--markdown] [--raise]',
    'FOLDER (or the variable BACKEND_PATTERNS_CORPORA) holds checkouts of the labelled projects. To get them, in that folder:',
    ...labels.map((label) => `  ${howToGet(label)}`),
    '--misses  list every label that is not met',
    '--json    print everything as JSON; --markdown prints the tables of docs/accuracy.md',
    '--raise   raise the floors to what was reached',
  ].join('\n');
}
