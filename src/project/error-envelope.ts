import type { ValueId } from '../facts/types.ts';
import { bodyShapes, type ShapeKey } from './body-shape.ts';
import { envelopeOf } from './envelope.ts';
import { errorAnswers, type ErrorAnswer, type ObjectShape } from './error-answers.ts';
import { fitsError, kindOf, namedForm, pinnedErrorForm, type ErrorForm, type ErrorName, type KeyKind } from './error-form.ts';
import { evaluate } from './evaluate.ts';
import { defineView, type Project } from './project.ts';
import type { PackageUnit, SourceFile } from './types.ts';

/** How a package tells of errors. */
export interface ErrorEnvelope {
  readonly form: ErrorForm;
  readonly pinned: boolean;
  /** Error answers whose shape is known, and how many of them have the form. */
  readonly known: number;
  readonly fitting: number;
  readonly deviating: readonly ErrorAnswer[];
}

/** Fewer answers than this show no majority. */
const MIN_ANSWERS = 5;
const CLEAR_MAJORITY = 0.8;
/** From this share on the document's format is in use, and what lacks it is an exception. */
const IN_USE = 0.2;

const NAMES: readonly ErrorName[] = ['document', 'jsend', 'jsonapi', 'problem'];

const envelopes = defineView((project): ReadonlyMap<PackageUnit, ErrorEnvelope | undefined> => {
  const table = new Map<PackageUnit, ErrorEnvelope | undefined>();
  for (const [unit, answers] of errorAnswers(project)) table.set(unit, findEnvelope(project, unit, answers));
  return table;
});

/** The format of errors of a package: pinned in the settings, that of a clear majority, else the document's where it is in use. */
export function errorEnvelopeOf(project: Project, unit: PackageUnit): ErrorEnvelope | undefined {
  return envelopes(project).get(unit);
}

function findEnvelope(project: Project, unit: PackageUnit, answers: readonly ErrorAnswer[]): ErrorEnvelope | undefined {
  const { envelope } = project.settingsOf(unit);
  const form = envelope === undefined ? usedForm(project, unit, answers) : pinnedErrorForm(envelope);
  if (!form) return undefined;
  const fits = answers.map((answer) => answerFits(project, form, answer));
  return {
    form,
    pinned: envelope !== undefined,
    known: fits.filter((each) => each !== undefined).length,
    fitting: fits.filter(Boolean).length,
    deviating: answers.filter((_, index) => fits[index] === false),
  };
}

function usedForm(project: Project, unit: PackageUnit, answers: readonly ErrorAnswer[]): ErrorForm | undefined {
  const shapes = answers.flatMap((answer) => objectsOf(answer)?.slice(0, 1) ?? []);
  const named = shapes.map((shape) => namedForm(project, shape));
  const share = (name: ErrorName): number => named.filter((each) => each === name).length / Math.max(1, shapes.length);
  const isMany = shapes.length >= MIN_ANSWERS;
  const clear = isMany ? NAMES.find((name) => share(name) >= CLEAR_MAJORITY) : undefined;
  if (clear) return { name: clear };
  const keys = isMany ? commonKeys(project, shapes) : undefined;
  if (keys) return keys;
  const { form, kept } = envelopeOf(project, unit);
  return share('document') >= IN_USE || (kept && form.name === 'document') ? { name: 'document' } : undefined;
}

/** Keys that nearly all bodies have, with what stands under them. */
function commonKeys(project: Project, shapes: readonly ObjectShape[]): ErrorForm | undefined {
  const isCommon = (count: number, all: number): boolean => count >= CLEAR_MAJORITY * all;
  const names = new Set(shapes.flatMap((shape) => [...shape.keys.keys()]));
  const keys = [...names].filter((name) => isCommon(shapes.filter((shape) => shape.keys.has(name)).length, shapes.length));
  if (keys.length === 0) return undefined;
  const kinds = new Map<string, KeyKind>();
  for (const key of keys) {
    const found = shapes.flatMap((shape) => kindOf(project, shape.keys.get(key)) ?? []);
    const kind = (['object', 'array', 'text'] as const).find((each) => isCommon(found.filter((one) => one === each).length, found.length));
    if (kind && found.length >= MIN_ANSWERS) kinds.set(key, kind);
  }
  return { name: 'custom', keys, kinds };
}

function objectsOf({ shapes }: ErrorAnswer): readonly ObjectShape[] | undefined {
  const objects = shapes.flatMap((shape) => (shape.kind === 'object' ? [shape] : []));
  return objects.length === shapes.length && objects.length > 0 ? objects : undefined;
}

function answerFits(project: Project, form: ErrorForm, answer: ErrorAnswer): boolean | undefined {
  const { shapes } = answer;
  if (shapes.length > 0 && shapes.every((shape) => shape.kind === 'enveloped')) return true;
  if (shapes.some((shape) => shape.kind === 'array' || shape.kind === 'row')) return shapes.length === 1 ? false : undefined;
  const fits = objectsOf(answer)?.map((shape) => fitsError(project, form, shape)) ?? [];
  if (fits.length === 0 || fits.includes(undefined)) return undefined;
  return fits.every(Boolean);
}

/** A code of an error that programs cannot rely on. */
export interface WeakCode {
  readonly file: SourceFile;
  readonly value: ValueId;
  /** `spelled`: not in capitals; `made`: put together while the program runs. */
  readonly fault: 'spelled' | 'made';
  readonly text: string;
}

const CODE = /^[A-Z][A-Z0-9_]*$/;

/** Codes in error answers of the document's format that are no constant names. */
export const weakCodes = defineView((project): readonly WeakCode[] => {
  const found = new Map<string, WeakCode>();
  for (const [unit, answers] of errorAnswers(project)) {
    if (errorEnvelopeOf(project, unit)?.form.name !== 'document') continue;
    for (const shape of answers.flatMap((answer) => objectsOf(answer) ?? [])) {
      const code = namedForm(project, shape) === 'document' ? weakCode(project, shape.keys.get('error')) : undefined;
      if (code) found.set(`${code.file.path}#${code.value}`, code);
    }
  }
  return [...found.values()];
});

function weakCode(project: Project, error: ShapeKey | undefined): WeakCode | undefined {
  const shape = error?.value && bodyShapes(project, error.value).find((each) => each.kind === 'object');
  const site = shape?.kind === 'object' ? shape.keys.get('code')?.value : undefined;
  const fact = site && site.file.facts.values[site.value];
  if (!site || !fact) return undefined;
  const text = site.file.text.slice(fact.start, fact.end);
  if (fact.kind === 'template' && fact.parts.length > 0) return { ...site, fault: 'made', text };
  const origins = evaluate(project.linker, site.file, site.value);
  const isWeak = origins.length > 0 && origins.every((origin) => origin.kind === 'literal' && origin.value !== null && !CODE.test(String(origin.value)));
  return isWeak ? { ...site, fault: 'spelled', text } : undefined;
}
