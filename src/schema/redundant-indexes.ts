import type { Model, ModelIndex } from './model.ts';

/** An index that another one of the same table makes useless. */
interface RedundantIndex {
  readonly index: ModelIndex;
  readonly by: ModelIndex;
}

/** Indexes that another begins with, and those that stand twice. Of several that would do, the shortest is named. */
export function redundantIndexes({ indexes }: Model): RedundantIndex[] {
  const usable = indexes.filter(isComparable);
  return usable.flatMap((index) => {
    const better = usable.filter((other) => other !== index && replaces(usable, other, index)).sort((a, b) => a.columns.length - b.columns.length);
    const [by] = better;
    return by ? [{ index, by }] : [];
  });
}

/** Other orders, operators and methods serve other queries, and a partial index other rows. */
function isComparable({ plain, partial, columns }: ModelIndex): boolean {
  return plain && !partial && columns.length > 0 && columns.every((column) => column !== null);
}

function replaces(all: readonly ModelIndex[], other: ModelIndex, index: ModelIndex): boolean {
  if (!index.columns.every((column, position) => other.columns[position] === column)) return false;
  // A longer one may be unique without what is unique here.
  if (other.columns.length > index.columns.length) return index.kind === 'index';
  // Of two that are equal, the one that promises less goes, or else the later.
  const [mine, its] = [RANK[index.kind], RANK[other.kind]];
  return its > mine || (its === mine && all.indexOf(other) < all.indexOf(index));
}

const RANK = { index: 0, unique: 1, primary: 2 } as const;
