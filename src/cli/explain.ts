import { rules } from '../../rules/index.ts';
import { withoutPrefix } from '../findings/rule-selection.ts';
import { findClosest } from './closest.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { explainRule } from './explain-rule.ts';

const PLACE = /^(.+?):(\d+)(?::(\d+))?$/;

export const run: Command = async (input) => {
  const [topic, ...more] = input.operands;
  if (topic === undefined || more.length > 0) throw new UsageError('Say one thing to explain: a rule, or FILE:LINE. See: backend-patterns explain --help');
  const rule = rules.find((candidate) => candidate.id === withoutPrefix(topic));
  if (rule) {
    input.write(explainRule(rule, input.paint));
    return EXIT.clean;
  }
  const place = PLACE.exec(topic);
  if (!place) throw new UsageError(unknownTopic(topic));
  const [, file = '', line = '', column] = place;
  const { explainPlace } = await import('./explain-place.ts');
  input.write(explainPlace({ file, line: Number(line), column: column === undefined ? undefined : Number(column) }, input));
  return EXIT.clean;
};

function unknownTopic(topic: string): string {
  const closest = findClosest(withoutPrefix(topic), rules.map((rule) => rule.id));
  return `"${topic}" is neither a rule nor FILE:LINE.${closest ? ` Did you mean "${closest}"?` : ''}`;
}
