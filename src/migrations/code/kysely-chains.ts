import type { Dialect } from '../migration-files.ts';
import type { BuilderCall, BuilderMethod } from './renderers.ts';
import { builder, NotConstant, type BuilderValue } from './values.ts';

/** One statement under construction. Kysely's builders never change: each method gives another one. */
export interface Chain {
  /** Shared by all builders of one statement: whether it was sent. */
  readonly root: { sent: boolean };
  /** Schema of `withSchema`. */
  readonly schema?: string;
  /** Quoted name of what the statement is about. */
  readonly name: string;
  readonly items: readonly string[];
  readonly where: readonly string[];
  readonly words: Readonly<Partial<Record<string, string>>>;
  /** What was not constant: it matters only when the statement is sent. */
  readonly fault?: NotConstant;
}

/** A type of statement: how it is written, and the methods that build it. */
export interface ChainType {
  readonly type: string;
  render(chain: Chain, dialect: Dialect): string;
  readonly methods: Readonly<Record<string, BuilderMethod>>;
}

/** Begins a statement. When `up` ends without having sent it, that is noted. */
export function startChain(call: BuilderCall, type: string, schema: string | undefined, name: () => string): BuilderValue<Chain> {
  const root = { sent: false };
  const empty: Chain = { root, ...(schema === undefined ? {} : { schema }), name: '', items: [], where: [], words: {} };
  call.emitLater(() => {
    if (root.sent) return [];
    throw new NotConstant('no `execute()` of this statement was seen: without it nothing is sent');
  });
  return builder(type, kept(empty, () => ({ name: name() })));
}

/** Changes of a chain; a constant that is missing becomes its fault. */
function kept(chain: Chain, change: () => Partial<Chain>): Chain {
  if (chain.fault) return chain;
  try {
    return { ...chain, ...change() };
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    return { ...chain, fault: error };
  }
}

/** A method that gives the chain with changes. */
export function step(change: (chain: Chain, call: BuilderCall) => Partial<Chain>): BuilderMethod {
  return (call) => {
    const chain = call.self.state as Chain;
    return builder(call.self.type, kept(chain, () => change(chain, call)));
  };
}

export function addsItem(write: (call: BuilderCall, schema: string | undefined) => string): BuilderMethod {
  return step((chain, call) => ({ items: [...chain.items, write(call, chain.schema)] }));
}

export function addsCondition(write: (call: BuilderCall) => string): BuilderMethod {
  return step((chain, call) => ({ where: [...chain.where, write(call)] }));
}

export function setsWord(word: string, write: string | ((call: BuilderCall, chain: Chain) => string)): BuilderMethod {
  return step((chain, call) => ({ words: { ...chain.words, [word]: typeof write === 'string' ? write : write(call, chain) } }));
}

/** ` word` for each word that was set, in the given order. */
export function spaced(chain: Chain, ...words: readonly string[]): string {
  return words.map((word) => (chain.words[word] === undefined ? '' : ` ${chain.words[word]}`)).join('');
}

export function whereSql(chain: Chain): string {
  return chain.where.length === 0 ? '' : ` where ${chain.where.join(' and ')}`;
}

/** Methods of every statement: those that send it and those that change nothing. */
export function chainMethods({ render, methods }: ChainType): Readonly<Record<string, BuilderMethod>> {
  const sends: BuilderMethod = (call) => {
    const chain = call.self.state as Chain;
    chain.root.sent = true;
    if (chain.fault) throw chain.fault;
    call.emit(render(chain, call.dialect));
    return undefined;
  };
  const itself: BuilderMethod = ({ self }) => self;
  const applies: BuilderMethod = (call) => call.apply(call.args[0], [call.self]);
  return {
    ...methods,
    execute: sends,
    executeTakeFirst: sends,
    executeTakeFirstOrThrow: sends,
    compile: itself,
    withPlugin: itself,
    $call: applies,
    $castTo: itself,
  };
}
