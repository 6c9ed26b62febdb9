import type { DecoratorSpec, Library } from './types.ts';

/** Fields of object types (`@FieldResolver`, `@ResolveField`) are answered as part of an operation and are no routes. */
const RESOLVERS: Readonly<Record<string, DecoratorSpec>> = {
  Resolver: { kind: 'resolver' },
  Query: { kind: 'operation', method: 'QUERY', nameKey: 'name' },
  Mutation: { kind: 'operation', method: 'MUTATION', nameKey: 'name' },
  Subscription: { kind: 'operation', method: 'SUBSCRIPTION', nameKey: 'name' },
};

/** TypeGraphQL 1 and 2. https://typegraphql.com/docs/resolvers.html */
export const typeGraphql: Library = {
  id: 'type-graphql',
  title: 'TypeGraphQL',
  category: 'http',
  packages: ['type-graphql'],
  returned: 'body',
  types: { module: {} },
  decorators: { ...RESOLVERS, Authorized: { kind: 'guard' }, UseMiddleware: { kind: 'interceptor' } },
};

/** Code first and schema first. https://docs.nestjs.com/graphql/resolvers */
export const nestjsGraphql: Library = {
  id: 'nestjs-graphql',
  title: 'NestJS GraphQL',
  category: 'http',
  packages: ['@nestjs/graphql'],
  returned: 'body',
  types: { module: {} },
  decorators: RESOLVERS,
};
