import { EmergenceError } from '@shared/model';
import { refusalOf } from './post';
import type { Connection } from './protocol';

/** One request over an SDK. */
export interface SdkRequest {
  /** The whole address: the SDKs would lose an account's query when joining one. */
  address: string;
  /** Null removes a header that the SDK sends by default. */
  headers: Record<string, string | null>;
  body: Record<string, unknown>;
}

/** Disables the SDKs' own time limit: `callTransport.ts` has the limits. Milliseconds. */
const noTimeout = 2_147_483_647;

/**
 * Makes an SDK's client while the SDKs' variables are removed from the environment: the SDKs read addresses, keys and headers from
 * there, some of them even against their options, and nothing may change where a question is sent or what is sent with it.
 */
const withoutSdkEnvironment = <Client>(make: () => Client): Client => {
  const hidden = Object.entries(process.env).filter(([name]) => /^(OPENAI|ANTHROPIC)_/i.test(name));
  for (const [name] of hidden) delete process.env[name];
  try {
    return make();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
};

/** Headers that describe this computer (system, processor, versions): no provider needs them. */
const identifying = /^(x-stainless-|user-agent$)/i;

/**
 * Runs one SDK call and returns the body of its answer. The SDKs read error bodies and streams without limits, so here they only
 * make and send the request. Throws a typed error for any status but 2xx.
 */
const answerOf = async (connection: Connection, send: (fetch: typeof globalThis.fetch) => Promise<Response>) => {
  let failure: EmergenceError | null = null;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const headers = new Headers([...new Headers(init?.headers)].filter(([name]) => !identifying.test(name)));
    headers.set('accept', 'text/event-stream, application/json');
    const response = await connection.fetch(input, { ...init, headers });
    if (response.ok) return response;
    failure = await refusalOf(response);
    throw failure;
  };
  try {
    const { body } = await send(fetch);
    if (!body) throw new EmergenceError('provider.protocol');
    return body;
  } catch (error) {
    // The SDK wraps errors of its fetch.
    throw failure ?? error;
  }
};

/** Sends a request with OpenAI's SDK, which is loaded on first use. */
export const postWithOpenAi = (connection: Connection, { address, headers, body }: SdkRequest): Promise<ReadableStream<Uint8Array>> =>
  answerOf(connection, async (fetch) => {
    const { default: OpenAI } = await import('openai');
    const client = withoutSdkEnvironment(
      () =>
        new OpenAI({
          // The key is in `headers`: Azure takes it in another one, and a local server may take none.
          apiKey: 'none',
          baseURL: connection.baseUrl,
          organization: null,
          project: null,
          adminAPIKey: null,
          webhookSecret: null,
          maxRetries: 0,
          timeout: noTimeout,
          logLevel: 'off',
          fetch,
        }),
    );
    return client.post(address, { body, headers: { authorization: null, ...headers } }).asResponse();
  });

/** Sends a request with Anthropic's SDK, which is loaded on first use. */
export const postWithAnthropic = (connection: Connection, { address, headers, body }: SdkRequest): Promise<ReadableStream<Uint8Array>> =>
  answerOf(connection, async (fetch) => {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    const client = withoutSdkEnvironment(
      () =>
        new Anthropic({
          apiKey: connection.key ?? '',
          authToken: null,
          webhookKey: null,
          baseURL: connection.baseUrl,
          maxRetries: 0,
          timeout: noTimeout,
          logLevel: 'off',
          fetch,
        }),
    );
    return client.post(address, { body, headers }).asResponse();
  });
