import { formatName, quoteName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import type { Statement } from '../statements.ts';
import { writtenRelation } from './held-locks.ts';

const ONLY_NEW =
  'put the check on the columns instead, table by table, as `NOT VALID`, and validate it there, which lets writes go on. ' +
  '`NOT VALID` on the domain leaves rows that are there alone, but validating it later takes the same locks.';

/** Constraints of a domain are checked in every table that has a column of it, also when they are validated later. */
export function findDomainHazards(statement: Statement, { effects }: HazardContext): Hazard[] {
  // Where no table has a column of it there is nothing to be read.
  if (statement.kind !== 'alterDomain' || effects.scans.length === 0) return [];
  const { action, constraint, domain: name, start, end } = statement;
  const domain = formatName(name);
  const tables = effects.scans.map((relation) => `\`${writtenRelation(relation)}\``).join(', ');
  const add = `\`ALTER DOMAIN ${domain} ADD CONSTRAINT ${quoteName(constraint?.name ?? `${name.name}_check`)} CHECK (${constraint?.expression?.text ?? 'VALUE IS NOT NULL'}) NOT VALID;\``;
  const remedy = action === 'validateConstraint' ? `Do it while nothing writes to them, or ${ONLY_NEW}` : `Where only new rows matter, write ${add}; else ${ONLY_NEW}`;
  return [{ kind: 'domainScans', start, end, data: { domain, tables, remedy } }];
}
