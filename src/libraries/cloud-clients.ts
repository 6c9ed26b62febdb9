import { SDK_CLASS, sends } from './outbound.ts';
import type { Library } from './types.ts';

/** Clients of the AWS SDK 3: `client.send(new PutObjectCommand(…))`. */
export const awsClients: Library = {
  id: 'aws',
  title: 'AWS SDK',
  category: 'outbound',
  packages: [/^@aws-sdk\/(?:client|lib)-/],
  types: {
    module: { members: { '*': { instance: 'client', construct: { returns: 'client' } } } },
    client: { members: { send: sends('storage'), done: sends('storage') } },
  },
};

/** Other object storage. */
export const objectStorage: Library = {
  id: 'object-storage',
  title: 'Object storage',
  category: 'outbound',
  packages: ['@google-cloud/storage', '@azure/storage-blob', 'minio', '@vercel/blob'],
  types: {
    module: {
      members: {
        Storage: SDK_CLASS,
        BlobServiceClient: SDK_CLASS,
        Client: SDK_CLASS,
        ...Object.fromEntries(['put', 'del', 'copy', 'head', 'list'].map((name) => [name, sends('storage')])),
      },
    },
    sdk: { members: { '*': 'sdk' }, call: { returns: 'sdk', effect: { kind: 'io', what: 'storage' } } },
  },
};
