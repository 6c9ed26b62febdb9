import type { Model } from '../../src/schema/model.ts';

/** How an index is written for the library of a model, and where it goes. */
export interface IndexWords {
  readonly place: string;
  readonly index: string;
}

const WORDS: Readonly<Record<string, (properties: readonly string[], columns: readonly string[]) => IndexWords>> = {
  prisma: (properties) => ({ place: 'to the model', index: `@@index([${properties.join(', ')}])` }),
  drizzle: (properties) => ({ place: 'to the third argument of the table', index: `index().on(${properties.map((each) => `t.${each}`).join(', ')})` }),
  typeorm: (properties) => {
    if (properties.length === 1) return { place: 'to the property', index: '@Index()' };
    return { place: 'to the class', index: `@Index([${properties.map((each) => `'${each}'`).join(', ')}])` };
  },
  'mikro-orm': (properties) => {
    if (properties.length === 1) return { place: 'to the property', index: '@Index()' };
    return { place: 'to the class', index: `@Index({ properties: [${properties.map((each) => `'${each}'`).join(', ')}] })` };
  },
  sequelize: (_, columns) => ({ place: 'to the options of the model', index: `indexes: [{ fields: [${columns.map((each) => `'${each}'`).join(', ')}] }]` }),
};

/** An index on properties of a model, in the words of its library; properties and columns in the same order. */
export function indexWords({ library, table }: Model, properties: readonly string[], columns: readonly string[]): IndexWords {
  return WORDS[library]?.(properties, columns) ?? { place: 'to a migration', index: `CREATE INDEX ON ${table} (${columns.join(', ')})` };
}
