import type { Place } from './place.ts';
import type { RelatedPlace } from './types.ts';

export type MessageData = Readonly<Record<string, string | number>>;

/** The placeholders as ESLint writes them. */
const PLACEHOLDER = /\{\{([^{}]+?)\}\}/gu;

/** Puts data into `{{name}}` placeholders. A placeholder without data is a mistake in the rule and throws. */
export function interpolate(template: string, data: MessageData): string {
  return template.replace(PLACEHOLDER, (_whole, inner: string) => {
    const value = data[inner.trim()];
    if (value === undefined) throw new Error(`The message needs data for "${inner.trim()}": ${template}`);
    return String(value);
  });
}

/** Words a message of a rule; an unknown message id is a mistake in the rule and throws. */
export function wordMessage(messages: Readonly<Record<string, string>>, messageId: string, data: MessageData): string {
  const template = messages[messageId];
  if (template === undefined) throw new Error(`There is no message "${messageId}"; known: ${Object.keys(messages).join(', ')}.`);
  return interpolate(template, data);
}

/** A trail in one line: `orders.service.ts:41 → OrderRepository.findById → prisma.order.findUnique`. */
export function wordTrail(steps: readonly (Pick<Place, 'line'> & { readonly path: string; readonly label: string })[]): string {
  const first = steps[0];
  if (!first) return '';
  const file = first.path.slice(first.path.lastIndexOf('/') + 1);
  return [`${file}:${first.line}`, ...steps.map((step) => step.label)].join(' → ');
}

const MOST_RELATED = 3;

/** What stands behind a message where trail and related places of a finding cannot be shown apart from it; places that `said` names are left out. */
export function placesSuffix(trail: Parameters<typeof wordTrail>[0], related: readonly RelatedPlace[] = [], said = ''): string {
  const way = trail.length > 1 ? ` (${wordTrail(trail)})` : '';
  const places = related.map(({ path, line }) => `${path}:${line}`).filter((place) => !said.includes(place));
  if (places.length === 0) return way;
  const shown = places.slice(0, MOST_RELATED);
  const more = places.length > MOST_RELATED ? `, and ${places.length - MOST_RELATED} more` : '';
  return `${way} (${shown.join(', ')}${more})`;
}
