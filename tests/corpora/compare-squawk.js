// Puts the built product beside squawk-cli on the same PostgreSQL files: node tests/corpora/compare-squawk.js FOLDER [project…] [--list CATEGORY] [--sample COUNT] [--seed N]
// Counts statements, not findings: a statement that one tool reports twice in a category counts once. squawk is told what is known of each folder (transaction, server version).
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyzeMigrations } from '../../dist/src/migrations/index.js';
import { decodeText } from '../../dist/src/migrations/decode-text.js';
import { migrationInputOf } from '../../dist/src/migrations/project-migrations.js';
import { openProject } from '../../dist/src/project/open.js';
import { categoryOfHazard, categoryOfRule, CATEGORIES } from './squawk-categories.js';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const SQUAWK = path.join(ROOT, `node_modules/@squawk-cli/${process.platform}-${process.arch}/bin/squawk`);
const PROJECTS = ['documenso', 'dokploy', 'ghostfolio', 'linkwarden', 'storage', 'node-express-realworld-example-app'];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'string' }, sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const fromEnvironment = process.env.BACKEND_PATTERNS_CORPORA;
const [folder, ...wanted] = fromEnvironment && !isFolder(positionals[0]) ? [fromEnvironment, ...positionals] : positionals;

const wrongUse = faultOfUse();
if (wrongUse) {
  console.error(wrongUse);
  process.exitCode = 2;
} else {
  const places = (wanted.length > 0 ? wanted : PROJECTS).flatMap((name) => compare(path.resolve(folder, name), name));
  if (options.list === undefined && options.sample === undefined) printCounts(places);
  else for (const place of chosenOf(places)) printPlace(place);
}

function faultOfUse() {
  if (folder === undefined) return 'Usage: node tests/corpora/compare-squawk.js FOLDER [project…] [--list CATEGORY] [--sample COUNT] [--seed N]\nFOLDER holds the checkouts.';
  const missing = (wanted.length > 0 ? wanted : PROJECTS).filter((name) => !isFolder(path.resolve(folder, name)));
  if (missing.length > 0) return `Not in ${folder}: ${missing.join(', ')}.`;
  if (!existsSync(SQUAWK)) return 'squawk-cli is not installed for this platform.';
  if (options.list !== undefined && options.list !== 'all' && !CATEGORIES.includes(options.list)) return `--list: one of: ${['all', ...CATEGORIES].join(' | ')}.`;
  return undefined;
}

function isFolder(name) {
  return name !== undefined && statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What either tool says of each statement: `{ project, path, line, category, sql, ours: [], theirs: [] }`. */
function compare(root, project) {
  const { pending: _pending, ...input } = migrationInputOf(openProject({ root, cache: false }));
  const { folders, files } = analyzeMigrations(input);
  const analysed = files.filter((file) => file.dialect === 'postgres' && file.path.endsWith('.sql') && file.statements.length > 0);
  const texts = new Map(analysed.map((file) => [file.path, decodeText(input.read(file.path)).text]));
  const theirs = folders.flatMap((found) => askSquawk(root, found, analysed.map((file) => file.path).filter((name) => name.startsWith(`${found.folder}/`))));
  return analysed.flatMap((file) => placesOf({ project, file, text: texts.get(file.path), theirs: theirs.filter((finding) => finding.file === file.path) }));
}

/** squawk assumes that each statement commits by itself, unless it is told otherwise. */
function askSquawk(root, { model, server }, paths) {
  if (paths.length === 0) return [];
  const wraps = model !== undefined && model.unit !== 'statement' ? ['--assume-in-transaction'] : [];
  const version = server ? ['--pg-version', `${server.version}.0`] : [];
  const { stdout, stderr, status } = spawnSync(SQUAWK, ['--reporter', 'json', ...wraps, ...version, ...paths], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0 && status !== 1) throw new Error(`squawk ended with exit code ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function placesOf({ project, file, text, theirs }) {
  const places = new Map();
  const add = (offset, category, side, said) => {
    const statement = statementAt(file.statements, offset);
    if (statement === undefined || category === undefined) return;
    const key = `${statement.start} ${category}`;
    const sql = text.slice(statement.start, statement.end);
    const line = text.slice(0, statement.start).split('\n').length;
    const place = places.get(key) ?? { project, path: file.path, line, category, sql, ours: [], theirs: [] };
    places.set(key, place);
    place[side].push(said);
  };
  for (const hazard of [...file.hazards, ...file.hygiene]) add(hazard.start, categoryOfHazard(hazard.kind), 'ours', `${hazard.kind} ${JSON.stringify(hazard.data)}`);
  for (const finding of theirs) {
    const offset = offsetOf(text, finding.line, finding.column);
    const statement = statementAt(file.statements, offset);
    const clause = text.slice(offset, offsetOf(text, finding.line_end, finding.column_end));
    add(offset, categoryOfRule(finding.rule_name, clause, statement && text.slice(statement.start, statement.end)), 'theirs', `${finding.rule_name}: ${finding.message}`);
  }
  return [...places.values()];
}

/** Lines and columns of its JSON count from 0. */
function offsetOf(text, line, column) {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + column;
}

/** A comment before a statement belongs to it. */
function statementAt(statements, offset) {
  return statements.find((statement) => offset < statement.end);
}

function sideOf({ ours, theirs }) {
  if (ours.length > 0 && theirs.length > 0) return 'both';
  return ours.length > 0 ? 'ours' : 'theirs';
}

function printCounts(places) {
  const rows = CATEGORIES.map((category) => {
    const count = (side) => places.filter((place) => place.category === category && sideOf(place) === side).length;
    return `| ${category} | ${count('both')} | ${count('ours')} | ${count('theirs')} |`;
  });
  console.log(['| category | both | only ours | only squawk |', '| --- | --- | --- | --- |', ...rows].join('\n'));
}

/** Differences of the asked category; `--sample` draws among them, the same ones for the same seed. */
function chosenOf(places) {
  const differences = places.filter((place) => sideOf(place) !== 'both' && (options.list === undefined || options.list === 'all' || place.category === options.list));
  if (options.sample === undefined) return differences;
  const groups = new Map();
  for (const place of shuffled(differences, Number(options.seed))) {
    const name = `${place.category} ${sideOf(place)}`;
    groups.set(name, [...(groups.get(name) ?? []), place]);
  }
  const drawn = [];
  // Round by round over the groups, so that a small one is read whole before a large one is read again.
  for (let round = 0; drawn.length < Number(options.sample) && round < differences.length; round++) {
    for (const group of groups.values()) if (round < group.length && drawn.length < Number(options.sample)) drawn.push(group[round]);
  }
  return drawn;
}

/** Fisher and Yates with mulberry32. */
function shuffled(list, seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

function printPlace(place) {
  console.log(`--- ${place.category}, only ${sideOf(place) === 'ours' ? 'ours' : 'squawk'}: ${place.project} ${place.path}:${place.line}`);
  for (const said of [...place.ours, ...place.theirs]) console.log(`  ${said}`);
  console.log(`  ${place.sql.slice(0, 600).replaceAll('\n', '\n  ')}\n`);
}
