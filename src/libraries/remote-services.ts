import { sdk, SDK_CLASS, sends } from './outbound.ts';
import type { Library } from './types.ts';

const generate = sends('model');

/** Language models: OpenAI, Anthropic, Mistral, Cohere, Groq. */
export const modelClients: Library = {
  id: 'model-clients',
  title: 'Language models',
  category: 'outbound',
  packages: ['openai', '@anthropic-ai/sdk', '@mistralai/mistralai', 'cohere-ai', 'groq-sdk'],
  types: {
    module: {
      ...SDK_CLASS,
      members: {
        ...Object.fromEntries(['OpenAI', 'AzureOpenAI', 'Anthropic', 'Mistral', 'CohereClient', 'Groq'].map((name) => [name, SDK_CLASS])),
        default: 'module',
      },
    },
    sdk: sdk('model'),
  },
};

/** AI SDK. https://ai-sdk.dev/docs/reference/ai-sdk-core */
export const aiSdk: Library = {
  id: 'ai-sdk',
  title: 'AI SDK',
  category: 'outbound',
  packages: ['ai'],
  types: { module: { members: { generateText: generate, generateObject: generate, embed: generate, embedMany: generate, generateImage: generate } } },
};

/** Services that are called through their own packages: payments, messages, identities. */
export const remoteServices: Library = {
  id: 'remote-services',
  title: 'Remote services',
  category: 'outbound',
  packages: ['stripe', 'twilio', '@slack/web-api', '@workos-inc/node', '@octokit/rest', 'octokit', 'plaid', '@paypal/paypal-server-sdk'],
  types: {
    module: {
      ...SDK_CLASS,
      call: { returns: 'sdk' },
      members: { Stripe: SDK_CLASS, WebClient: SDK_CLASS, WorkOS: SDK_CLASS, Octokit: SDK_CLASS, PlaidApi: SDK_CLASS, default: 'module' },
    },
    sdk: sdk('service'),
  },
};
