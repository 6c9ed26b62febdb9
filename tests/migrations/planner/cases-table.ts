import { cases } from './cases.ts';

const SAID: Readonly<Record<string, string>> = {
  nested: '`BEGIN` within a transaction',
  ended: 'ends the transaction of the tool',
  uncommitted: '`BEGIN` without `COMMIT`',
  optOutRefused: 'the tool refuses the opt-out',
  optOutElsewhere: 'runs on another connection',
};

/** The cases as a table of Markdown. */
export function casesTable(): string {
  const rows = cases.map(([name, { sql }, scopes, faults = []]) => {
    const statements = sql.trim().replaceAll('|', '\\|');
    return `| ${name} | \`${statements}\` | ${scopes.replaceAll(/(^| )-(?= |$)/g, '$1–')} | ${faults.map((fault) => SAID[fault] ?? fault).join(', ')} |`;
  });
  return ['| Case | Statements | Transaction of each statement | Said |', '|---|---|---|---|', ...rows].join('\n');
}
