import { evaluate } from '../../project/evaluate.ts';
import type { External } from '../../project/origins.ts';
import type { Project } from '../../project/project.ts';
import type { Query } from '../../project/queries.ts';
import type { SourceFile } from '../../project/types.ts';
import type { ValueId } from '../../facts/types.ts';
import type { Model } from '../../schema/model.ts';
import type { ModelIndex } from './model-index.ts';
import { walkKeys, type KeyWalk } from './model-keys.ts';
import type { UseCollector } from './use-table.ts';

/** Columns of Drizzle tables that a file reads as members: `users.email`, also of `alias(users, 'u')`. */
export function collectTableMembers(project: Project, file: SourceFile, models: ModelIndex, properties: ReadonlySet<string>, uses: UseCollector): void {
  const { values } = file.facts;
  values.forEach((fact) => {
    if (fact.kind !== 'member' || !properties.has(fact.property)) return;
    const object = values[fact.object];
    if (object?.kind !== 'name' && object?.kind !== 'member') return;
    const model = tableOf(project, models, file, fact.object);
    if (!model) return;
    const text = `${nameIn(file, fact.object)}.${fact.property}`;
    uses.addProperty(model, fact.property, { path: file.path, start: fact.propertyStart, end: fact.propertyStart + fact.property.length, kind: 'member', text });
  });
}

function nameIn({ facts }: SourceFile, id: ValueId): string {
  const fact = facts.values[id];
  if (fact?.kind === 'name') return facts.bindings[fact.binding]?.name ?? '';
  return fact?.kind === 'member' ? fact.property : '';
}

function tableOf(project: Project, models: ModelIndex, file: SourceFile, value: ValueId, depth = 0): Model | undefined {
  for (const origin of evaluate(project.linker, file, value)) {
    const site = origin.kind === 'external' && origin.step?.kind === 'call' ? origin.step.site : undefined;
    if (origin.kind !== 'external' || !site) continue;
    const own = models.byValue.get(`${site.file.path}#${site.value}`);
    if (own) return own;
    const call = site.file.facts.values[site.value];
    const [first] = call?.kind === 'call' && isAlias(origin) && depth < 3 ? call.args : [];
    const aliased = first === undefined ? undefined : tableOf(project, models, site.file, first, depth + 1);
    if (aliased) return aliased;
  }
  return undefined;
}

function isAlias({ parent }: External): boolean {
  return parent?.step?.kind === 'get' && /^(?:alias|aliasedTable)$/.test(parent.step.name);
}

/** Columns of entities that a file assigns, to be saved later: `user.email = email`. */
export function collectAssignments(project: Project, file: SourceFile, models: ModelIndex, properties: ReadonlySet<string>, uses: UseCollector): void {
  const { values, assignments } = file.facts;
  for (const id of assignments) {
    const fact = values[id];
    const target = fact?.kind === 'assign' ? values[fact.target] : undefined;
    if (target?.kind !== 'member' || !properties.has(target.property)) continue;
    const model = entityAt(project, models, file, target.object);
    if (!model) continue;
    const { property, propertyStart } = target;
    uses.addProperty(model, property, { path: file.path, start: propertyStart, end: propertyStart + property.length, kind: 'member', text: `${model.name}.${property} =` });
  }
}

/** The entity that a value is an instance of: by its class, or by what a finder of the class gave. */
function entityAt(project: Project, models: ModelIndex, file: SourceFile, value: ValueId): Model | undefined {
  for (const origin of evaluate(project.linker, file, value)) {
    if (origin.kind === 'instance') {
      const own = models.byClass.get(`${origin.file.path}#${origin.class}`);
      if (own) return own;
    }
    for (let at: External | undefined = origin.kind === 'external' ? origin : undefined; at?.step; at = at.parent) {
      const by = at.step.kind === 'extended' ? at.step.by : undefined;
      const own = by && models.byClass.get(`${by.file.path}#${by.class}`);
      if (own) return own;
    }
  }
  return undefined;
}

/** What a statement of Drizzle names beside members: keys of inserted and updated rows, options of relational queries. */
export function collectDrizzleKeys(walk: KeyWalk, query: Query, model: Model): void {
  const { file, chain, code } = query;
  for (const { name, args } of chain) {
    if (name === 'values' || name === 'set') for (const value of args) walkKeys(walk, { file, value }, model, code);
    if (name === 'findMany' || name === 'findFirst') for (const value of args) walkKeys(walk, { file, value }, model, code);
    if (name !== 'onConflictDoUpdate' && name !== 'onDuplicateKeyUpdate') continue;
    for (const arg of args) {
      const fact = file.facts.values[arg];
      const set = fact?.kind === 'object' ? fact.properties.find(({ key }) => key === 'set') : undefined;
      if (set) walkKeys(walk, { file, value: set.value }, model, code);
    }
  }
}

/** Whether a statement asks for whole rows. */
export function selectsEveryColumn(query: Query): boolean {
  const { values } = query.file.facts;
  const hasKey = (args: readonly ValueId[], ...keys: string[]): boolean =>
    args.some((arg) => {
      const fact = values[arg];
      return fact?.kind === 'object' && fact.properties.some(({ key, spread }) => (key !== undefined && keys.includes(key)) || spread === true);
    });
  const first = query.chain.find((link) => link.call === query.head)?.args ?? [];
  const isCount = /^(?:count|aggregate|groupBy|sum|average|min|max|minimum|maximum|exist|delete|destroy|remove|truncate|increment|decrement|restore)/i.test(query.method);
  switch (query.library) {
    case 'prisma':
      return !isCount && !/Many$/.test(query.method.replace('findMany', 'find')) && !hasKey(first, 'select');
    case 'drizzle': {
      const select = query.chain.find(({ name }) => /^select/.test(name));
      if (select) return select.args.length === 0;
      if (query.chain.some(({ name }) => name === 'findMany' || name === 'findFirst')) return !hasKey(first, 'columns');
      return query.chain.some(({ name, args }) => name === 'returning' && args.length === 0);
    }
    case 'typeorm':
      return query.operation === 'read' && !isCount && !hasKey(first, 'select') && !query.chain.some(({ name }) => name === 'select');
    case 'sequelize':
      return query.operation === 'read' && !isCount && !hasKey(first, 'attributes');
    default:
      return false;
  }
}
