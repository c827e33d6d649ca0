import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PresetId } from '@shared/model';

/** The wire protocols of the program, as the server side speaks them. */
export type FaultyProtocol = 'openai' | 'anthropic' | 'google' | 'ollama';

/** The answer to a request. Faults inside a stream come after `words` were sent. */
export type Behaviour =
  /**
   * `words` are read one by one as they are sent, and from the beginning for each request; `cached` is the number of cached input
   * tokens (OpenAI's protocol only).
   */
  | { kind: 'answer'; words: Iterable<string>; delayMs?: number; cached?: number }
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Sends words, then nothing; the connection stays open. */
  | { kind: 'silence'; words: string[] }
  /** Sends words, then destroys the TCP connection. */
  | { kind: 'cut'; words: string[] }
  /** Sends words, then ends the response cleanly, without the protocol's end. */
  | { kind: 'early-end'; words: string[] }
  | { kind: 'malformed'; words: string[] }
  | { kind: 'error-event'; words: string[] }
  /** Sends a whole answer and leaves the connection open. */
  | { kind: 'linger'; words: string[] }
  /** Accepts the request and never answers. */
  | { kind: 'hang' };

interface Script {
  contentType: string;
  start: string;
  word(text: string): string;
  end: string;
  malformed: string;
  errorEvent: string;
  wrongKey: { status: number; body: unknown };
  models: unknown;
}

const sse = (event: string | null, data: unknown): string => `${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`;
const openAiChunk = (delta: object, finish: string | null): string =>
  sse(null, { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });

/** 7 tokens in, 3 out, whatever the words are. */
const scripts: Record<FaultyProtocol, Script> = {
  openai: {
    contentType: 'text/event-stream',
    // Some servers omit `choices` when it is empty.
    start: `${sse(null, { id: 'c', object: 'chat.completion.chunk' })}${openAiChunk({ role: 'assistant', content: '' }, null)}`,
    word: (content) => openAiChunk({ content }, null),
    end: `${openAiChunk({}, 'stop')}${sse(null, { id: 'c', choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } })}data: [DONE]\n\n`,
    malformed: 'data: {"choices": [{\n\n',
    errorEvent: sse(null, { error: { message: 'The server is overloaded', type: 'server_error', code: 'overloaded' } }),
    wrongKey: { status: 401, body: { error: { message: 'Incorrect API key provided: sk-***', code: 'invalid_api_key' } } },
    models: {
      object: 'list',
      data: [
        { id: 'model-a', object: 'model' },
        { id: 'text-embedding-3-small', object: 'model' },
      ],
    },
  },
  anthropic: {
    contentType: 'text/event-stream',
    start:
      sse('message_start', {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          content: [],
          model: 'model-a',
          usage: { input_tokens: 7, output_tokens: 0 },
        },
      }) + sse('content_block_start', { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    word: (text) => sse('content_block_delta', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    end:
      sse('content_block_stop', { type: 'content_block_stop', index: 0 }) +
      sse('message_delta', { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } }) +
      sse('message_stop', { type: 'message_stop' }),
    malformed: 'event: content_block_delta\ndata: {"type": "content_\n\n',
    errorEvent: sse('error', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    wrongKey: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } } },
    models: {
      data: [{ id: 'model-a', type: 'model', display_name: 'Model A', created_at: '' }],
      has_more: false,
      first_id: null,
      last_id: null,
    },
  },
  google: {
    contentType: 'text/event-stream',
    start: '',
    word: (text) => sse(null, { candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] } }] }),
    end: sse(null, {
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text: '' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 3, totalTokenCount: 10 },
    }),
    malformed: 'data: {"candidates": [{\n\n',
    errorEvent: sse(null, { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
    wrongKey: {
      status: 400,
      body: { error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' } },
    },
    models: {
      models: [
        { name: 'models/gemini-model-a', displayName: 'Model A', inputTokenLimit: 1000, supportedGenerationMethods: ['generateContent'] },
        { name: 'models/embedding-001', supportedGenerationMethods: ['embedContent'] },
      ],
    },
  },
  ollama: {
    contentType: 'application/x-ndjson',
    start: '',
    word: (content) => `${JSON.stringify({ message: { role: 'assistant', content }, done: false })}\n`,
    end: `${JSON.stringify({ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 7, eval_count: 3 })}\n`,
    malformed: '{"message": {\n',
    errorEvent: `${JSON.stringify({ error: 'an internal server error occurred' })}\n`,
    wrongKey: { status: 401, body: { error: 'unauthorized' } },
    models: { models: [{ name: 'model-a' }, { name: 'nomic-embed-text' }] },
  },
};

export interface SeenRequest {
  path: string;
  authorization: string | null;
  body: Record<string, unknown>;
  /** Resolves when the client ended the connection or the whole answer was sent. */
  closed: Promise<void>;
  completed: boolean;
}

export interface FaultyProvider {
  /** For an account of `preset`. */
  readonly baseUrl: string;
  readonly preset: PresetId;
  /** The chat requests, in order. */
  readonly requests: SeenRequest[];
  /** Called for every request, also for those for models. */
  onRequest: ((request: { url: string; headers: IncomingMessage['headers'] }) => void) | null;
  /** Sets the answers to the next requests; the last one stays. */
  play(...behaviours: Behaviour[]): void;
  /** A chat behaviour for a wrong key in the protocol's own words. */
  wrongKey(): Behaviour;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const perform = async (behaviour: Behaviour, script: Script, response: ServerResponse): Promise<void> => {
  if (behaviour.kind === 'hang') return;
  if (behaviour.kind === 'status') {
    response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers });
    response.end(JSON.stringify(behaviour.body ?? { error: { message: 'no' } }));
    return;
  }
  response.writeHead(200, { 'content-type': script.contentType });
  response.write(script.start);
  for (const word of behaviour.words) {
    response.write(script.word(word));
    await pause(behaviour.kind === 'answer' ? (behaviour.delayMs ?? 1) : 1);
  }
  switch (behaviour.kind) {
    case 'answer': {
      const { cached } = behaviour;
      const details = `"total_tokens":10,"prompt_tokens_details":{"cached_tokens":${cached}}`;
      response.end(cached === undefined ? script.end : script.end.replace('"total_tokens":10', details));
      return;
    }
    case 'linger':
      response.write(script.end);
      return;
    case 'silence':
      return;
    case 'cut':
      await pause(20);
      response.destroy();
      return;
    case 'early-end':
      response.end();
      return;
    case 'malformed':
      response.write(script.malformed);
      response.end();
      return;
    case 'error-event':
      response.write(script.errorEvent);
      response.end();
  }
};

