import { COLUMN_CASES } from './column-cases.ts';
import { CONSTRAINT_CASES } from './constraint-cases.ts';
import type { LockCase } from './lock-case.ts';
import { OBJECT_CASES } from './object-cases.ts';
import { TABLE_CASES } from './table-cases.ts';

export type { LockCase } from './lock-case.ts';

/** Every statement whose locks are measured on a server; the ids are the keys of the measured files. */
export const LOCK_CASES: readonly LockCase[] = [...COLUMN_CASES, ...CONSTRAINT_CASES, ...TABLE_CASES, ...OBJECT_CASES];
