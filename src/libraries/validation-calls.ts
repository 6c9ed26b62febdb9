import type { LibraryType, TypeRef } from './types.ts';

/** A function or method that validates the value at an argument. */
export function validates(argument = 0, returns?: TypeRef): LibraryType {
  return { call: { effect: { kind: 'validation', argument }, ...(returns === undefined ? {} : { returns }) } };
}

/** Several names of the same. */
export function membersNamed(names: readonly string[], type: TypeRef): Readonly<Record<string, TypeRef>> {
  return Object.fromEntries(names.map((name) => [name, type]));
}

/** A schema whose named methods validate their first argument; whatever else is called on it, or read from it, is a schema again. */
export function schemaType(methods: readonly string[]): LibraryType {
  return { call: { returns: 'schema' }, members: { ...membersNamed(methods, validates()), '*': 'schema' } };
}

/** What makes schemas: every export, called, constructed or annotated; namespaces of them as well. */
export const BUILDER: LibraryType = {
  call: { returns: 'schema' },
  construct: { returns: 'schema' },
  tag: { returns: 'schema' },
  instance: 'schema',
  members: { '*': 'builder' },
};
