import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOOL_NAMES, type MigrationTool } from '../../../src/migrations/migration-files.ts';
import { transactionModelOf } from '../../../src/migrations/planner/tool-models.ts';
import type { TransactionUnit } from '../../../src/migrations/planner/transaction-model.ts';
import { casesTable } from './cases-table.ts';

const page = readFileSync(new URL('../../../docs/transactions.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Tool'))
  .map((line) => line.split('|').map((cell) => cell.trim()).slice(1, -1))
  .filter((cells) => cells.length === 6)
  .map(([tool = '', versions = '', setting = '', unit = '', optedOut = '']) => ({ tool, versions, setting, unit, optedOut }));

const UNITS: Readonly<Record<TransactionUnit, string>> = {
  statement: 'each statement',
  batch: 'a file of several statements',
  file: 'each file',
  pending: 'all pending migrations',
};

function modelOf(name: string, versions: string, setting: string): ReturnType<typeof transactionModelOf> {
  const tool = Object.keys(TOOL_NAMES).find((id) => TOOL_NAMES[id as MigrationTool] === name) as MigrationTool;
  const before = versions.startsWith('before');
  const [major, minor] = (/(\d+)\.(\d+)/.exec(versions) ?? ['', '9', '9']).slice(1).map(Number) as [number, number];
  const version = { major, minor: before ? minor - 1 : minor, text: before ? `${major}.${minor - 1}.0` : (/[\d.]+/.exec(versions)?.[0] ?? '9.9.0'), place: 'package.json' };
  const [key, value] = setting.replaceAll('`', '').split(': ');
  const settings = key !== undefined && value !== undefined ? [{ name: key, value, place: 'x' }] : [];
  return transactionModelOf(tool, { dialect: 'postgres', version, settings });
}

describe('the page on transactions', () => {
  it('has a row for every tool', () => {
    expect([...new Set(rows.map(({ tool }) => tool))].sort()).toEqual(Object.values(TOOL_NAMES).sort());
  });

  it.each(rows)('$tool $versions $setting', ({ tool, versions, setting, unit, optedOut }) => {
    const model = modelOf(tool, versions, setting);
    expect(UNITS[model.unit]).toBe(unit);
    if (optedOut === '–') expect(model.optedOut).toBe(model.unit);
    else expect(model.refusesOptOut ? `${tool} fails` : UNITS[model.optedOut]).toBe(optedOut);
  });

  it('shows the cases as they are', () => {
    const [, shown = ''] = page.split('<!-- begin generated cases -->');
    expect(shown.split('<!-- end generated cases -->')[0]?.trim()).toBe(casesTable());
  });
});
