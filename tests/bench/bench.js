// Time and memory on a folder: npm run bench -- FOLDER [--runs 5] [--only SUBJECT]… [--json]
// Each run is a process of its own. CPU time (user and system, children included) is the least of all runs: it hardly depends on what else the machine does.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SUBJECT = path.join(path.dirname(fileURLToPath(import.meta.url)), 'subject.js');
/** Cold runs each start with an empty cache and fill it; what they leave is what the warm ones find. */
const SUBJECTS = ['cold', 'warm', 'dependency-cruiser', 'parse', 'lint', 'parse again', 'lint again'];

/** Figures to reach, on 2,000 files and more. */
const GOALS = [
  ['cold, all in, ms a file', ({ cold }) => cold.total / cold.files, 3],
  ['cold, peak memory, MB', ({ cold }) => cold.megabytes, 350],
  ['warm, facts loaded, ms a file', ({ warm }) => warm.steps.load / warm.files, 0.3],
  ['ESLint with all rules, project warm : ESLint parsing', ({ parse, lint }) => lint.steps.load / parse.steps.load, 1.15],
  ['the same, project in memory', (all) => all['lint again'].steps.load / all['parse again'].steps.load, 1.15],
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string', multiple: true }, json: { type: 'boolean' } },
});
const [folder] = positionals;
const runs = Number(options.runs);
const unknown = (options.only ?? []).filter((name) => !SUBJECTS.includes(name));

if (folder === undefined || !existsSync(folder) || !(runs >= 1) || unknown.length > 0) {
  console.error(`npm run bench -- FOLDER [--runs 5] [--only SUBJECT]… [--json]\nFOLDER is the root of a project. SUBJECT is one of: ${SUBJECTS.join(', ')}.`);
  process.exitCode = 2;
} else {
  benchmark(SUBJECTS.filter((name) => !options.only || options.only.includes(name)));
}

function benchmark(subjects) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'backend-patterns-bench-'));
  const places = { cache: path.join(temporary, 'cache'), list: path.join(temporary, 'files.json') };
  try {
    writeFileSync(places.list, JSON.stringify(runOnce('files', places) ?? {}));
    const results = {};
    for (const name of subjects) {
      const result = measure(name, places);
      if (result) results[name] = result;
    }
    if (options.json) console.log(JSON.stringify({ results, goals: goalsOf(results) }, undefined, 2));
    else print(results);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function measure(name, places) {
  const subject = name === 'cold' || name === 'warm' ? 'project' : name;
  // One run more, which is not counted, so that what is warm finds a cache.
  if (name !== 'cold' && name !== 'dependency-cruiser') runOnce('project', places);
  const taken = [];
  for (let run = 0; run < runs; run++) {
    if (name === 'cold') rmSync(places.cache, { recursive: true, force: true });
    const result = runOnce(subject, places);
    if (!result) return undefined;
    taken.push(result);
  }
  const best = taken.reduce((least, result) => (result.total < least.total ? result : least));
  const steps = stepsOf(best.marks);
  for (const result of taken) for (const [step, time] of Object.entries(stepsOf(result.marks))) steps[step] = Math.min(steps[step], time);
  return { files: best.files, findings: best.findings, total: best.total, steps, megabytes: Math.max(...taken.map((result) => result.megabytes)) };
}

/** The caches of projects without node_modules lie where the environment says. */
function runOnce(subject, { cache, list }) {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  try {
    const running = { env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] };
    const output = execFileSync(process.execPath, [SUBJECT, subject, folder, list], running);
    return JSON.parse(output.trim().split('\n').at(-1));
  } catch (error) {
    console.error(`${subject} failed and is left out: ${String(error.stderr || error.message).trim().split('\n').slice(0, 8).join('\n  ')}`);
    return undefined;
  }
}

function stepsOf(marks) {
  const entries = Object.entries(marks);
  return Object.fromEntries(entries.map(([name, at], index) => [name, at - (entries[index - 1]?.[1] ?? 0)]));
}

function print(results) {
  console.log(`${runs} runs each, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n`);
  const rows = [['subject', 'files', 'CPU s', 'ms a file', 'peak MB', 'steps, ms a file']];
  for (const [name, { files, total, steps, megabytes }] of Object.entries(results)) {
    const parts = Object.entries(steps).map(([step, time]) => (step === 'start' ? `start ${Math.round(time)} ms` : `${step} ${(time / files).toFixed(2)}`));
    rows.push([name, String(files), (total / 1000).toFixed(2), (total / files).toFixed(2), megabytes.toFixed(0), parts.join(', ')]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd());
  console.log('');
  for (const { name, value, goal } of goalsOf(results)) console.log(`${value <= goal ? 'reached' : 'missed '}  ${name}: ${value.toFixed(2)} (goal ${goal})`);
}

function goalsOf(results) {
  return GOALS.flatMap(([name, figure, goal]) => {
    try {
      return [{ name, value: figure(results), goal }];
    } catch {
      // A subject that failed or was not asked for.
      return [];
    }
  });
}
