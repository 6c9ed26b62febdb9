// One subject of the benchmark in a process of its own: node subject.js SUBJECT FOLDER. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , subject, folder] = process.argv;
const root = path.resolve(folder);
const marks = {};

/** CPU time of this process and of the children it has waited for, in milliseconds. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenTime();
}

/** Git lists the files: Linux says what it took, in hundredths of a second; elsewhere it is not counted. */
function childrenTime() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

function mark(name) {
  marks[name] = cpuTime();
}

async function openReady() {
  const { openProject } = await import('../../dist/src/project/open.js');
  mark('start');
  const project = openProject({ root });
  project.loaded.readAll();
  mark('load');
  return project;
}

/** Loads, links, asks every view, runs every rule; the cache is where the environment says. */
async function wholeProject() {
  const project = await openReady();
  const { programIndex } = await import('../../dist/src/project/calls.js');
  programIndex(project.linker);
  mark('link');
  await askViews(project);
  mark('views');
  const { rules } = await import('../../dist/rules/index.js');
  const { checkProject } = await import('../../dist/src/findings/check.js');
  const { findings } = checkProject(project, { rules });
  mark('rules');
  return { files: project.files.size, findings: findings.length };
}

async function askViews(project) {
  const { layerOf, perElementQueries, queriesOf, queriesReachedBy, routes } = await import('../../dist/src/project/index.js');
  for (const file of project.files.values()) {
    queriesOf(project, file);
    perElementQueries(project, file);
    layerOf(project, file);
  }
  for (const { handler } of routes(project)) if (handler) queriesReachedBy(project, handler);
}

async function dependencyCruiser() {
  const { openProject } = await import('../../dist/src/project/open.js');
  const paths = [...openProject({ root }).files.keys()];
  const { cruise } = await import('dependency-cruiser');
  process.chdir(root);
  mark('start');
  const { output } = await cruise(paths, { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, enhancedResolveOptions: { extensions: EXTENSIONS } });
  mark('load');
  return { files: output.modules.filter((module) => !module.couldNotResolve && !module.coreModule).length };
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** `rules`: our recommended preset; `ready`: everything that our rules ask of the project is known before the time starts. */
async function eslint({ rules, ready }) {
  const { default: plugin } = await import('../../dist/src/index.js');
  const { openProject } = await import('../../dist/src/project/open.js');
  const { isJudgedSource } = await import('../../dist/src/findings/judged-files.js');
  const { ESLint } = await import('eslint');
  const { default: parser } = await import('@typescript-eslint/parser');
  const listing = openProject({ root });
  const paths = [...listing.files.values()].filter((file) => isJudgedSource(listing, file)).map((file) => file.absolutePath);
  // The preset reads the settings of the project that ESLint runs in.
  process.chdir(root);
  const base = { files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { parser }, linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } };
  const config = rules ? [base, ...plugin.configs.recommended] : [base];
  const linter = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config, ignorePatterns: ['!**/*'] });
  if (ready) await linter.lintFiles(paths);
  mark('start');
  const results = await linter.lintFiles(paths);
  mark('load');
  return { files: results.length, findings: results.reduce((sum, { errorCount }) => sum + errorCount, 0) };
}

const SUBJECTS = {
  project: wholeProject,
  'dependency-cruiser': dependencyCruiser,
  parse: () => eslint({ rules: false, ready: false }),
  lint: () => eslint({ rules: true, ready: false }),
  'parse again': () => eslint({ rules: false, ready: true }),
  'lint again': () => eslint({ rules: true, ready: true }),
};

const result = await SUBJECTS[subject]();
const { version } = createRequire(import.meta.url)('../../package.json');
console.log(JSON.stringify({ ...result, version, marks, total: cpuTime(), megabytes: process.resourceUsage().maxRSS / 1024 }));
