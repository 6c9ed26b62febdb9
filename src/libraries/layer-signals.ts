/** Layers that the use of a package's name tells. */
export type SignalledLayer = 'handler' | 'service' | 'repository' | 'model' | 'middleware' | 'job' | 'event' | 'client' | 'config';

/** Using one of the names of a package in the given way says what a file is there for. */
export interface LayerSignal {
  readonly packages: RegExp;
  readonly names: readonly string[];
  readonly use: 'decorator' | 'extends' | 'implements' | 'call';
  readonly layer: SignalledLayer;
}

/** From the documentation of each package. `call`: also constructed with `new`; judged at the top of a module or in a function. */
export const LAYER_SIGNALS: readonly LayerSignal[] = [
  { packages: /^@nestjs\/graphql$|^type-graphql$/, names: ['Resolver'], use: 'decorator', layer: 'handler' },
  { packages: /^@nestjs\/common$|^routing-controllers$|^tsoa$/, names: ['Controller', 'JsonController'], use: 'decorator', layer: 'handler' },
  { packages: /^@nestjs\/websockets$/, names: ['WebSocketGateway'], use: 'decorator', layer: 'handler' },
  { packages: /^@nestjs\/cqrs$/, names: ['CommandHandler', 'QueryHandler'], use: 'decorator', layer: 'service' },
  { packages: /^@nestjs\/cqrs$/, names: ['EventsHandler'], use: 'decorator', layer: 'event' },
  { packages: /^event-dispatch$|^typeorm$/, names: ['EventSubscriber'], use: 'decorator', layer: 'event' },
  { packages: /^@nestjs\/bull(mq)?$/, names: ['Processor'], use: 'decorator', layer: 'job' },
  { packages: /^@nestjs\/bullmq$/, names: ['WorkerHost'], use: 'extends', layer: 'job' },
  { packages: /^bullmq$/, names: ['Worker'], use: 'call', layer: 'job' },
  { packages: /^node-cron$|^cron$|^croner$/, names: ['schedule', 'CronJob', 'Cron'], use: 'call', layer: 'job' },
  { packages: /^typeorm$|^@mikro-orm\/core$/, names: ['Entity', 'ViewEntity', 'ChildEntity', 'Embeddable'], use: 'decorator', layer: 'model' },
  { packages: /^sequelize-typescript$/, names: ['Table'], use: 'decorator', layer: 'model' },
  { packages: /^@nestjs\/mongoose$/, names: ['Schema'], use: 'decorator', layer: 'model' },
  { packages: /^sequelize(-typescript)?$|^@sequelize\/core$|^objection$/, names: ['Model'], use: 'extends', layer: 'model' },
  { packages: /^typeorm$/, names: ['BaseEntity'], use: 'extends', layer: 'model' },
  { packages: /^typeorm$/, names: ['EntityRepository'], use: 'decorator', layer: 'repository' },
  {
    packages: /^typeorm$|^@mikro-orm\//,
    names: ['Repository', 'TreeRepository', 'AbstractRepository', 'EntityRepository'],
    use: 'extends',
    layer: 'repository',
  },
  {
    packages: /^drizzle-orm\/\w+-core$/,
    names: ['pgTable', 'mysqlTable', 'sqliteTable', 'singlestoreTable', 'pgSchema', 'pgEnum', 'pgTableCreator', 'mysqlTableCreator', 'sqliteTableCreator'],
    use: 'call',
    layer: 'model',
  },
  { packages: /^drizzle-orm$/, names: ['relations', 'defineRelations'], use: 'call', layer: 'model' },
  { packages: /^mongoose$/, names: ['model', 'Schema'], use: 'call', layer: 'model' },
  { packages: /^drizzle-orm\//, names: ['drizzle'], use: 'call', layer: 'client' },
  { packages: /^typeorm$/, names: ['DataSource', 'createConnection', 'createConnections'], use: 'call', layer: 'client' },
  { packages: /^knex$|^pg$|^postgres$|^kysely$/, names: ['knex', 'Knex', 'Pool', 'Kysely', 'postgres', ''], use: 'call', layer: 'client' },
  { packages: /^sequelize(-typescript)?$/, names: ['Sequelize'], use: 'call', layer: 'client' },
  { packages: /^@prisma\/client$|(^|\/)generated\/(prisma|client|prisma-client)(\/|$)/, names: ['PrismaClient'], use: 'call', layer: 'client' },
  { packages: /^@prisma\/client$|(^|\/)generated\/(prisma|client|prisma-client)(\/|$)/, names: ['PrismaClient'], use: 'extends', layer: 'client' },
  {
    packages: /^@nestjs\/common$/,
    names: ['NestMiddleware', 'CanActivate', 'NestInterceptor', 'ExceptionFilter', 'PipeTransform'],
    use: 'implements',
    layer: 'middleware',
  },
  {
    packages: /^routing-controllers$/,
    names: ['ExpressMiddlewareInterface', 'ExpressErrorMiddlewareInterface', 'InterceptorInterface'],
    use: 'implements',
    layer: 'middleware',
  },
  {
    packages: /^@nestjs\/(passport|core|throttler)$/,
    names: ['PassportStrategy', 'AuthGuard', 'BaseExceptionFilter', 'ThrottlerGuard'],
    use: 'extends',
    layer: 'middleware',
  },
  {
    packages: /^@nestjs\//,
    names: [
      'TypeOrmOptionsFactory',
      'MongooseOptionsFactory',
      'SequelizeOptionsFactory',
      'CacheOptionsFactory',
      'JwtOptionsFactory',
      'ThrottlerOptionsFactory',
    ],
    use: 'implements',
    layer: 'config',
  },
  { packages: /^@nestjs\/common$/, names: ['Catch'], use: 'decorator', layer: 'middleware' },
  { packages: /^hono\/factory$|^hono$/, names: ['createMiddleware'], use: 'call', layer: 'middleware' },
];

/** Packages of code that runs in a browser or renders; their subpaths count too. */
const BROWSER = [
  '(?:react|preact|vue|svelte|mobx|zustand|jotai|sonner|lucide-react|next-intl|styled-components)',
  'react-(?:dom|native|router|router-dom|hook-form|query|i18next)',
  '@react-(?:email|navigation|router)\\/(?!node|fs-routes|express).*',
  'mobx-react.*',
  'vue-router',
  '@angular\\/.*',
  '@radix-ui\\/.*',
  '@tanstack\\/(?:react|vue)-.*',
  'next\\/(?:router|navigation|link|image|head|font.*)',
  'expo.*',
];

export const VIEW_PACKAGES = new RegExp(`^(?:${BROWSER.join('|')})(?:/.*)?$`);
