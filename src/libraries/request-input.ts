import type { DecoratorSpec, LibraryType, RequestPart } from './types.ts';

const part = (input: RequestPart): LibraryType => ({ input, extends: 'input' });

/** Types for what a client sends, part by part; `input` is anything inside. To be spread into the types of a framework. */
export const INPUT_TYPES: Readonly<Record<string, LibraryType>> = {
  input: { members: { '*': 'input' } },
  bodyInput: part('body'),
  queryInput: part('query'),
  paramsInput: part('params'),
  headersInput: part('headers'),
  cookiesInput: part('cookies'),
};

const takes = (each: RequestPart): DecoratorSpec => ({ kind: 'input', part: each });

/** Decorators of parameters, as NestJS and routing-controllers call them. */
export const INPUT_DECORATORS: Readonly<Record<string, DecoratorSpec>> = {
  Body: takes('body'),
  BodyParam: takes('body'),
  Query: takes('query'),
  QueryParam: takes('query'),
  QueryParams: takes('query'),
  Param: takes('params'),
  Params: takes('params'),
  Headers: takes('headers'),
  HeaderParam: takes('headers'),
  HeaderParams: takes('headers'),
  CookieParam: takes('cookies'),
  CookieParams: takes('cookies'),
};
