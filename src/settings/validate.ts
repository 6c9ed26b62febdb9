import type { Node } from 'jsonc-parser';
import type { JsonSchema } from './schema.ts';

/** A fault in the settings. `offset`: UTF-16 index into the text. */
export interface SettingsFault {
  readonly offset: number;
  readonly message: string;
}

/** Holds a parsed text against a schema; all faults, in the order of the text. */
export function findFaults(node: Node, schema: JsonSchema, path = ''): SettingsFault[] {
  if (schema.anyOf) return findFaultsOfChoice(node, schema.anyOf, path);
  if (!hasType(node, schema)) return [fault(node, `${quoted(path)} must be ${describe(schema)}, not ${describeNode(node)}.`)];
  if (schema.enum && !schema.enum.includes(String(node.value))) {
    const closest = closestName(String(node.value), schema.enum);
    const hint = closest === undefined ? '' : ` Did you mean "${closest}"?`;
    return [fault(node, `${quoted(path)} must be ${describe(schema)}, not ${describeNode(node)}.${hint}`)];
  }
  if (schema.minimum !== undefined && Number(node.value) < schema.minimum) {
    return [fault(node, `${quoted(path)} must be ${schema.minimum} or more, not ${describeNode(node)}.`)];
  }
  if (node.type === 'array') return findFaultsOfList(node, schema, path);
  return node.type === 'object' ? findFaultsOfObject(node, schema, path) : [];
}

/** The faults of the alternative that fits the kind of value, so that they speak of what was meant. */
function findFaultsOfChoice(node: Node, choices: readonly JsonSchema[], path: string): SettingsFault[] {
  const fitting = choices.find((choice) => hasType(node, choice));
  if (fitting) return findFaults(node, fitting, path);
  return [fault(node, `${quoted(path)} must be ${choices.map(describe).join(' or ')}, not ${describeNode(node)}.`)];
}

function findFaultsOfList(node: Node, schema: JsonSchema, path: string): SettingsFault[] {
  const items = node.children ?? [];
  if (items.length < (schema.minItems ?? 0)) return [fault(node, `${quoted(path)} must not be empty.`)];
  return items.flatMap((item, index) => {
    const itemSchema = schema.prefixItems ? schema.prefixItems[index] : schema.items;
    if (schema.prefixItems && !itemSchema) return [fault(item, `${quoted(path)} has more than ${schema.prefixItems.length} items.`)];
    return itemSchema ? findFaults(item, itemSchema, `${path}[${index}]`) : [];
  });
}

function findFaultsOfObject(node: Node, schema: JsonSchema, path: string): SettingsFault[] {
  const faults: SettingsFault[] = [];
  const present = new Set<string>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key) continue;
    const name = String(key.value);
    present.add(name);
    const known = schema.properties?.[name] ?? (schema.additionalProperties || undefined);
    if (known && value) faults.push(...findFaults(value, known, path === '' ? name : `${path}.${name}`));
    if (!known && schema.additionalProperties === false) faults.push(fault(key, unknownKey(name, path, Object.keys(schema.properties ?? {}))));
  }
  const missing = (schema.required ?? []).filter((name) => !present.has(name));
  return [...faults, ...missing.map((name) => fault(node, `${quoted(path)} lacks "${name}".`))];
}

function unknownKey(name: string, path: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  const hint = closest === undefined ? `Known keys: ${known.map((key) => `"${key}"`).join(', ')}.` : `Did you mean "${closest}"?`;
  return `Unknown key "${name}"${path === '' ? '' : ` in "${path}"`}. ${hint}`;
}

function hasType(node: Node, schema: JsonSchema): boolean {
  if (schema.type === undefined) return true;
  if (schema.type === 'integer') return node.type === 'number' && Number.isInteger(node.value);
  return node.type === schema.type;
}

function describe(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => `"${value}"`).join(', ')}`;
  if (schema.prefixItems) return 'a list';
  if (schema.type === 'array') return schema.items?.type === 'string' ? 'a list of strings' : 'a list';
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'object') return schema.required ? `an object with ${schema.required.map((key) => `"${key}"`).join(' and ')}` : 'an object';
  return schema.type === 'integer' ? 'a whole number' : 'a string';
}

function describeNode(node: Node): string {
  if (node.type === 'array') return 'a list';
  return node.type === 'object' ? 'an object' : JSON.stringify(node.value);
}

function quoted(path: string): string {
  return path === '' ? 'The file' : `"${path}"`;
}

function fault(node: Node, message: string): SettingsFault {
  return { offset: node.offset, message };
}

/** The known name that was probably meant; undefined when none is near. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + Number(a[row - 1] !== b[column - 1]);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
