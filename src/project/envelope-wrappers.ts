import type { ValueId } from '../facts/types.ts';
import { bodyShapes } from './body-shape.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { bodyFormOf } from './envelope-shape.ts';
import type { Site } from './origins.ts';
import { defineView, type Project } from './project.ts';
import { recognise } from './recognise.ts';
import { responsesOf } from './responses.ts';
import { someOperand } from './dataflow.ts';
import type { PackageUnit, SourceFile } from './types.ts';

const ENVELOPED = /^(?:document|jsend|jsonapi|custom )/;
/** Hooks of Fastify that change what goes out. */
const SENDING_HOOKS = new Set(['preSerialization', 'onSend']);

/**
 * Frameworks, by package, whose answers are wrapped at one place for all handlers: an interceptor of NestJS that maps what handlers return,
 * a hook of Fastify before sending, a middleware of Koa or Hono that builds the body around the one it finds, `res.json` replaced in Express.
 */
export const wrappedFrameworks = defineView((project): ReadonlyMap<PackageUnit, ReadonlySet<string>> => {
  const table = new Map<PackageUnit, Set<string>>();
  const add = (file: SourceFile, framework: string): void => {
    const list = table.get(file.package) ?? new Set<string>();
    table.set(file.package, list.add(framework));
  };
  for (const file of project.files.values()) {
    if (file.role !== 'source') continue;
    if (hasMappingInterceptor(project, file)) {
      add(file, 'nestjs');
      add(file, 'routing-controllers');
    }
    if (hasSendingHook(project, file)) add(file, 'fastify');
    if (rebuildsBody(project, file)) add(file, 'koa');
    for (const framework of replacedMembers(project, file)) add(file, framework);
  }
  return table;
});

/** `intercept(context, next) { return next.handle().pipe(map((data) => ({ success: true, data }))); }`, also as a method that such a mapping calls. */
function hasMappingInterceptor(project: Project, file: SourceFile): boolean {
  const { facts } = file;
  return facts.classes.some((owner) => {
    if (!owner.members.some((member) => member.name === 'intercept' && member.kind === 'method')) return false;
    return facts.returns.some((fact) => {
      const by = facts.functions[fact.function];
      const inClass = by !== undefined && by.start >= owner.start && by.end <= owner.end && by.params.length > 0;
      if (!inClass || fact.value === undefined || by.name === 'intercept') return false;
      return isEnveloped(project, { file, value: fact.value });
    });
  });
}

function hasSendingHook(project: Project, file: SourceFile): boolean {
  return file.facts.calls.some((value) => {
    const fact = callFact(file, value);
    if (fact?.kind !== 'call' || fact.args[0] === undefined) return false;
    const callee = file.facts.values[fact.callee];
    const hook = file.facts.values[fact.args[0]];
    if (callee?.kind !== 'member' || callee.property !== 'addHook' || hook?.kind !== 'literal' || !SENDING_HOOKS.has(String(hook.value))) return false;
    return isOfLibrary(project, file, callee.object, 'fastify') && returnsObject(project, file, fact.args[1]);
  });
}

function returnsObject(project: Project, file: SourceFile, value: ValueId | undefined): boolean {
  if (value === undefined) return false;
  return evaluate(project.linker, file, value).some((origin) => {
    if (origin.kind !== 'function') return false;
    const returned = origin.file.facts.returns.filter((fact) => fact.function === origin.function);
    return returned.some((fact) => fact.value !== undefined && isEnveloped(project, { file: origin.file, value: fact.value }));
  });
}

function isEnveloped(project: Project, site: Site): boolean {
  return bodyShapes(project, site).some((shape) => ENVELOPED.test(bodyFormOf(project, shape)));
}

function isOfLibrary(project: Project, file: SourceFile, value: ValueId, id: string): boolean {
  return evaluate(project.linker, file, value).some((origin) => origin.kind === 'external' && recognise(project.recogniser, origin)?.library.id === id);
}

/** `ctx.body = { success: true, data: ctx.body }` */
function rebuildsBody(project: Project, file: SourceFile): boolean {
  return responsesOf(project, file).some((response) => {
    if (response.via !== 'assignment' || !response.body || response.framework !== 'koa') return false;
    return readsMember(file, response.body.value, 'body') && bodyShapes(project, response.body).some((shape) => shape.kind === 'object');
  });
}

function readsMember(file: SourceFile, value: ValueId, name: string): boolean {
  return someOperand(file, value, (fact) => fact.kind === 'member' && fact.property === name && /^(?:ctx|context|c)$/.test(file.text.slice(file.facts.values[fact.object]?.start, file.facts.values[fact.object]?.end)));
}

/** `res.json = (body) => …` in Express, `c.res = new Response(…)` in Hono. */
function replacedMembers(project: Project, file: SourceFile): readonly string[] {
  return file.facts.assignments.flatMap((value): readonly string[] => {
    const fact = file.facts.values[value];
    const target = fact?.kind === 'assign' ? file.facts.values[fact.target] : undefined;
    if (target?.kind !== 'member') return [];
    if ((target.property === 'json' || target.property === 'send') && isOfLibrary(project, file, target.object, 'express')) return ['express'];
    return target.property === 'res' && isOfLibrary(project, file, target.object, 'hono') ? ['hono', 'web'] : [];
  });
}
