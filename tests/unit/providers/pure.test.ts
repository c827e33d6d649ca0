import { resolve } from 'node:path';
import { maskKey } from '@main/providers/accountInput';
import { readRetryAfter } from '@main/providers/callTransport';
import { readCatalogue } from '@main/providers/catalogue';
import { createChannel } from '@main/providers/channel';
import { connectionError } from '@main/providers/failure';
import { failureCode } from '@main/providers/failureCodes';
import { readFailure } from '@main/providers/failureWords';
import { answerFromPassages } from '@main/providers/passages';
import { longestWaitMs } from '@main/providers/policies';
import { isLoopback, presets } from '@main/providers/presets';
import { quotedBlocks } from '@main/providers/quotedBlocks';
import { costNano, estimateTokens, usageOf } from '@main/providers/tokens';
import { newId, placeOfLines, placeOfPage, presetIds, type Source } from '@shared/model';
import { describe, expect, it } from 'vitest';

describe('failures by cause', () => {
  it.each([
    [401, {}, 'provider.auth'],
    [403, {}, 'provider.auth'],
    [400, { error: { message: 'API key not valid.' } }, 'provider.auth'],
    [402, {}, 'provider.quota'],
    [429, { error: { code: 'insufficient_quota' } }, 'provider.quota'],
    [400, { error: { message: 'Your credit balance is too low' } }, 'provider.quota'],
    [429, {}, 'provider.rate_limited'],
    [429, { error: { message: 'You exceeded your current quota', details: [{ retryDelay: '7s' }] } }, 'provider.rate_limited'],
    [404, {}, 'provider.address'],
    [400, { error: { message: 'The model `x` does not exist' } }, 'model.missing'],
    [400, { error: { code: 'context_length_exceeded' } }, 'provider.context_exceeded'],
    [413, {}, 'provider.context_exceeded'],
    [400, { error: { code: 'content_filter' } }, 'provider.content_filtered'],
    [400, {}, 'provider.rejected'],
    [422, { detail: 'extra fields' }, 'provider.rejected'],
    [500, {}, 'provider.unavailable'],
    [529, { error: { type: 'overloaded_error' } }, 'provider.unavailable'],
    [504, {}, 'provider.timeout'],
    [null, { error: { type: 'overloaded_error' } }, 'provider.unavailable'],
    [null, { error: { type: 'rate_limit_error' } }, 'provider.rate_limited'],
    [null, 'something else', 'provider.protocol'],
  ] as const)('%s %j is %s', (status, body, code) => {
    expect(failureCode(readFailure(status, body, null))).toBe(code);
  });

  it("reads Google's wait from the body and shows short identifiers only", () => {
    const failure = readFailure(
      429,
      { error: { message: 'a long sentence', status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '7.5s' }] } },
      null,
    );
    expect(failure).toMatchObject({ retryAfterMs: 7500, reason: 'RESOURCE_EXHAUSTED' });
    expect(readFailure(400, { error: { code: 'a sentence with spaces' } }, null).reason).toBeNull();
  });

  it('distinguishes a broken connection, one that never opened, and nonsense', () => {
    const refused = new Error('Connection error.', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
    expect(connectionError(refused, false)).toMatchObject({ code: 'provider.unavailable', details: { reason: 'ECONNREFUSED' } });
    expect(connectionError(new TypeError('terminated'), true).code).toBe('provider.interrupted');
    expect(connectionError(new SyntaxError('Unterminated string in JSON'), true).code).toBe('provider.protocol');
  });
});

describe('Retry-After', () => {
  const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), Date.parse('2026-11-21T00:00:00Z'));
  it('reads seconds, milliseconds and dates', () => {
    expect(read({ 'retry-after': '7' })).toBe(7000);
    expect(read({ 'retry-after-ms': '250', 'retry-after': '7' })).toBe(250);
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 00:00:05 GMT' })).toBe(5000);
    expect(read({ 'retry-after': 'soon' })).toBeNull();
    expect(read({ 'retry-after': '2026-11-21T00:00:05Z' })).toBe(5000);
    expect(read({ 'retry-after': 'Saturday, 21-Nov-26 00:00:05 GMT' })).toBe(5000);
    expect(read({ 'retry-after': 'Fri, 20 Nov 2026 00:00:00 GMT' })).toBe(0);
    expect(read({ 'retry-after': '7s' })).toBe(7000);
    expect(read({ 'retry-after': '99999999999999999999' })).toBe(longestWaitMs);
    expect(read({ 'retry-after-ms': '1e400' })).toBe(longestWaitMs);
    expect(read({ 'retry-after': '1e400' })).toBeNull();
    expect(read({ 'retry-after': '7, 9' })).toBe(7000);
    expect(read({ 'retry-after': String(Date.parse('2026-11-21T00:00:05Z') / 1000) })).toBe(5000);
    expect(read({ 'retry-after': String(Date.parse('2026-11-21T00:00:05Z')) })).toBe(5000);
    expect(read({})).toBeNull();
  });
});

