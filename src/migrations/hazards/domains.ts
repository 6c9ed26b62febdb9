import { formatName, quoteName } from '../column-types.ts';
import type { Hazard, HazardContext } from '../hazards.ts';
import type { Statement } from '../statements.ts';

/** Constraints of a domain are checked in every table that uses it. */
export function findDomainHazards(statement: Statement, context: HazardContext): Hazard[] {
  if (statement.kind !== 'alterDomain') return [];
  const { action, constraint, start, end } = statement;
  const adds = (action === 'addConstraint' && constraint?.notValid !== true) || action === 'setNotNull';
  // Where no table has a column of it there is nothing to be read.
  if (!adds || context.effects.scans.length === 0) return [];
  const domain = formatName(statement.domain);
  const name = quoteName(constraint?.name ?? `${statement.domain.name}_check`);
  const expression = action === 'setNotNull' ? 'VALUE IS NOT NULL' : (constraint?.expression?.text ?? '…');
  const remedy =
    `First \`ALTER DOMAIN ${domain} ADD CONSTRAINT ${name} CHECK (${expression}) NOT VALID;\`, and in the next migration ` +
    `\`ALTER DOMAIN ${domain} VALIDATE CONSTRAINT ${name};\`; or put the check on the columns, table by table.`;
  return [{ kind: 'domainScans', start, end, data: { domain, remedy } }];
}
