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
    ['https://example.org/v1?api_key=1', 'credentials'],
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

  it('puts the model into the path where Azure wants it there', () => {
    expect(chatAddress('https://r.openai.azure.com/openai?api-version=1', 'my gpt')).toBe(
      'https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=1',
    );
    expect(chatAddress('https://r.openai.azure.com/openai/v1', 'm')).toBe('https://r.openai.azure.com/openai/v1/chat/completions');
    expect(chatAddress('https://h.example/v1', 'm')).toBe('https://h.example/v1/chat/completions');
  });

  it('knows where text stays, however the address is written', () => {
    expect(['http://127.1:1', 'http://0x7f000001', 'http://LOCALHOST:1', 'http://[0:0:0:0:0:0:0:1]:1'].every(isLoopback)).toBe(true);
    expect(['http://localhost.example.org', 'http://127.0.0.1.nip.io', 'http://[::2]:1', 'http://10.0.0.1'].some(isLoopback)).toBe(false);
  });
});