/** A real HTTP server on the loopback that speaks one provider's protocol and fails as configured; it has one model. */
export const startFaultyProvider = async (protocol: FaultyProtocol, model = 'model-a'): Promise<FaultyProvider> => {
  const script = scripts[protocol];
  const requests: SeenRequest[] = [];
  let queue: Behaviour[] = [{ kind: 'answer', words: ['Hello', ' there'] }];
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const path = request.url ?? '';
    provider.onRequest?.({ url: path, headers: request.headers });
    const asksModels = request.method === 'GET';
    if (asksModels || path === '/api/show') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const told = asksModels ? script.models : { model_info: { 'llama.context_length': 131_072 } };
      response.end(JSON.stringify(told).replaceAll('model-a', model));
      return;
    }
    const closed = Promise.withResolvers<void>();
    const key = request.headers['x-goog-api-key'];
    const seen: SeenRequest = {
      path,
      authorization: request.headers.authorization ?? (typeof key === 'string' ? key : null),
      body,
      closed: closed.promise,
      completed: false,
    };
    response.on('close', () => {
      seen.completed = response.writableFinished;
      closed.resolve();
    });
    requests.push(seen);
    const behaviour = queue.length > 1 ? queue.shift() : queue[0];
    if (behaviour) await perform(behaviour, script, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: FaultyProvider = {
    onRequest: null,
    baseUrl: protocol === 'openai' ? `${root}/v1` : root,
    preset: protocol,
    requests,
    play: (...behaviours) => {
      queue = behaviours;
    },
    wrongKey: () => ({ kind: 'status', ...script.wrongKey }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return provider;
};
