import { apiResponses, type ApiResponse } from './api-responses.ts';
import { bodyFormOf, envelopeText, fitsEnvelope, pinnedForm, type BodyForm, type EnvelopeForm } from './envelope-shape.ts';
import { wrappedFrameworks } from './envelope-wrappers.ts';
import { defineView, type Project } from './project.ts';
import type { PackageUnit } from './types.ts';

/** How a package answers. */
export interface Envelope {
  readonly form: EnvelopeForm;
  readonly pinned: boolean;
  /** Whether answers are held to the form: pinned, a clear majority, or the document's envelope where a good part has it. */
  readonly kept: boolean;
  /** JSON success answers whose shape is known, and how many of them have the form. */
  readonly known: number;
  readonly fitting: number;
}

/** Fewer answers than this show no majority. */
const MIN_RESPONSES = 10;
const CLEAR_MAJORITY = 0.8;
/** From this share on the document's envelope is in use, and what lacks it is an exception. */
const IN_USE = 0.2;

const DOCUMENT: EnvelopeForm = { name: 'document' };

const envelopes = defineView((project): Map<PackageUnit, Envelope> => {
  const table = new Map<PackageUnit, Envelope>();
  for (const [unit, answers] of apiResponses(project)) table.set(unit, findEnvelope(project, unit, answers.filter((answer) => !isWrapped(project, answer))));
  return table;
});

/** The envelope of a package: pinned in the settings, that of a clear majority, else the document's. */
export function envelopeOf(project: Project, unit: PackageUnit): Envelope {
  return envelopes(project).get(unit) ?? findEnvelope(project, unit, []);
}

function findEnvelope(project: Project, unit: PackageUnit, answers: readonly ApiResponse[]): Envelope {
  const { envelope } = project.settingsOf(unit);
  if (envelope !== undefined) return counted(project, pinnedForm(envelope), answers, { pinned: true, kept: true });
  const counts = new Map<BodyForm, number>();
  let all = 0;
  for (const answer of answers) {
    const form = formOf(project, answer);
    if (form === 'unknown' || form === 'error' || form === 'acknowledgement' || form === 'enveloped') continue;
    counts.set(form, (counts.get(form) ?? 0) + answer.weight);
    all += answer.weight;
  }
  const form = all >= MIN_RESPONSES ? majority(counts, all) : undefined;
  if (form) return counted(project, form, answers, { pinned: false, kept: form.name !== 'bare' });
  return counted(project, DOCUMENT, answers, { pinned: false, kept: (counts.get('document') ?? 0) >= IN_USE * all && all > 0 });
}

function formOf(project: Project, { shapes }: ApiResponse): BodyForm {
  const forms = new Set(shapes.filter((shape) => shape.kind !== 'nothing').map((shape) => bodyFormOf(project, shape)));
  const [first] = forms;
  return forms.size === 1 && first !== undefined ? first : 'unknown';
}

function majority(counts: ReadonlyMap<BodyForm, number>, all: number): EnvelopeForm | undefined {
  const isClear = (count: number): boolean => count >= CLEAR_MAJORITY * all;
  for (const name of ['document', 'jsend', 'jsonapi'] as const) if (isClear(counts.get(name) ?? 0)) return { name };
  if (isClear((counts.get('bare') ?? 0) + (counts.get('loose') ?? 0))) return { name: 'bare' };
  for (const [form] of counts) {
    if (!form.startsWith('custom ')) continue;
    // `{ data }` and `{ data, meta }` are one envelope.
    const key = form.slice('custom '.length);
    const related = key === 'data' ? (counts.get('jsonapi') ?? 0) : 0;
    if (isClear((counts.get(form) ?? 0) + related)) return { name: 'custom', keys: [key] };
  }
  return undefined;
}

function counted(project: Project, form: EnvelopeForm, answers: readonly ApiResponse[], rest: Pick<Envelope, 'pinned' | 'kept'>): Envelope {
  let known = 0;
  let fitting = 0;
  for (const answer of answers) {
    const fits = answerFits(project, form, answer);
    if (form.name === 'bare' ? formOf(project, answer) !== 'unknown' : fits !== undefined) known += answer.weight;
    if (form.name === 'bare' ? formOf(project, answer) === 'bare' : fits) fitting += answer.weight;
  }
  return { form, ...rest, known, fitting };
}

function answerFits(project: Project, form: EnvelopeForm, { shapes }: ApiResponse): boolean | undefined {
  const fits = shapes.filter((shape) => shape.kind !== 'nothing').map((shape) => fitsEnvelope(project, form, shape));
  if (fits.length === 0 || fits.includes(undefined)) return undefined;
  return fits.every(Boolean);
}

function isWrapped(project: Project, { response }: ApiResponse): boolean {
  return wrappedFrameworks(project).get(response.file.package)?.has(response.framework) ?? false;
}

/** Answers of a package that lack the envelope that the package keeps. */
export function answersWithoutEnvelope(project: Project, unit: PackageUnit): readonly ApiResponse[] {
  const { form, kept } = envelopeOf(project, unit);
  if (!kept) return [];
  return (apiResponses(project).get(unit) ?? []).filter((answer) => !isWrapped(project, answer) && answerFits(project, form, answer) === false);
}

/** One line for each package of which something was decided that the user may want to pin. */
export function envelopeNotes(project: Project): readonly string[] {
  return [...apiResponses(project).keys()].flatMap((unit): readonly string[] => {
    const { form, pinned, kept, known, fitting } = envelopeOf(project, unit);
    if (pinned || known === 0 || (kept && form.name === 'document')) return [];
    const where = unit.name ?? (unit.folder || 'The project');
    const pin = 'Pin "envelope" in backend-patterns.config.json to hold it to one.';
    if (form.name === 'bare') return [`${where}: ${fitting} of ${known} JSON answers are bare data, so consistent-envelope reports nothing there. ${pin}`];
    if (kept) return [`${where}: ${fitting} of ${known} JSON answers have the envelope ${envelopeText(form)}; consistent-envelope holds the others to it.`];
    return [`${where}: its ${known} JSON answers show no common envelope (${fitting} have ${envelopeText(form)}), so consistent-envelope reports nothing there. ${pin}`];
  });
}
