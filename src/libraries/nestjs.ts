import { VERB_DECORATORS } from './http-verbs.ts';
import { INPUT_DECORATORS } from './request-input.ts';
import type { DecoratorSpec, Library, LibraryType } from './types.ts';

const routes: Readonly<Record<string, DecoratorSpec>> = { ...VERB_DECORATORS, Sse: { kind: 'route', methods: ['GET'] } };

const APPLICATION = { instance: 'app' } as const;
const MODULE_PATHS: LibraryType = { call: { effect: { kind: 'modulePaths', argument: 0 } } };

/** NestJS 8–12. https://docs.nestjs.com/controllers https://docs.nestjs.com/techniques/versioning */
export const nestjs: Library = {
  id: 'nestjs',
  title: 'NestJS',
  category: 'http',
  packages: ['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', '@nestjs/platform-fastify'],
  returned: 'body',
  types: {
    module: {
      members: {
        NestFactory: { members: { create: { call: { returns: 'app', effect: { kind: 'controllers', module: 0 } } } } },
        RouterModule: { members: { register: MODULE_PATHS, forRoutes: MODULE_PATHS } },
        INestApplication: APPLICATION,
        NestExpressApplication: APPLICATION,
        NestFastifyApplication: APPLICATION,
        applyDecorators: { call: { effect: { kind: 'decorators' } } },
      },
    },
    app: {
      router: 'root',
      members: {
        setGlobalPrefix: { call: { returns: 'this', effect: { kind: 'prefix', argument: 0, on: 'receiver', excludeKey: 'exclude' } } },
        enableVersioning: { call: { returns: 'this', effect: { kind: 'versioning', options: 0 } } },
        use: { call: { returns: 'this', defers: true } },
        useGlobalGuards: { call: { returns: 'this' } },
        useGlobalPipes: { call: { returns: 'this' } },
        useGlobalFilters: { call: { returns: 'this' } },
        useGlobalInterceptors: { call: { returns: 'this' } },
        listen: { call: { defers: true } },
      },
    },
  },
  decorators: {
    ...routes,
    ...INPUT_DECORATORS,
    Controller: { kind: 'controller', pathKey: 'path', versionKey: 'version' },
    RequestMapping: { kind: 'route', methods: { key: 'method' }, pathKey: 'path' },
    Version: { kind: 'version' },
    Module: { kind: 'module' },
    Injectable: { kind: 'injectable' },
    HttpCode: { kind: 'status' },
    Res: { kind: 'response' },
    Response: { kind: 'response' },
    Render: { kind: 'render' },
    UseGuards: { kind: 'guard' },
    UseInterceptors: { kind: 'interceptor' },
    UsePipes: { kind: 'pipe' },
    UseFilters: { kind: 'filter' },
  },
};
