import type { MigrationFile } from './migration-files.ts';

/** Position of the first file that is judged. `since`: a migration's name or its beginning, or a date (`2025-01-31`, `2025-01-31T12:00`). */
export function firstJudged(files: readonly MigrationFile[], since: string | undefined): number {
  if (since === undefined || since === '') return 0;
  const date = dateOf(since);
  if (date !== undefined && files.some((file) => timeOf(file) !== undefined)) return firstWhere(files, (file) => (timeOf(file) ?? -Infinity) >= date);
  const named = files.findIndex((file) => file.name.startsWith(since));
  if (named !== -1) return named;
  // The name is one of another folder: what came later there came later here, where both say when.
  const moment = timeIn(since);
  if (moment !== undefined && files.some((file) => timeOf(file) !== undefined)) return firstWhere(files, (file) => (timeOf(file) ?? -Infinity) >= moment);
  return firstWhere(files, (file) => file.name >= since);
}

function firstWhere(files: readonly MigrationFile[], holds: (file: MigrationFile) => boolean): number {
  const position = files.findIndex(holds);
  return position === -1 ? files.length : position;
}

function dateOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+Z?)?$/.test(text)) return undefined;
  const time = Date.parse(text.length === 10 ? text : `${text.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function timeOf({ name, created }: MigrationFile): number | undefined {
  return created ?? timeIn(name);
}

const SECOND = 1000;
/** Times before and after these are none of migrations: 2000 and 2100. */
const [EARLIEST, LATEST] = [946_684_800_000, 4_102_444_800_000];

/** Milliseconds since 1970 by the timestamp in a name: `20250131120000_x`, `2025-01-31_x`, `1738324800000-X` (milliseconds), `1738324800_x` (seconds). */
function timeIn(name: string): number | undefined {
  const calendar = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?:[-_.T]?([01]\d|2[0-3])[-_.]?([0-5]\d)[-_.]?([0-5]\d)?)?(?:\d{3})?(?!\d)/.exec(name);
  if (calendar) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = calendar.slice(1).map((part) => Number(part ?? 0));
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
  const epoch = /(?<!\d)(\d{10}|\d{13})(?!\d)/.exec(name)?.[1];
  if (epoch === undefined) return undefined;
  const time = epoch.length === 10 ? Number(epoch) * SECOND : Number(epoch);
  return time >= EARLIEST && time < LATEST ? time : undefined;
}
