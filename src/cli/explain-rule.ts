import type { Rule } from '../findings/define-rule.ts';
import { describeSchema } from '../findings/options.ts';
import type { Paint } from '../report/run-report.ts';
import { findRulePage } from './package-files.ts';

const HTML_COMMENT = /<!--.*?-->\n?/gs;

/** The page of a rule for a terminal; what the rule says of itself where there is no page. */
export function explainRule(rule: Rule, paint: Paint): string {
  const page = findRulePage(rule.id);
  return page === undefined ? ownWords(rule, paint) : `${colourHeadings(page.replace(HTML_COMMENT, ''), paint).trim()}\n`;
}

function colourHeadings(markdown: string, paint: Paint): string {
  let fenced = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) fenced = !fenced;
      return !fenced && /^#+ /.test(line) ? paint('bold', line) : line;
    })
    .join('\n');
}

function ownWords(rule: Rule, paint: Paint): string {
  const options = Object.entries(rule.options ?? {}).map(([name, schema]) => {
    const preset = (rule.defaultOptions as Record<string, unknown> | undefined)?.[name];
    return `  ${name}: ${describeSchema(schema)}. ${schema.description}. Default: ${JSON.stringify(preset)}`;
  });
  return [
    paint('bold', rule.id),
    `${rule.docs.description}.`,
    `Preset: ${rule.docs.preset ?? 'none'}.`,
    ...(options.length > 0 ? ['Options:', ...options] : []),
    'Messages:',
    ...Object.values(rule.messages).map((message) => `  ${message}`),
    '',
  ].join('\n');
}
