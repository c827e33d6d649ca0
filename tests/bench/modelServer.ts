import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AnswerShape, answerShapes } from './answers';

/** The timing of one model's answers. */
export interface Script {
  /** Milliseconds before the first token. */
  firstMs: number;
  /** Milliseconds between writes, and tokens in each. */
  everyMs: number;
  tokensEach: number;
  tokens: number;
  /** Paragraphs by default. */
  text?: AnswerShape;
}

export interface ModelServer {
  /** Base address, `/v1` included. */
  baseUrl: string;
  /** A page that only shows the tokens of a model as they come. */
  barePage(model: string): string;
  /** When requests came, and when each token of the last request was written, by its number. Milliseconds since the epoch. */
  arrivals: number[];
  written: number[];
  /** How long each request took, by model. */
  durations: Map<string, number[]>;
  close(): Promise<void>;
}

/** Milliseconds since the epoch with fractions, comparable between the processes of one machine. */
export const clockNow = (): number => performance.timeOrigin + performance.now();

const bodyOf = async (request: IncomingMessage): Promise<{ model: string }> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text || '{"model":""}') as { model: string };
};

/** A server that speaks OpenAI's chat protocol by script: token `n` contains the word `w<n>`. */
export const startModelServer = async (models: Record<string, Script>): Promise<ModelServer> => {
  const arrivals: number[] = [];
  const durations = new Map<string, number[]>();
  let written: number[] = [];

  const stream = async (response: ServerResponse, model: string, wrap: (text: string) => string): Promise<number> => {
    const script = models[model] ?? { firstMs: 0, everyMs: 5, tokensEach: 5, tokens: 20 };
    const text = script.text ?? answerShapes.prose.text;
    const own: number[] = [];
    written = own;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    await new Promise((resolve) => setTimeout(resolve, script.firstMs));
    const started = performance.now();
    // The rate is kept on average: a late timer writes more tokens at once.
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(script.tokens, Math.ceil((performance.now() - started) / script.everyMs) * script.tokensEach);
        const at = clockNow();
        let events = '';
        for (let token = own.length; token < due; token += 1) {
          events += wrap(text(token));
          own.push(at);
        }
        response.write(events);
        if (own.length < script.tokens && !response.destroyed) return;
        clearInterval(timer);
        resolve();
      }, script.everyMs);
    });
    return own.length;
  };

  const server = createServer(async (request, response) => {
    const at = clockNow();
    const started = performance.now();
    if (request.url?.startsWith('/bare')) {
      const model = decodeURIComponent(request.url.split('/')[2] ?? '');
      if (request.url.includes('/page')) response.setHeader('content-type', 'text/html').end(barePageOf(model));
      else {
        await stream(response, model, (text) => `data: ${JSON.stringify(text)}\n\n`);
        response.end();
      }
      return;
    }
    if (request.url?.endsWith('/models')) {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ data: Object.keys(models).map((id) => ({ id, object: 'model' })) }));
      return;
    }
    arrivals.push(at);
    const { model } = await bodyOf(request);
    const event = (delta: object, finish: string | null): string =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    const tokens = await stream(response, model, (content) => event({ content }, null));
    const usage = { prompt_tokens: 100, completion_tokens: tokens, total_tokens: 100 + tokens };
    response.end(
      `${event({}, 'stop')}data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model, choices: [], usage })}\n\ndata: [DONE]\n\n`,
    );
    durations.set(model, [...(durations.get(model) ?? []), performance.now() - started]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `${origin}/v1`,
    barePage: (model) => `${origin}/bare/${model}/page`,
    arrivals,
    get written() {
      return written;
    },
    durations,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const barePageOf = (model: string): string => `<!doctype html><p id="text"></p><script>
new EventSource('/bare/${model}/stream').onmessage = (event) => document.getElementById('text').append(JSON.parse(event.data));
</script>`;
