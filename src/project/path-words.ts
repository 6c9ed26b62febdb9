import type { HttpMethod } from '../libraries/types.ts';

/** Verbs that say what the method of a request already says, with that method. */
export const CRUD_VERBS: Readonly<Record<string, HttpMethod>> = {
  get: 'GET',
  list: 'GET',
  fetch: 'GET',
  find: 'GET',
  retrieve: 'GET',
  read: 'GET',
  create: 'POST',
  add: 'POST',
  new: 'POST',
  insert: 'POST',
  make: 'POST',
  update: 'PATCH',
  edit: 'PATCH',
  modify: 'PATCH',
  save: 'PUT',
  set: 'PUT',
  delete: 'DELETE',
  remove: 'DELETE',
  destroy: 'DELETE',
};

/** Segments of a path, without the empty ones. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

export function isPlainSegment(segment: string): boolean {
  return /^[A-Za-z][\w-]*$/.test(segment);
}

/** Words of a segment in lower case: `getUserOrders`, `get-user-orders` and `get_user_orders` are the same. */
export function wordsOf(segment: string): readonly string[] {
  return segment
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .split(/[-_]/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
