// Keeps the folder table. Fails when dependency-cruiser saw fewer files than there are: a run that looks at nothing finds nothing.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import configuration, { SOURCES } from '../.dependency-cruiser.mjs';

const { forbidden, options } = configuration;
const { output } = await cruise(['src', 'rules', 'configs'], { ...options, ruleSet: { forbidden }, validate: true }, {}, { tsConfig: extractTSConfig('./tsconfig.json') });

const comments = new Map(forbidden.map((rule) => [rule.name, rule.comment]));
for (const { from, to, rule } of output.summary.violations) console.error(`${from} → ${to}\n  ${rule.name}: ${comments.get(rule.name)}`);

const seen = new Set(output.modules.map((module) => module.source));
const unseen = SOURCES.filter((path) => !seen.has(path));
for (const path of unseen) console.error(`${path} was not looked at.`);

console.log(`${SOURCES.length - unseen.length} of ${SOURCES.length} files, ${output.summary.totalDependenciesCruised} dependencies, ${output.summary.violations.length} violations.`);
const isGreen = unseen.length === 0 && SOURCES.length > 0 && output.summary.totalDependenciesCruised > SOURCES.length && output.summary.violations.length === 0;
process.exitCode = isGreen ? 0 : 1;
