import type { EnvelopeKeys, EnvelopeName } from '../settings/settings.ts';
import { literalOf, type BodyShape } from './body-shape.ts';
import type { Project } from './project.ts';

/** What success bodies look like: one of the known envelopes, or keys of one's own around the data. */
export type EnvelopeForm = { readonly name: EnvelopeName } | { readonly name: 'custom'; readonly keys: readonly string[] };

/**
 * What one body looks like. `acknowledgement`: it says that something worked and carries no data. `error`: it tells of a failure.
 * `enveloped`: made by a response helper of the settings, so in whatever envelope the project has. `loose`: says `success`, but has its data beside it instead of under `data`. `unknown`: too little is known.
 */
export type BodyForm = 'enveloped' | 'document' | 'jsend' | 'jsonapi' | 'bare' | 'loose' | 'acknowledgement' | 'error' | 'unknown' | `custom ${string}`;

/** Keys under which projects put what they answer with. */
const PAYLOAD = ['data', 'result', 'results', 'response', 'payload', 'content', 'body'] as const;
const JSONAPI = new Set(['data', 'meta', 'links', 'included', 'jsonapi']);
const DOCUMENT_MARKS = new Set(['success', 'message', 'meta']);
const ACKNOWLEDGING = new Set(['success', 'ok', 'status', 'message', 'msg', 'code', 'received', 'acknowledged', 'started', 'healthy', 'done', 'statusCode']);
const JSEND_STATUS = new Set(['success', 'ok']);
/** More keys than this beside the data are no envelope. */
const MAX_ENVELOPE_KEYS = 6;

export function bodyFormOf(project: Project, shape: BodyShape): BodyForm {
  if (shape.kind === 'array' || shape.kind === 'row') return 'bare';
  if (shape.kind === 'enveloped') return shape.tells === 'error' ? 'error' : 'enveloped';
  if (shape.kind !== 'object') return 'unknown';
  const { keys } = shape;
  const success = literalOf(project, keys.get('success'));
  if (keys.has('error') || keys.has('errors') || success === false) return 'error';
  const names = [...keys.keys()];
  if (keys.has('success')) {
    if (keys.has('data')) return 'document';
    return shape.open ? 'unknown' : names.every((name) => DOCUMENT_MARKS.has(name)) ? 'acknowledgement' : 'loose';
  }
  const status = literalOf(project, keys.get('status'));
  if (keys.has('data') && typeof status === 'string' && JSEND_STATUS.has(status)) return 'jsend';
  const payload = PAYLOAD.find((name) => keys.has(name));
  if (payload === 'data' && names.length > 1 && names.every((name) => JSONAPI.has(name)) && !shape.open) return 'jsonapi';
  if (payload && names.length <= MAX_ENVELOPE_KEYS) return `custom ${payload}`;
  if (shape.open) return 'unknown';
  return names.every((name) => ACKNOWLEDGING.has(name)) ? 'acknowledgement' : 'bare';
}

/** Whether a body is what an envelope asks for; undefined where that cannot be said. */
export function fitsEnvelope(project: Project, form: EnvelopeForm, shape: BodyShape): boolean | undefined {
  const body = bodyFormOf(project, shape);
  if (body === 'error' || body === 'unknown') return undefined;
  if (body === 'enveloped') return true;
  const keys = shape.kind === 'object' ? [...shape.keys.keys()] : [];
  switch (form.name) {
    case 'bare':
      return undefined;
    case 'document':
      return body === 'document' || (body === 'acknowledgement' && keys.includes('success'));
    case 'jsend':
      return body === 'jsend' || (keys.includes('status') && keys.includes('data'));
    case 'jsonapi':
      return keys.includes('data') && keys.every((key) => JSONAPI.has(key));
    case 'custom':
      // What only says that it worked has nothing to wrap.
      return body === 'acknowledgement' ? undefined : form.keys.some((key) => keys.includes(key));
  }
}

/** An envelope that the settings pin. */
export function pinnedForm(pinned: EnvelopeName | EnvelopeKeys): EnvelopeForm {
  return typeof pinned === 'string' ? { name: pinned } : { name: 'custom', keys: pinned.success };
}

/** As people write it: `{ success: true, data }`. */
export function envelopeText(form: EnvelopeForm): string {
  switch (form.name) {
    case 'document':
      return '{ success: true, data }';
    case 'jsend':
      return "{ status: 'success', data }";
    case 'jsonapi':
      return '{ data, meta }';
    case 'bare':
      return 'the bare data';
    case 'custom':
      return `{ ${form.keys.join(', ')} }`;
  }
}
