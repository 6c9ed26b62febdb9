// Checks the flawed shop with the built command line and says what to look at. Fails when nothing is found: then the demo shows nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';

const COMMAND = 'dist/src/cli/main.js';
const SHOP = 'docs/examples/shop/flawed';
const REPORT = 'backend-patterns-report.html';

function run(...args) {
  console.log(`\n$ backend-patterns ${args.join(' ')}\n`);
  const { status, error } = spawnSync(process.execPath, [COMMAND, ...args], { stdio: 'inherit' });
  if (error) throw error;
  return status;
}

function expectStatus(what, status, expected) {
  if (status === expected) return;
  console.error(`\n${what} ended with exit code ${status}; the demo expects ${expected}.`);
  process.exit(1);
}

expectStatus('The check of the flawed shop', run('check', '--preset', 'strict', '--root', SHOP), 1);
expectStatus('The migration analyzer', run('migrations', '--preset', 'migrations-strict', '--root', SHOP), 1);
rmSync(REPORT, { force: true });
expectStatus('The report', run('report', '--preset', 'strict', '--root', SHOP, '--out', REPORT), 0);
expectStatus('The check of the clean shop', run('check', '--preset', 'strict', '--preset', 'migrations-strict', '--root', 'docs/examples/shop/clean'), 0);
if (!existsSync(REPORT)) {
  console.error(`\n${REPORT} was not written.`);
  process.exit(1);
}

console.log(`
What to look at:
  ${REPORT}   open it in a browser: verdict, findings, routes with their way to the tables, migrations
  docs/examples/shop/README.md   what is wrong with the flawed shop, rule by rule; the clean one beside it has no findings
  docs/examples/migrations/      what TypeORM, goose, MySQL and SQLite get wrong in ways of their own
  docs/rules/                    why each rule exists, with examples
Next:
  node ${COMMAND} explain ${SHOP}/src/users/users.service.ts:14   (what is believed about a line, and why)
  node ${COMMAND} migrations --plan --root ${SHOP}   (the safe way of each migration, as text that can be pasted)
  node ${COMMAND} check --root FOLDER   (a backend of yours)`);
