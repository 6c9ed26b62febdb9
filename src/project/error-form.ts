import type { EnvelopeKeys, EnvelopeName } from '../settings/settings.ts';
import { bodyShapes, literalOf, type ShapeKey } from './body-shape.ts';
import type { ObjectShape } from './error-answers.ts';
import type { Project } from './project.ts';

/** Formats of errors that are known by name. `document`: `{ success: false, error: { code, message } }`; `problem`: RFC 9457. */
export type ErrorName = Exclude<EnvelopeName, 'bare'> | 'problem';

/** What error bodies look like: a known format, or keys that they have. `text`: keys whose value is a text, `object`: those that hold an object. */
export type ErrorForm =
  | { readonly name: ErrorName }
  | { readonly name: 'custom'; readonly keys: readonly string[]; readonly kinds: ReadonlyMap<string, KeyKind> };

/** What stands under a key, as far as it is known. */
export type KeyKind = 'object' | 'array' | 'text';

const PROBLEM = ['type', 'title', 'status', 'detail', 'instance'] as const;
/** Members of RFC 9457 that a body has at least, to be told from any other. */
const MIN_PROBLEM = 3;

/** The format by name that a body has. */
export function namedForm(project: Project, { keys, open }: ObjectShape): ErrorName | undefined {
  if (literalOf(project, keys.get('success')) === false && isDocumentError(project, keys.get('error'))) return 'document';
  const status = literalOf(project, keys.get('status'));
  if ((status === 'fail' && keys.has('data')) || (status === 'error' && keys.has('message'))) return 'jsend';
  if (keys.has('errors') && kindOf(project, keys.get('errors')) === 'array' && !keys.has('message') && !keys.has('error')) return 'jsonapi';
  const members = PROBLEM.filter((name) => keys.has(name)).length;
  return keys.has('title') && (members >= MIN_PROBLEM || (open && members > 1)) ? 'problem' : undefined;
}

/** `{ code, message }`; undefined where it is not known. */
function isDocumentError(project: Project, key: ShapeKey | undefined): boolean {
  if (!key?.value) return key !== undefined;
  const shapes = bodyShapes(project, key.value);
  return shapes.every((shape) => shape.kind === 'unknown' || shape.kind === 'row' || (shape.kind === 'object' && (shape.open || (shape.keys.has('code') && shape.keys.has('message')))));
}

export function kindOf(project: Project, key: ShapeKey | undefined): KeyKind | undefined {
  if (!key?.value) return undefined;
  const kinds = new Set(bodyShapes(project, key.value).map((shape): KeyKind | undefined => {
    if (shape.kind === 'object' || shape.kind === 'array') return shape.kind;
    return shape.kind === 'primitive' ? 'text' : undefined;
  }));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

/** Whether a body has a format; undefined where that cannot be said. */
export function fitsError(project: Project, form: ErrorForm, shape: ObjectShape): boolean | undefined {
  if (shape.keys.has('jsonrpc')) return undefined;
  if (form.name !== 'custom') return namedForm(project, shape) === form.name ? true : shape.open || hasUnknownMark(project, form.name, shape) ? undefined : false;
  if (!form.keys.every((key) => shape.keys.has(key))) return shape.open ? undefined : false;
  return form.keys.every((key) => {
    const asked = form.kinds.get(key);
    const kind = kindOf(project, shape.keys.get(key));
    return asked === undefined || kind === undefined || kind === asked;
  });
}

/** `success: isOk`: the program decides it. */
function hasUnknownMark(project: Project, name: ErrorName, { keys }: ObjectShape): boolean {
  const mark = name === 'document' ? 'success' : name === 'jsend' ? 'status' : name === 'jsonapi' ? 'errors' : 'title';
  const key = keys.get(mark);
  if (!key) return false;
  return name === 'jsonapi' ? kindOf(project, key) === undefined : name !== 'problem' && literalOf(project, key) === undefined;
}

export function pinnedErrorForm(pinned: EnvelopeName | EnvelopeKeys): ErrorForm | undefined {
  if (typeof pinned !== 'string') return pinned.error.length === 0 ? undefined : { name: 'custom', keys: pinned.error, kinds: new Map() };
  return pinned === 'bare' ? undefined : { name: pinned };
}

const TEXTS: Readonly<Record<ErrorName, string>> = {
  document: '{ success: false, error: { code, message } }',
  jsend: "{ status: 'error', message }",
  jsonapi: '{ errors: [{ status, code, title }] }',
  problem: '{ type, title, status, detail }',
};

/** As people write it: `{ success: false, error: { code, message } }`. */
export function errorFormText(form: ErrorForm): string {
  if (form.name !== 'custom') return TEXTS[form.name];
  const parts = form.keys.map((key) => ({ object: `${key}: { … }`, array: `${key}: […]`, text: key })[form.kinds.get(key) ?? 'text']);
  return `{ ${parts.join(', ')} }`;
}
