import type { ValueId } from '../facts/types.ts';
import type { ChainLink } from './builder-chain.ts';
import { callFact } from './calls.ts';
import type { SourceFile } from './types.ts';

const MAX_LENGTH = 60;

/** A query as people say it: `prisma.user.findMany`, `db.select().from(users)`, `User.findAll`, `knex('users').where`. */
export function queryCode(file: SourceFile, head: ValueId, chain: readonly ChainLink[], model: string | undefined): string {
  const fact = callFact(file, head);
  if (!fact) return '';
  const callee = spoken(file, fact.kind === 'tagged' ? fact.tag : fact.callee);
  const at = chain.findIndex((link) => link.call === head);
  const from = chain.slice(at + 1).find((link) => TABLE_LINKS.has(link.name));
  if (from && model) return shortened(`${callee}().${from.name}(${model})`);
  const [first] = fact.kind === 'tagged' ? [] : fact.args;
  const named = first === undefined ? undefined : file.facts.values[first];
  // A client that is called itself (`knex('users')`) or told the table as an argument (`db.insert(users)`).
  if (model && named && first !== undefined && argumentSays(file, first, model)) {
    const literal = named.kind === 'literal';
    const next = literal && at >= 0 ? chain[at + 1] : undefined;
    return shortened(`${callee}(${literal ? `'${model}'` : model})${next ? `.${next.name}` : ''}`);
  }
  return shortened(callee);
}

const TABLE_LINKS = new Set(['from', 'into']);

function argumentSays(file: SourceFile, id: ValueId, model: string): boolean {
  const fact = file.facts.values[id];
  if (fact?.kind === 'literal') return typeof fact.value === 'string' && fact.value.startsWith(model);
  if (fact?.kind === 'name') return file.facts.bindings[fact.binding]?.name === model;
  return fact?.kind === 'member' && fact.property === model;
}

/** An access path without arguments. */
function spoken(file: SourceFile, id: ValueId): string {
  const fact = file.facts.values[id];
  switch (fact?.kind) {
    case 'name':
      return file.facts.bindings[fact.binding]?.name ?? '';
    case 'global':
      return fact.name;
    case 'this':
      return 'this';
    case 'super':
      return 'super';
    case 'member':
      return `${spoken(file, fact.object)}.${fact.property}`;
    case 'index':
      return `${spoken(file, fact.object)}[…]`;
    case 'call':
      return `${spoken(file, fact.callee)}()`;
    case 'new':
      return `new ${spoken(file, fact.callee)}()`;
    case 'tagged':
      return `${spoken(file, fact.tag)}\`…\``;
    case 'await':
    case 'cast':
      return spoken(file, fact.value);
    default:
      return '…';
  }
}

/** The end of a long path says most. */
function shortened(code: string): string {
  if (code.length <= MAX_LENGTH) return code;
  const parts = code.split('.');
  let kept = parts.pop() ?? '';
  for (let part = parts.pop(); part !== undefined && kept.length + part.length < MAX_LENGTH - 2; part = parts.pop()) kept = `${part}.${kept}`;
  return `….${kept}`;
}
