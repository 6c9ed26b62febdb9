import type { ValueId } from '../facts/types.ts';
import type { SourceFile } from './types.ts';

const MAX_LENGTH = 60;

/** An expression as a short piece of code for messages: white space folded, the middle of long ones left out. */
export function codeOf(file: SourceFile, id: ValueId): string {
  const fact = file.facts.values[id];
  return fact ? shortCode(file.text.slice(fact.start, fact.end)) : '';
}

export function shortCode(code: string): string {
  const folded = code.replace(/\s+/g, ' ').replaceAll(/ ?(\?\.|\.) ?(?=[A-Za-z_$])/g, '$1');
  return folded.length <= MAX_LENGTH ? folded : `${folded.slice(0, MAX_LENGTH - 1)}…`;
}

/** What a call calls, as a short piece of code: `this.orders.save` of `this.orders.save(order)`. */
export function calledCode(file: SourceFile, call: ValueId): string {
  const fact = file.facts.values[call];
  return codeOf(file, fact?.kind === 'call' || fact?.kind === 'new' ? fact.callee : call);
}
