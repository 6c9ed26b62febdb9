import pluralize from 'pluralize';
import { snakeCase } from '../schema/naming.ts';

/** What classes and constants of tables are called besides the thing that they hold. */
const TABLE_WORDS = /(?:_(?:entity|model|schema|schema_class|table|document|collection|orm|record|row))+$/;
const TABLE_PREFIX = /^(?:tbl|tb|t)_/;

/** What repositories are called besides the thing that they keep. */
const REPOSITORY_WORDS = /_(?:repository|repositories|repo|dao|queries|query|store|persistence|data_access|impl|implementation)$/;
const REPOSITORY_PREFIX =
  /^(?:prisma|drizzle|type_?orm|knex|kysely|sequelize|mikro_?orm|mongoose|mongo|mongo_?db|sql|sqlite|my_?sql|pg|postgres|postgresql|db|database|relational|document|abstract|base|default|i)_/;

/** One name for a table, however an ORM has it written: `UserEntity`, `users` and `tbl_user` give `user`; `orderLines` gives `order_line`. */
export function entityKey(name: string): string {
  const words = snakeCase(name.slice(name.lastIndexOf('.') + 1)).replace(TABLE_PREFIX, '').replace(TABLE_WORDS, '');
  return singular(words);
}

/** The thing that a repository is named after: `PrismaUserRepository`, `users.repository` and `userQueries` give `user`; undefined where it has no such name. */
export function repositoryEntityKey(name: string): string | undefined {
  let words = snakeCase(name.replaceAll('.', '_'));
  const suffixed = words;
  for (let shorter = words.replace(REPOSITORY_WORDS, ''); shorter !== words; shorter = words.replace(REPOSITORY_WORDS, '')) words = shorter;
  if (words === suffixed) return undefined;
  for (let shorter = words.replace(REPOSITORY_PREFIX, ''); shorter !== words; shorter = words.replace(REPOSITORY_PREFIX, '')) words = shorter;
  return words === '' || REPOSITORY_PREFIX.test(`${words}_`) ? undefined : singular(words);
}

/** Whether one key holds all words of another next to each other: `order_line` those of `order`. */
export function hasWordsOf(key: string, other: string): boolean {
  return `_${key}_`.includes(`_${other}_`);
}

function singular(words: string): string {
  const at = words.lastIndexOf('_') + 1;
  return words.slice(0, at) + pluralize.singular(words.slice(at));
}