describe('tokens and cost', () => {
  const prices = { priceInput: 2, priceOutput: 10, priceCached: 0.5 };
  it('counts in 1e-9 USD, cached tokens at their own price', () => {
    expect(costNano({ inputTokens: 1000, cachedTokens: 400, outputTokens: 100 }, prices)).toBe((600 * 2 + 400 * 0.5 + 100 * 10) * 1000);
    expect(costNano({ inputTokens: 1, cachedTokens: 0, outputTokens: 0 }, { ...prices, priceOutput: null })).toBeNull();
    expect(costNano({ inputTokens: 0, cachedTokens: 0, outputTokens: 0 }, null)).toBe(0);
  });
  it('marks estimates', () => {
    const estimate = { inputTokens: 5, outputTokens: 9, cachedTokens: 0 };
    const reported = { inputTokens: 6, outputTokens: 1, cachedTokens: 2 };
    expect(usageOf({ reported: null, complete: true, estimate, prices })).toMatchObject({ ...estimate, estimated: true });
    expect(usageOf({ reported, complete: true, estimate, prices })).toMatchObject({ ...reported, estimated: false });
    expect(usageOf({ reported, complete: false, estimate, prices })).toMatchObject({ inputTokens: 6, outputTokens: 9, estimated: true });
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('four word english text')).toBe(7);
  });
});

describe('presets and catalogue', () => {
  it('has every preset once and knows which are local', () => {
    expect(presets.map(({ id }) => id)).toEqual([...presetIds]);
    expect(['http://127.0.0.1:1234/v1', 'http://localhost:1', 'http://[::1]:1'].every(isLoopback)).toBe(true);
    expect(['https://api.openai.com/v1', 'http://127.0.0.1.example.org', 'http://192.168.1.2', 'nonsense'].some(isLoopback)).toBe(false);
    expect([maskKey('sk-0123456789'), maskKey('short')]).toEqual(['••••6789', '••••']);
  });
  it('finds dated models; every price has its day', () => {
    const catalogue = readCatalogue(resolve('resources/model-catalogue.json'));
    expect(catalogue.find('openai', 'gpt-4.1-mini-2025-04-14')?.id).toBe('gpt-4.1-mini');
    expect(catalogue.find('anthropic', 'claude-haiku-4-5-20251001')?.id).toBe('claude-haiku-4-5');
    expect(catalogue.find('openai', 'gpt-9')).toBeNull();
    for (const preset of presetIds) {
      for (const model of catalogue.modelsOf(preset)) expect(model.priceInput === null, model.id).toBe(model.pricedAt === null);
    }
  });
});

describe('channel', () => {
  it('passes on everything in order, then the end', async () => {
    const channel = createChannel<number>();
    channel.push(1);
    channel.push(2);
    setTimeout(() => {
      channel.push(3);
      channel.fail(new Error('end'));
    });
    const got: number[] = [];
    await expect(
      (async () => {
        for await (const value of channel.read()) got.push(value);
      })(),
    ).rejects.toThrow('end');
    expect(got).toEqual([1, 2, 3]);
  });
});

describe('answers from passages', () => {
  const source = (marker: number, text: string, more: Partial<Source> = {}): Source => ({
    marker,
    versionId: newId(),
    documentId: newId(),
    title: 'Guide',
    start: 0,
    end: text.length,
    text,
    place: placeOfLines({ from: 3, to: 5 }, ['Start', 'Keys']),
    score: 1,
    scores: {},
    ...more,
  });

  it('shows the given excerpts with numbers and places, in the language of the question', () => {
    const text = answerFromPassages({
      excerpts: [
        source(1, 'Les clés sont dans le trousseau.'),
        source(2, 'Voir *ici* [9] <b>.', { place: { ...placeOfPage(4), headings: ['Guide'] } }),
      ],
      language: 'fr',
      support: 'strong',
    });
    expect(text).toContain('> Les clés sont dans le trousseau.\n> \n> — Guide · Keys · lignes 3 à 5 [1]');
    expect(text).toContain('Voir ici \\[9\\] \\<b\\>.\n> \n> — Guide · page 4 [2]');
    expect(text.match(/(?<!\\)\[\d+\]/g)).toEqual(['[1]', '[2]']);
  });

  it.each([
    ['# Privacy\n\nYour **data** stays in `emergence.db`.', ['Privacy', 'Your data stays in emergence.db.']],
    ['| System | Folder |\n|---|---|\n| Linux | `~/.local` |', ['| System | Folder |\n| --- | --- |\n| Linux | \\~/.local |']],
    ['| a | b |\n| c | d |', ['a · b\\\nc · d']],
    ['| a | b |\n|---|---|\n| c |', ['a · b\\\nc']],
    ['Linux | `~/.local`', ['Linux · \\~/.local']],
    [
      'Drop files.\n\n- Choose **Add documents**\n  in the library.\n2. Done.',
      ['Drop files.', '- Choose Add documents in the library.\n2. Done.'],
    ],
    ['> Said [so](https://a.b/c_(d)) and ![a cat](cat.png).\n> Twice.', ['Said so and a cat. Twice.']],
    [
      'Lines that go\non, with snake_case_name, 2 * 3 * 4 and \\*stars\\*.',
      ['Lines that go on, with snake\\_case\\_name, 2 \\* 3 \\* 4 and \\*stars\\*.'],
    ],
    ['Both _soft_ and ~~gone~~ and __quite strong__, a|b', ['Both soft and gone and quite strong, a\\|b']],
    ['2024. A year\n===\n\n-5 degrees', ['2024\\. A year', '\\-5 degrees']],
    ['```js\n# let a = 1;\n- b\n```', ['\\# let a = 1;\\\n\\- b']],
  ])('shows the words of %j as Markdown of our own', (text, blocks) => {
    expect(quotedBlocks(text)).toEqual(blocks);
  });

  it('states that there is no support, and cites nothing', () => {
    for (const text of [
      answerFromPassages({ excerpts: [], language: 'en', support: 'strong' }),
      answerFromPassages({ excerpts: [source(1, 'far away')], language: 'en', support: 'none' }),
    ]) {
      expect(text).toContain('Nothing in your documents answers this question.');
      expect(text).not.toMatch(/\[\d+\]/);
    }
  });
});
