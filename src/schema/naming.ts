/** `firstName` → `first_name`, `HTTPServer` → `http_server`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-\s]+/g, '_')
    .toLowerCase();
}

/** `role_id` → `roleId`. */
export function camelCase(name: string): string {
  return name.replace(/[_\s-]+(.)/g, (_whole, next: string) => next.toUpperCase()).replace(/^./, (first) => first.toLowerCase());
}

/** The plural that ORMs make of a model's name; irregular words keep an `s`. */
export function pluralOf(name: string): string {
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return /[^s]s$/i.test(name) && !/(?:us|is|as)$/i.test(name) ? name : `${name}es`;
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  if (/person$/i.test(name)) return `${name.slice(0, -5)}eople`;
  return `${name}s`;
}
