import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

const MAIN = `
  import { NestFactory } from '@nestjs/core';
  import { VersioningType } from '@nestjs/common';
  import { AppModule } from './app.module.ts';
  async function bootstrap() {
    const settings = await NestFactory.create(AppModule);
    await settings.close();
    const app = await NestFactory.create(AppModule);
    app.setGlobalPrefix('api', { exclude: ['health', { path: 'files/*path', method: 0 }] });
    app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
    await app.listen(3000);
  }
`;

describe('NestJS', () => {
  test.each<{ name: string; files: Record<string, string>; lines: string[] }>([
    {
      name: 'prefix, exclusions, versions and guards',
      files: {
        'src/main.ts': MAIN,
        'src/app.module.ts': `
          import { Module } from '@nestjs/common';
          import { UsersModule } from './users.module.ts';
          import { HealthController } from './health.controller.ts';
          @Module({ imports: [UsersModule.forRoot({})], controllers: [HealthController] })
          export class AppModule {}
        `,
        'src/users.module.ts': `
          import { Module } from '@nestjs/common';
          import { UsersController } from './users.controller.ts';
          @Module({ controllers: [UsersController] })
          export class UsersModule { static forRoot(options: object) { return { module: UsersModule }; } }
        `,
        'src/users.controller.ts': `
          import { Controller, Get, Post, Put, UseGuards, Version, VERSION_NEUTRAL } from '@nestjs/common';
          @Controller({ path: 'users', version: '2' })
          @UseGuards(RolesGuard)
          export class UsersController {
            @Get() list() {}
            @Get(':id') @Version('3') show() {}
            @Post(['import', 'upload']) @UseGuards(AuthGuard('jwt')) load() {}
            @Put('neutral') @Version(VERSION_NEUTRAL) neutral() {}
            helper() {}
          }
        `,
        'src/health.controller.ts': `
          import { Controller, Get } from '@nestjs/common';
          @Controller()
          export class HealthController {
            @Get('health') check() {}
            @Get('files/:name') file() {}
            @Get('status') status() {}
          }
        `,
      },
      lines: [
        'GET /api/v1/status → status',
        'GET /api/v2/users (RolesGuard) → list',
        'GET /api/v3/users/:id (RolesGuard) → show',
        'GET /v1/files/:name → file',
        'GET /v1/health → check',
        'POST /api/v2/users/import | /api/v2/users/upload (RolesGuard, AuthGuard) → load',
        'PUT /api/users/neutral (RolesGuard) → neutral',
      ],
    },
    {
      name: 'composed decorators, inherited routes, paths of modules',
      files: {
        'src/main.ts': `
          import { NestFactory } from '@nestjs/core';
          import { AppModule } from './app.module.ts';
          NestFactory.create(AppModule).then((app) => app.listen(3000));
        `,
        'src/app.module.ts': `
          import { Module } from '@nestjs/common';
          import { RouterModule } from '@nestjs/core';
          import { ShopModule } from './shop.ts';
          @Module({ imports: [ShopModule, RouterModule.register([{ path: 'admin', children: [{ path: 'shop', module: ShopModule }] }])] })
          export class AppModule {}
        `,
        'src/shop.ts': `
          import { applyDecorators, Controller, Get, Delete, Module, UseGuards } from '@nestjs/common';
          const ApiController = (path: string) => applyDecorators(Controller(path), UseGuards(AdminGuard));
          function Listing(path: string) { return Get(path); }
          export abstract class CrudController {
            @Get(':id') show() {}
            @Delete(':id') remove() {}
          }
          @ApiController('orders')
          export class OrdersController extends CrudController {
            @Listing('all') list() {}
            remove() {}
          }
          @Module({ controllers: [OrdersController] })
          export class ShopModule {}
        `,
      },
      lines: ['GET /admin/shop/orders/:id (AdminGuard) → show', 'GET /admin/shop/orders/all (AdminGuard) → list'],
    },
    {
      name: 'a prefix that is read from settings is not known',
      files: {
        'src/main.ts': `
          import { NestFactory } from '@nestjs/core';
          import { AppModule, CatsController } from './app.ts';
          async function main(settings) {
            const app = await NestFactory.create(AppModule);
            setUp(app, settings);
          }
          function setUp(app: import('@nestjs/common').INestApplication, settings) { app.setGlobalPrefix(settings.get('prefix')); }
        `,
        'src/app.ts': `
          import { Controller, Get, Module } from '@nestjs/common';
          @Controller('cats') export class CatsController { @Get() list() {} }
          @Module({ controllers: [CatsController] }) export class AppModule {}
        `,
      },
      lines: ['GET ~/cats → list'],
    },
  ])('$name', ({ files, lines }) => {
    expect(routeLines(files)).toEqual(lines);
  });
});
