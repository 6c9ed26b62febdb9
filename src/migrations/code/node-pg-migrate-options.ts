import { nameOf, type PgName } from './node-pg-migrate-columns.ts';
import type { BuilderCall, BuilderMethod } from './renderers.ts';
import { entryOf, findBoolean, findText, type Value } from './values.ts';

/** SQL of a call. */
export type Render = (call: BuilderCall) => string | readonly string[];

export function sending(render: Render): BuilderMethod {
  return (call) => {
    const sql = render(call);
    for (const statement of typeof sql === 'string' ? [sql] : sql) call.emit(statement);
    return undefined;
  };
}

export const flag = (options: Value | undefined, key: string): boolean => findBoolean(entryOf(options, key), `\`${key}\``) ?? false;
export const option = (options: Value | undefined, key: string): string | undefined => findText(entryOf(options, key), `\`${key}\``);
export const table = (call: BuilderCall): PgName => nameOf(call.args[0], 'the name of the table');
export const shorthands = (call: BuilderCall): Value | undefined => call.memory.get('shorthands') as Value | undefined;
