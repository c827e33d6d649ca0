import { priceOf, readModelEntry, readModelList, tokensOf } from '@main/providers/modelEntries';
import { describe, expect, it } from 'vitest';

const idsOf = (body: unknown) => readModelList(body)?.models.map(({ id }) => id);

describe('a list of models', () => {
  it.each([
    ['an array of entries', [{ id: 'm' }, { id: 'n' }], ['m', 'n']],
    ['an array of names', ['m', 'n'], ['m', 'n']],
    ['{data}', { object: 'list', data: [{ id: 'm' }] }, ['m']],
    ['{data} of names', { data: ['m', 'n'] }, ['m', 'n']],
    ['{models} with names', { models: [{ name: 'm' }] }, ['m']],
    ['{models} with keys', { models: [{ type: 'llm', key: 'm' }] }, ['m']],
    ['{data: {models}}', { data: { models: [{ id: 'm' }] } }, ['m']],
    ['{data} and {models} of one server', { models: [{ name: 'x' }], data: [{ id: 'm' }] }, ['m']],
    ['an object keyed by id', { m: { context_length: 10 }, n: {} }, ['m', 'n']],
    ['{data} keyed by id', { data: { m: {}, n: {} } }, ['m', 'n']],
    ['{list}', { list: [{ id: 'm' }] }, ['m']],
    ['{available_models}', { available_models: ['m', 'n'] }, ['m', 'n']],
    ['nothing where the list would be', { object: 'list', data: null }, []],
    ['the same entry twice', [{ id: 'm' }, { id: 'm' }], ['m']],
  ])('is read as %s', (_, body, ids) => expect(idsOf(body)).toEqual(ids));

  it.each([null, 7, 'a sentence', {}, { error: { message: 'no' } }, { detail: 'Not Found' }, { data: 'soon' }])(
    'is not taken from %j',
    (body) => expect(readModelList(body)).toBeNull(),
  );

  it('leaves out and counts entries that name no model, and keeps the others', () => {
    const bad = [
      null,
      [],
      {},
      { id: null, name: 'x' },
      { id: '' },
      { id: ' ' },
      { id: {} },
      { id: true },
      { id: 'a\nb' },
      { id: 'x'.repeat(400) },
    ];
    expect(readModelList({ data: [...bad, { id: 'm' }] })).toMatchObject({ models: [{ id: 'm' }], skipped: bad.length });
  });

  it('takes a number for a name', () => expect(idsOf({ data: [{ id: 7 }] })).toEqual(['7']));

  it('ends at some thousand models', () => {
    const listing = readModelList(Array.from({ length: 5_000 }, (_, index) => `m${index}`));
    expect(listing?.models.length).toBe(2_000);
  });
});

describe('what an entry tells', () => {
  it.each([
    [{ max_model_len: 8192 }, 8192],
    [{ n_ctx: '4096' }, 4096],
    [{ context_length: 4096.5 }, 4096],
    [{ context_window: '128k' }, 128_000],
    [{ max_context_length: '32,768' }, 32_768],
    [{ context_length: '32768 tokens' }, 32_768],
    [{ contextWindow: '1M' }, 1_000_000],
    [{ meta: { n_ctx_train: 131_072 } }, 131_072],
    [{ meta: { n_ctx_train: 131_072, n_ctx: 4096 } }, 4096],
    [{ context_length: 200_000, top_provider: { context_length: 65_536 } }, 65_536],
    [{ max_context_length: 131_072, loaded_context_length: 4096 }, 4096],
    [{ inputTokenLimit: 1_048_576 }, 1_048_576],
    [{ context_length: -1 }, null],
    [{ context_length: 0 }, null],
    [{ context_length: 1e12 }, null],
    [{ context_length: 'large' }, null],
    [{ context_length: null, context_window: 16_384 }, 16_384],
    [{ context_length: [1] }, null],
    [{}, null],
  ])('window of %j is %s', (facts, tokens) => expect(readModelEntry({ id: 'm', ...facts })?.contextTokens).toBe(tokens));

  it.each([
    ['0.0000015', 1.5],
    [0.00000015, 0.15],
    ['0', 0],
    [1e12, null],
    ['-1', null],
    [-3, null],
    ['free', null],
    [null, null],
    [Number.NaN, null],
  ])('price %s a token is %s a million', (prompt, price) =>
    expect(readModelEntry({ id: 'm', pricing: { prompt, completion: '0' } })?.priceInput).toBe(price),
  );

  it.each([
    [{ id: 'text-embedding-3-small' }, 'embedding'],
    [{ id: 'bge-m3' }, 'embedding'],
    [{ id: 'intfloat/multilingual-e5-large' }, 'embedding'],
    [{ id: 'all-minilm:l6-v2' }, 'embedding'],
    [{ id: 'm', type: 'embeddings' }, 'embedding'],
    [{ id: 'm', capabilities: ['embedding'] }, 'embedding'],
    [{ id: 'm', pipeline_tag: 'feature-extraction' }, 'embedding'],
    [{ id: 'bge-reranker-v2' }, 'other'],
    [{ id: 'whisper-1' }, 'other'],
    [{ id: 'gpt-4o-mini-tts' }, 'other'],
    [{ id: 'gpt-image-1' }, 'other'],
    [{ id: 'stable-diffusion-xl' }, 'other'],
    [{ id: 'flux.1-dev' }, 'other'],
    [{ id: 'omni-moderation-latest' }, 'other'],
    [{ id: 'm', mode: 'image_generation' }, 'other'],
    [{ id: 'm', type: 'rerank' }, 'other'],
    [{ id: 'm', capabilities: { completion_chat: false } }, 'other'],
    [{ id: 'm', architecture: { output_modalities: ['image'] } }, 'other'],
    [{ name: 'models/imagen-4', supportedGenerationMethods: ['predict'] }, 'other'],
    [{ id: 'llama-3' }, undefined],
    [{ id: 'gemini-2.5-flash', supportedGenerationMethods: ['generateContent'] }, undefined],
    [{ id: 'gpt-4.1-mini', type: 'model' }, undefined],
    [{ id: 'm', type: 'vlm' }, undefined],
    [{ id: 'e5-like-name', type: 'chat' }, undefined],
    [{ id: 'm', pipeline_tag: 'image-text-to-text' }, undefined],
    [{ id: 'm', capabilities: ['completion', 'vision'] }, undefined],
    [{ id: 'believe-7b' }, undefined],
    [{ id: 'swan-large' }, undefined],
  ])('%j is a model of the kind %s', (entry, kind) => expect(readModelEntry(entry)?.kind).toBe(kind));

  it('reads figures and text alike, and nothing that is neither', () => {
    expect([tokensOf(' 64k '), tokensOf(true), tokensOf(''), tokensOf('k'), tokensOf('-5'), tokensOf('1.5m')]).toEqual([
      64_000,
      null,
      null,
      null,
      null,
      1_500_000,
    ]);
    expect([priceOf('2'), priceOf(''), priceOf({})]).toEqual([2, null, null]);
  });
});
