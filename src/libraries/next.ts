import { INPUT_TYPES } from './request-input.ts';
import type { Effect, Library, LibraryType } from './types.ts';

const init = { argument: 1, key: 'status' } as const;

type ResponseEffect = Extract<Effect, { kind: 'response' }>;

const send = (format: ResponseEffect['format'], extra: Partial<ResponseEffect> = {}): LibraryType => ({
  call: { returns: 'this', effect: { kind: 'response', format, ...extra } },
});

/** Next.js route handlers and API routes. https://nextjs.org/docs/app/api-reference/file-conventions/route */
export const next: Library = {
  id: 'next',
  title: 'Next.js',
  category: 'http',
  packages: ['next'],
  returned: 'response',
  fileRoutes: [
    { folder: 'app', prefix: '', file: 'route', handlers: 'methods' },
    { folder: 'pages/api', prefix: '/api', handlers: 'default' },
  ],
  types: {
    module: {
      members: {
        NextResponse: {
          construct: { returns: 'answer', effect: { kind: 'response', body: 0, format: 'any', status: init } },
          members: {
            json: { call: { returns: 'answer', effect: { kind: 'response', body: 0, format: 'json', status: init } } },
            redirect: { call: { returns: 'answer', effect: { kind: 'response', format: 'redirect' } } },
            rewrite: { call: { returns: 'answer' } },
            next: { call: { returns: 'answer' } },
          },
          instance: 'answer',
        },
        NextRequest: { instance: 'request' },
        NextApiRequest: { instance: 'apiRequest' },
        NextApiResponse: { instance: 'apiResponse' },
        NextApiHandler: { instance: 'apiHandler' },
        after: { call: { defers: true } },
        default: 'module',
      },
    },
    answer: {},
    request: {
      members: {
        json: { call: { returns: 'bodyInput' } },
        formData: { call: { returns: 'bodyInput' } },
        text: { call: { returns: 'input' } },
        headers: 'headersInput',
        cookies: {},
        nextUrl: { members: { searchParams: { members: { get: { call: { returns: 'queryInput' } }, getAll: { call: { returns: 'queryInput' } } } } } },
      },
    },
    apiRequest: { members: { body: 'bodyInput', query: 'queryInput', headers: 'headersInput', cookies: 'cookiesInput', '*': {} } },
    ...INPUT_TYPES,
    apiResponse: {
      members: {
        json: send('json', { body: 0 }),
        send: send('any', { body: 0 }),
        end: send('empty'),
        redirect: send('redirect'),
        write: send('stream', { body: 0 }),
        status: { call: { returns: 'this', effect: { kind: 'status', argument: 0 } } },
        setHeader: { call: { returns: 'this' } },
        revalidate: { call: {} },
      },
      assign: { statusCode: { kind: 'status', argument: 0 } },
    },
    apiHandler: { parameters: ['apiRequest', 'apiResponse'] },
  },
};

/** `Response` of the web platform, which Next.js, Hono and others answer with. https://developer.mozilla.org/docs/Web/API/Response */
export const webResponse: Library = {
  id: 'web',
  title: 'Web platform',
  category: 'http',
  packages: ['global'],
  returned: 'response',
  types: {
    module: {
      members: {
        Response: {
          construct: { returns: 'answer', effect: { kind: 'response', body: 0, format: 'any', status: init } },
          members: {
            json: { call: { returns: 'answer', effect: { kind: 'response', body: 0, format: 'json', status: init } } },
            redirect: { call: { returns: 'answer', effect: { kind: 'response', format: 'redirect' } } },
            error: { call: { returns: 'answer' } },
          },
          instance: 'answer',
        },
        Request: { instance: 'request' },
        fetch: 'http-clients:request',
      },
    },
    answer: {},
    request: {
      members: {
        json: { call: { returns: 'bodyInput' } },
        formData: { call: { returns: 'bodyInput' } },
        text: { call: { returns: 'input' } },
        headers: {},
      },
    },
    ...INPUT_TYPES,
  },
};
