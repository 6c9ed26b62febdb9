import { sends } from './outbound.ts';
import type { Library, LibraryType } from './types.ts';

const request = sends('http');
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'request', 'fetch', 'stream', 'postForm', 'putForm', 'patchForm'];

const client: LibraryType = {
  ...request,
  members: {
    ...Object.fromEntries(METHODS.map((method) => [method, request])),
    create: { call: { returns: 'client' } },
    extend: { call: { returns: 'client' } },
    instance: { call: { returns: 'client' } },
    axiosRef: 'client',
    default: 'client',
  },
};

/** Clients of HTTP: axios, got, ky, undici, node-fetch, ofetch, superagent. The global `fetch` leads here, too. */
export const httpClients: Library = {
  id: 'http-clients',
  title: 'HTTP clients',
  category: 'outbound',
  packages: ['axios', 'got', 'ky', 'undici', 'node-fetch', 'node-fetch-native', 'cross-fetch', 'ofetch', 'superagent', 'needle', 'request-promise'],
  types: {
    module: {
      ...client,
      members: {
        ...client.members,
        got: 'client',
        axios: 'client',
        ofetch: 'client',
        $fetch: 'client',
        Axios: { instance: 'client', construct: { returns: 'client' } },
        AxiosInstance: { instance: 'client' },
        KyInstance: { instance: 'client' },
        Got: { instance: 'client' },
      },
    },
    client,
    request,
  },
};
