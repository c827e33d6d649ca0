import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench } from '../../support/providerBench';

/** Every variable that the SDKs' sources read for a client of the kinds that the program builds, and some of their families. */
const variables = {
  openai: [
    'OPENAI_BASE_URL',
    'OPENAI_API_KEY',
    'OPENAI_ADMIN_KEY',
    'OPENAI_ORG_ID',
    'OPENAI_PROJECT_ID',
    'OPENAI_WEBHOOK_SECRET',
    'OPENAI_LOG',
    'OPENAI_CUSTOM_HEADERS',
    'AZURE_OPENAI_API_KEY',
    'AZURE_OPENAI_ENDPOINT',
    'OPENAI_API_VERSION',
  ],
  anthropic: [
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'ANTHROPIC_WEBHOOK_SIGNING_KEY',
    'ANTHROPIC_LOG',
    'ANTHROPIC_CUSTOM_HEADERS',
    'ANTHROPIC_PROFILE',
    'ANTHROPIC_ORGANIZATION_ID',
    'ANTHROPIC_WORKSPACE_ID',
    'ANTHROPIC_IDENTITY_TOKEN',
  ],
  google: [
    'GOOGLE_API_KEY',
    'GEMINI_API_KEY',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_GENAI_USE_ENTERPRISE',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_VERTEX_BASE_URL',
    'GOOGLE_GEMINI_BASE_URL',
    'GOOGLE_GENAI_API_VERSION',
  ],
} as const;
const values: Record<string, string> = {
  CUSTOM_HEADERS:
    'authorization: Bearer canary-of-the-environment\nx-api-key: canary-of-the-environment\nx-goog-api-key: canary-of-the-environment',
  LOG: 'debug',
  USE_VERTEXAI: 'true',
  USE_ENTERPRISE: 'true',
};

const recorder = async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

afterEach(() => vi.unstubAllEnvs());

describe('the SDKs read nothing from the environment', () => {
  it.each(
    Object.entries(variables).flatMap(([protocol, names]) => names.map((name) => [protocol as keyof typeof variables, name] as const)),
  )('%s: %s changes neither address nor headers, and writes no log', async (protocol, name) => {
    const elsewhere = await recorder();
    const log = ['log', 'debug', 'info', 'warn', 'error'].map((level) => vi.spyOn(console, level as 'log').mockImplementation(() => {}));
    onTestFinished(() => {
      for (const spy of log) spy.mockRestore();
    });
    const suffix = Object.keys(values).find((end) => name.endsWith(end));
    const value = /URL|ENDPOINT/.test(name) ? elsewhere.url : (values[suffix ?? ''] ?? 'canary-of-the-environment');
    const server = await startFaultyProvider(protocol);
    onTestFinished(server.close);
    const bench = openProviderBench();
    onTestFinished(bench.close);
    const headers: unknown[] = [];
    server.onRequest = (request) => headers.push(request);
    const account = await bench.add(server.preset, server.baseUrl);
    vi.stubEnv(name, value);
    expect(await bench.accounts.test(account.id)).toMatchObject({ ok: true });
    expect((await bench.ask(bench.request([bench.candidate(account)]))).text).toBe('Hello there');
    expect(JSON.stringify(headers)).not.toContain('canary');
    expect(server.requests.every(({ authorization }) => authorization?.includes('test-key') ?? protocol === 'anthropic')).toBe(true);
    expect(elsewhere.seen).toEqual([]);
    expect(process.env[name]).toBe(value);
    expect(log.flatMap((spy) => spy.mock.calls)).toEqual([]);
  });
});
