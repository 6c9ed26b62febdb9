// Time and memory of the command `migrations` on generated SQL files, beside squawk-cli on the same files: npm run bench:migrations -- [--files 1000] [--runs 5]
// Each run is a process of its own; wall time with start-up, the least of all runs. CPU time (user and system) says what it takes when others use the machine too.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const COMMAND = path.join(ROOT, 'dist/src/cli/main.js');
const SQUAWK = path.join(ROOT, 'node_modules/@squawk-cli/linux-x64/bin/squawk');

/** Figures to reach with 1,000 files. */
const GOALS = { seconds: 2, megabytes: 250 };

const { values } = parseArgs({ options: { files: { type: 'string', default: '1000' }, runs: { type: 'string', default: '5' } } });
const [count, runs] = [Number(values.files), Number(values.runs)];
const folder = mkdtempSync(path.join(tmpdir(), 'backend-patterns-migrations-'));

try {
  const paths = writeMigrations();
  const size = paths.reduce((sum, file) => sum + readFileSync(file).length, 0);
  console.log(`${count} files, ${Math.round(size / 1024)} kB; ${runs} runs each, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`);
  const own = measure(process.execPath, [...memoryHook(), COMMAND, 'migrations', '--root', folder, '--format', 'json', '--no-cache']);
  const { coverage, findings } = JSON.parse(own.output).migrations === undefined ? { findings: [] } : JSON.parse(own.output);
  console.log(`backend-patterns migrations: ${own.seconds.toFixed(2)} s (CPU ${own.cpu.toFixed(2)} s), ${own.megabytes.toFixed(0)} MB, ${findings.length} findings`);
  if (coverage === undefined || findings.length === 0) throw new Error('Nothing was found: the measurement means nothing.');
  if (existsSync(SQUAWK)) {
    const rival = measure(SQUAWK, ['--reporter', 'json', ...paths]);
    console.log(`squawk-cli: ${rival.seconds.toFixed(2)} s, ${JSON.parse(rival.output).length} findings; ratio ${(own.seconds / rival.seconds).toFixed(1)}`);
  } else {
    console.log('squawk-cli is not installed for this platform and is left out.');
  }
  for (const [name, goal] of Object.entries(GOALS)) console.log(`${own[name] <= goal ? 'reached' : 'missed '}  ${name}: ${own[name].toFixed(2)} (goal ${goal}, with 1,000 files)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Tells the peak of resident memory and the CPU time when the process ends. */
function memoryHook() {
  const hook = path.join(folder, 'memory.mjs');
  const target = JSON.stringify(path.join(folder, 'memory.txt'));
  writeFileSync(hook, `import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => writeFileSync(${target}, JSON.stringify(process.resourceUsage())));\n`);
  return ['--import', pathToFileURL(hook).href];
}

function measure(program, args) {
  let seconds = Infinity;
  let megabytes = 0;
  let cpu = Infinity;
  let output = '';
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const { stdout, status, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 29 });
    if (error) throw error;
    if (status !== 0 && status !== 1) throw new Error(`${path.basename(program)} ended with exit code ${status}.`);
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    const memory = path.join(folder, 'memory.txt');
    if (existsSync(memory)) {
      const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(memory, 'utf8'));
      megabytes = Math.max(megabytes, maxRSS / 1024);
      cpu = Math.min(cpu, (userCPUTime + systemCPUTime) / 1e6);
    }
    output = stdout;
  }
  return { seconds, cpu, megabytes, output };
}

/** A history of tables that later migrations change, half of them dangerously. */
function writeMigrations() {
  const migrations = path.join(folder, 'db', 'migrations');
  mkdirSync(migrations, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "bench", "dependencies": { "pg": "^8.0.0" } }\n');
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(migrations, `${String(i + 1).padStart(5, '0')}_step.sql`);
    writeFileSync(file, migrationText(i));
    return file;
  });
}

function migrationText(i) {
  const table = `accounts_${Math.floor(i / 4)}`;
  const texts = [
    `CREATE TABLE ${table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  owner_id bigint NOT NULL,\n  name text NOT NULL,\n  balance numeric(12, 2) NOT NULL DEFAULT 0,\n  created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX ${table}_owner_idx ON ${table} (owner_id);\nCOMMENT ON TABLE ${table} IS 'What an owner has';\n`,
    `-- Needed for the statements of each month\nALTER TABLE ${table}\n  ADD COLUMN closed_at timestamptz,\n  ADD COLUMN state text NOT NULL DEFAULT 'open',\n  ALTER COLUMN balance TYPE numeric(14, 2);\nCREATE INDEX CONCURRENTLY ${table}_closed_idx ON ${table} (closed_at) WHERE closed_at IS NOT NULL;\n`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_name_key UNIQUE (name);\nALTER TABLE ${table} ADD CONSTRAINT ${table}_state CHECK (state IN ('open', 'closed', 'locked'));\nUPDATE ${table} SET state = 'closed' WHERE closed_at IS NOT NULL;\n`,
    `ALTER TABLE ${table} ALTER COLUMN closed_at SET NOT NULL;\nALTER TABLE ${table} RENAME COLUMN name TO title;\nDROP INDEX ${table}_owner_idx;\nCREATE OR REPLACE VIEW ${table}_open AS SELECT id, title, balance FROM ${table} WHERE state = 'open';\n`,
  ];
  return texts[i % 4];
}
