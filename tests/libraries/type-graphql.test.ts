import { describe, expect, test } from 'vitest';
import { routeLines, routesIn } from '../project/route-lines.ts';

describe('GraphQL resolvers', () => {
  test('TypeGraphQL: operations with their names, middlewares and inherited members', () => {
    const lines = routeLines({
      'src/order-resolver.ts': `
        import { Arg, Authorized, FieldResolver, Mutation, Query, Resolver, Root, Subscription, UseMiddleware } from 'type-graphql';
        import { BaseResolver } from './base-resolver.ts';
        const NAMES = { cancel: 'cancelOrder' };
        @Resolver(() => Order)
        @UseMiddleware(logAccess)
        export class OrderResolver extends BaseResolver {
          @Query(() => [Order])
          orders() { return []; }
          @Query(() => Order, { name: 'order', nullable: true })
          findOne(@Arg('id') id: string) { return null; }
          @Authorized('ADMIN')
          @Mutation(returns => Boolean, { name: NAMES.cancel })
          async cancel(@Arg('id') id: string) { return true; }
          @Subscription({ topics: 'ORDERS', name: process.env.FEED })
          changes() { return null; }
          @FieldResolver()
          lines(@Root() order: Order) { return []; }
          total() { return 0; }
        }
        export class NoResolver {
          @Query(() => String)
          version() { return '1'; }
        }
      `,
      'src/base-resolver.ts': `
        import { Query, Resolver } from 'type-graphql';
        @Resolver({ isAbstract: true })
        export abstract class BaseResolver {
          @Query(() => Number)
          count() { return 0; }
        }
      `,
    });
    expect(lines).toEqual([
      'MUTATION cancelOrder (logAccess, ADMIN) → cancel',
      'QUERY count (logAccess) → count',
      'QUERY order (logAccess) → findOne',
      'QUERY orders (logAccess) → orders',
      'SUBSCRIPTION ~changes (logAccess) → changes',
    ]);
  });

  test('NestJS: code first and schema first, guards of NestJS; fields of types are no routes', () => {
    const found = routesIn({
      'src/orders.resolver.ts': `
        import { Resolver, Query, Mutation, ResolveField, Parent, Args } from '@nestjs/graphql';
        import { Controller, Get, Query as QueryParam, UseGuards } from '@nestjs/common';
        @Resolver('Order')
        @UseGuards(AuthGuard)
        export class OrdersResolver {
          @Query('order')
          async getOrder(@Args('id') id: string) {}
          @Mutation(() => Order)
          createOrder(@Args('input') input: OrderInput) {}
          @ResolveField()
          lines(@Parent() order: Order) {}
        }
        @Controller('orders')
        export class OrdersController {
          @Get()
          list(@QueryParam('page') page: string) {}
        }
      `,
    });
    const seen = found.map(({ middlewares, ...route }) => ({
      method: route.method,
      path: route.path,
      kind: route.kind,
      framework: route.framework,
      before: middlewares.map(({ name }) => name),
    }));
    expect(seen).toEqual([
      { method: 'QUERY', path: 'order', kind: 'procedure', framework: 'nestjs-graphql', before: ['AuthGuard'] },
      { method: 'MUTATION', path: 'createOrder', kind: 'procedure', framework: 'nestjs-graphql', before: ['AuthGuard'] },
      { method: 'GET', path: '/orders', kind: 'rest', framework: 'nestjs', before: [] },
    ]);
  });
});
