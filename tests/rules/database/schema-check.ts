import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

/** `path:line` of each finding of a rule about models, with the first two names of its message: the model and what it is about. */
export function schemaFindings(rule: string, files: Readonly<Record<string, string>>): string[] {
  return checkText(files, { rules, only: [rule] }).findings.map(({ path, line, message }) => {
    const names = [...message.matchAll(/`([^`]+)`/g)].slice(0, 2).map(([, name]) => name);
    return `${path}:${line} ${names.join(' ')}`;
  });
}
