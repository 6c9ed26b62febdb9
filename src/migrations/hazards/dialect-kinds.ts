/** What only SQLite does. */
export type SqliteHazardKind =
  | 'addColumnFails'
  | 'dropColumnFails'
  | 'rebuildDeletesRows'
  | 'rebuildFails'
  | 'rebuildLosesIndex'
  | 'rebuildLosesValues'
  | 'rebuildBreaksView'
  | 'rebuildRenamesAway'
  | 'rebuildCopiesName'
  | 'rebuildCopiesMissing';

/** What only MySQL and MariaDB do. */
export type MysqlHazardKind =
  | 'copiesTable'
  | 'blocksWrites'
  | 'varcharCrossesByte'
  | 'algorithmRefused'
  | 'inlineReferencesIgnored'
  | 'partiallyApplied'
  | 'updatesAllRows'
  | 'addNotNullImplicit';
