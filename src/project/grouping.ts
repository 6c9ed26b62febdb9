/** Adds an item to the list under a key. */
export function addTo<K, T>(table: Map<K, T[]>, key: K, item: T): void {
  const list = table.get(key);
  if (list) list.push(item);
  else table.set(key, [item]);
}
