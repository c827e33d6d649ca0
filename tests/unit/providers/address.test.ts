import { chatAddress, deploymentOf, endpointOf, keyHeaders, placeOf } from '@main/providers/endpoint';
import { isLoopback } from '@main/providers/presets';
import { readAddress } from '@shared/model';
import { describe, expect, it } from 'vitest';

describe('an address as people paste it', () => {
  it.each([
    ['https://api.example.org/v1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/', 'https://api.example.org/v1'],
    ['https://api.example.org/v1///', 'https://api.example.org/v1'],
    ['https://api.example.org//v1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/completions', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/completions/', 'https://api.example.org/v1'],
    ['https://api.example.org/chat/completions', 'https://api.example.org'],
    ['https://api.example.org/v1/models', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/models/gpt-4', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/embeddings', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/responses', 'https://api.example.org/v1'],
    ['  https://api.example.org/v1  ', 'https://api.example.org/v1'],
    ['"https://api.example.org/v1"', 'https://api.example.org/v1'],
    ['`https://api.example.org/v1`', 'https://api.example.org/v1'],
    ['« https://api.example.org/v1 »', 'https://api.example.org/v1'],
    ['\u200bhttps://api.\u2060example.org/v1\ufeff', 'https://api.example.org/v1'],
    ['<https://api.example.org/v1>', 'https://api.example.org/v1'],
    ['https://api.example.org/v1,', 'https://api.example.org/v1'],
    ['https://api.example.\norg/v1\n', 'https://api.example.org/v1'],
    ['HTTPS://API.Example.ORG/V1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1#models', 'https://api.example.org/v1'],
    ['https:/api.example.org/v1', 'https://api.example.org/v1'],
    ['api.example.org/v1', 'https://api.example.org/v1'],
    ['//api.example.org/v1', 'https://api.example.org/v1'],
    ['localhost:8080', 'http://localhost:8080'],
    ['LOCALHOST:8080/v1', 'http://localhost:8080/v1'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:1234/v1/', 'http://127.0.0.1:1234/v1'],
    ['0.0.0.0:8000/v1', 'http://127.0.0.1:8000/v1'],
    ['http://[::]:8000/v1', 'http://[::1]:8000/v1'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['192.168.1.20:11434', 'http://192.168.1.20:11434'],
    ['nas:8080/v1', 'http://nas:8080/v1'],
    ['box.local:8080', 'http://box.local:8080'],
    ['http://api.example.org:80/v1', 'http://api.example.org/v1'],
    ['https://api.example.org/v1?api-version=2024-10-21', 'https://api.example.org/v1?api-version=2024-10-21'],
    [
      'https://r.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
      'https://r.openai.azure.com/openai/deployments/gpt-4o?api-version=2024-10-21',
    ],
    ['https://r.openai.azure.com/', 'https://r.openai.azure.com/openai/v1'],
    ['https://r.openai.azure.com/?api-version=2024-10-21', 'https://r.openai.azure.com/openai?api-version=2024-10-21'],
    ['https://r.openai.azure.com/openai/v1/chat/completions', 'https://r.openai.azure.com/openai/v1'],
    ['https://api.example.org/v1/chat/completions#', 'https://api.example.org/v1'],
    ['https://api.example.org/v1#', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/completions?foo=bar', 'https://api.example.org/v1?foo=bar'],
    ['https://api.example.org/v1/v1', 'https://api.example.org/v1/v1'],
    ['https://api.example.org/v1/v1/chat/completions', 'https://api.example.org/v1/v1'],
    ['POST https://api.example.org/v1/chat/completions', 'https://api.example.org/v1'],
    ['curl https://api.example.org/v1/chat/completions', 'https://api.example.org/v1'],
    ['base_url="https://api.example.org/v1"', 'https://api.example.org/v1'],
    ['OPENAI_BASE_URL=https://api.example.org/v1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1 (OpenAI compatible)', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/Chat/Completions', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/completions/v1', 'https://api.example.org/v1/chat/completions/v1'],
    ['https://api.example.org/api/v3/chat/completions', 'https://api.example.org/api/v3'],
    ['https://api.example.org/compatible-mode/v1/', 'https://api.example.org/compatible-mode/v1'],
    ['https://gateway.ai.example.org/v1/acc/gw/compat/chat/completions', 'https://gateway.ai.example.org/v1/acc/gw/compat'],
    ['http://[::1]:8080/v1/', 'http://[::1]:8080/v1'],
    ['http://[fe80::1]:8080/v1', 'http://[fe80::1]:8080/v1'],
    ['host.docker.internal:11434/v1', 'http://host.docker.internal:11434/v1'],
    ['my-server:8000', 'http://my-server:8000'],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1'],
    ['http://localhost:11434/api/generate', 'http://localhost:11434'],
    ['http://localhost:11434/api/tags', 'http://localhost:11434'],
    ['http:localhost:8080', 'http://localhost:8080'],
    ['http//localhost:8080/v1', 'http://localhost:8080/v1'],
    ['https://https://api.example.org/v1', 'https://api.example.org/v1'],
    ['https://http://localhost:8080', 'http://localhost:8080'],
    ['api.example.org', 'https://api.example.org'],
    ['api.example.org:443/v1', 'https://api.example.org/v1'],
    ['api.example.org:8443/v1', 'https://api.example.org:8443/v1'],
    ['https：//api.example.org/v1', 'https://api.example.org/v1'],
    ['https://api。example.org/v1', 'https://api.example.org/v1'],
    ['https://api.example.org\\v1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1%20', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/ ', 'https://api.example.org/v1'],
    ['\thttps://api.example.org/v1\r\n', 'https://api.example.org/v1'],
    ['[https://api.example.org/v1](https://api.example.org/v1)', 'https://api.example.org/v1'],
    ['https://bücher.example/v1', 'https://xn--bcher-kva.example/v1'],
    ['HTTP://LOCALHOST:8080/V1/MODELS', 'http://localhost:8080/v1'],
    ['0.0.0.0:8000', 'http://127.0.0.1:8000'],
    ['*:8000', 'http://127.0.0.1:8000'],
    ['https://generativelanguage.googleapis.com/v1beta/openai/', 'https://generativelanguage.googleapis.com/v1beta/openai'],
    ['https://generativelanguage.googleapis.com/v1beta/openai/chat/completions', 'https://generativelanguage.googleapis.com/v1beta/openai'],
    [
      'https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview',
      'https://r.openai.azure.com/openai?api-version=2025-04-01-preview',
    ],
    [
      'https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview',
      'https://r.services.ai.azure.com/models?api-version=2024-05-01-preview',
    ],
    [
      'https://r.cognitiveservices.azure.com/openai/deployments/gpt/chat/completions?api-version=1',
      'https://r.cognitiveservices.azure.com/openai/deployments/gpt?api-version=1',
    ],
    ['localhost:1234/api/v1', 'http://localhost:1234/api/v1'],
    ['http://10.0.0.5:8080/v1', 'http://10.0.0.5:8080/v1'],
    ['100.64.1.2:8080', 'http://100.64.1.2:8080'],
    ['203.0.113.7:8080/v1', 'https://203.0.113.7:8080/v1'],
    ['http://100.100.1.1:8080', 'http://100.100.1.1:8080'],
  ])('%j is %s', (text, address) => {
    expect(readAddress(text)).toEqual({ address });
    expect(readAddress(address)).toEqual({ address });
  });

  it.each([
    ['anthropic', 'https://api.anthropic.com/v1/messages', 'https://api.anthropic.com'],
    ['anthropic', 'https://api.anthropic.com/v1', 'https://api.anthropic.com'],
    [
      'google',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent',
      'https://generativelanguage.googleapis.com',
    ],
    ['google', 'https://generativelanguage.googleapis.com/v1beta/', 'https://generativelanguage.googleapis.com'],
    ['ollama', 'http://localhost:11434/api/chat', 'http://localhost:11434'],
    ['ollama', 'localhost:11434/v1', 'http://localhost:11434'],
    ['anthropic', 'https://api.anthropic.com/v1/messages?beta=true', 'https://api.anthropic.com?beta=true'],
    ['anthropic', 'https://proxy.example/anthropic/v1/messages', 'https://proxy.example/anthropic'],
  ] as const)('of %s: %s is %s', (preset, text, address) => expect(readAddress(text, preset)).toEqual({ address }));

  it.each([
    ['', 'empty'],
    ['  "" ', 'empty'],
    ['not a url', 'invalid'],
    ['gpt-4', 'invalid'],
    ['ftp://example.org', 'invalid'],
    ['file:///etc/passwd', 'invalid'],
    ['javascript:alert(1)', 'invalid'],
    ['http://', 'invalid'],
    ['http://example.org:99999', 'invalid'],
    ['http://me:secret@example.org', 'credentials'],
    ['https://me@example.org/v1', 'credentials'],
    ['https://example.org/v1?key=AIza123', 'credentials'],
    ['::1:8080', 'invalid'],
    ['htp://localhost:8080/v1', 'invalid'],
    ['https://api.example.org/ v1', 'invalid'],
    ['https://example.org/v1?api_key=1', 'credentials'],
    ['https://example.org/v1?API_TOKEN=1', 'credentials'],
    ['https://example.org/v1?client_secret=1', 'credentials'],
    ['https://example.org/v1?x-api-key=1', 'credentials'],
    ['https://example.org/v1?code=abc', 'credentials'],
    ['https://example.org/v1?x=sk-abcdefghijklmnopqrst', 'credentials'],
    ['https://example.org/v1/sk-abcdefghijklmnopqrst', 'credentials'],
    ['https://sk-abcdefghijklmnopqrst@example.org/v1', 'credentials'],
    ['sk-proj-abcdefghijklmnopqrst', 'invalid'],
  ])('%j is refused as %s', (text, refused) => expect(readAddress(text)).toEqual({ refused }));
});

describe('calls below an address', () => {
  const base = 'https://h.example/openai/deployments/gpt-4o?api-version=1';
  it('keeps the query with every call, and the key for the place without it', () => {
    expect(endpointOf(base, '/models', { limit: '1' })).toBe('https://h.example/openai/deployments/gpt-4o/models?api-version=1&limit=1');
    expect([placeOf(base), deploymentOf(base), deploymentOf('https://h.example/v1')]).toEqual([
      'https://h.example/openai/deployments/gpt-4o',
      'gpt-4o',
      null,
    ]);
    expect([keyHeaders(base, 'k'), keyHeaders('https://h.example/v1', 'k'), keyHeaders(base, null)]).toEqual([
      { 'api-key': 'k' },
      { authorization: 'Bearer k' },
      {},
    ]);
  });

  it('puts the model into the path where Azure requires it', () => {
    expect(chatAddress('https://r.openai.azure.com/openai?api-version=1', 'my gpt')).toBe(
      'https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=1',
    );
    expect(chatAddress('https://r.openai.azure.com/openai/v1', 'm')).toBe('https://r.openai.azure.com/openai/v1/chat/completions');
    expect(chatAddress('https://h.example/v1', 'm')).toBe('https://h.example/v1/chat/completions');
  });

  it('knows which addresses are local, however they are written', () => {
    expect(['http://127.1:1', 'http://0x7f000001', 'http://LOCALHOST:1', 'http://[0:0:0:0:0:0:0:1]:1'].every(isLoopback)).toBe(true);
    expect(['http://localhost.example.org', 'http://127.0.0.1.nip.io', 'http://[::2]:1', 'http://10.0.0.1'].some(isLoopback)).toBe(false);
  });
});
