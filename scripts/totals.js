// Adds up the totals of vitest's JSON reports named on the command line and prints `N passed, N failed`.
// A report that is missing, or a stage in which no test ran, counts as one failure: nothing is green unless it ran.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    console.error(`No report at ${path}: the stage stopped before its tests ran.`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
  passed += report.numPassedTests;
  failed += report.numFailedTests + brokenFiles;
  if (report.numPassedTests + report.numFailedTests > 0) continue;
  console.error(`No test ran in ${path}.`);
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
