// One subject of the benchmark in a process of its own: node subject.js SUBJECT FOLDER [LIST]. Prints one line of JSON.
// LIST: file with the paths that ESLint lints, as the subject `files` gives them.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [, , subject, folder, list] = process.argv;
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

/** All source files, and those that rules judge. */
async function listFiles() {
  const { openProject } = await import('../../dist/src/project/open.js');
  const { isJudgedSource } = await import('../../dist/src/findings/judged-files.js');
  const project = openProject({ root });
  const files = [...project.files.values()];
  return { all: files.map((file) => file.path), judged: files.filter((file) => isJudgedSource(project, file)).map((file) => file.path) };
}

async function dependencyCruiser() {
  const { all: paths } = JSON.parse(readFileSync(list, 'utf8'));
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
  const { judged } = JSON.parse(readFileSync(list, 'utf8'));
  const { default: plugin } = rules ? await import('../../dist/src/index.js') : {};
  const { ESLint } = await import('eslint');
  const { default: parser } = await import('@typescript-eslint/parser');
  // The preset reads the settings of the project that ESLint runs in.
  process.chdir(root);
  const linterOptions = { noInlineConfig: true, reportUnusedDisableDirectives: 'off' };
  const base = { files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { parser }, linterOptions };
  const config = rules ? [base, ...plugin.configs.recommended] : [base];
  const linter = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config, ignorePatterns: ['!**/*'] });
  if (ready) await linter.lintFiles(judged);
  mark('start');
  const results = await linter.lintFiles(judged);
  mark('load');
  return { files: results.length, findings: results.reduce((sum, { errorCount }) => sum + errorCount, 0) };
}

const SUBJECTS = {
  files: listFiles,
  project: wholeProject,
  'dependency-cruiser': dependencyCruiser,
  parse: () => eslint({ rules: false, ready: false }),
  lint: () => eslint({ rules: true, ready: false }),
  'parse again': () => eslint({ rules: false, ready: true }),
  'lint again': () => eslint({ rules: true, ready: true }),
};

const result = await SUBJECTS[subject]();
console.log(JSON.stringify({ ...result, marks, total: cpuTime(), megabytes: process.resourceUsage().maxRSS / 1024 }));
