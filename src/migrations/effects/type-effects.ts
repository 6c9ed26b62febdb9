import { findDomain, findSequence } from '../replayed-schema.ts';
import type { AlterDomainStatement, SequenceStatement } from '../statements.ts';
import { findTarget, hasColumnOfType, type Collector } from './collector.ts';

export function sequenceEffects({ kind, sequence: name, ownedBy, options = [] }: SequenceStatement, collector: Collector): void {
  const { schema } = collector;
  if (ownedBy && ownedBy !== 'none') collector.lock(findTarget(schema, ownedBy.table), 'AccessShareLock');
  const sequence = findSequence(schema, name);
  if (kind === 'createSequence' || !sequence) return;
  collector.lock(sequence, 'ShareRowExclusiveLock');
  if (options.some((option) => option !== 'owned_by')) collector.rewrite(sequence);
}

/** A new condition is checked in every table that has a column of the domain. */
export function domainEffects({ domain: name, action, constraint }: AlterDomainStatement, collector: Collector): void {
  const isChecked = action === 'setNotNull' || action === 'validateConstraint' || (action === 'addConstraint' && constraint?.notValid !== true);
  const domain = findDomain(collector.schema, name);
  if (!isChecked || (action === 'setNotNull' && domain?.notNull)) return;
  for (const table of collector.schema.tables.values()) {
    if (!hasColumnOfType(table, name)) continue;
    collector.lock(table, 'ShareLock');
    collector.scan(table);
  }
}
