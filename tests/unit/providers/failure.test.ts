import { failureError } from '@main/providers/failure';
import { failureCode } from '@main/providers/failureCodes';
import { readFailure, saidOf, waitIn } from '@main/providers/failureWords';
import type { ErrorCode } from '@shared/model';
import { describe, expect, it } from 'vitest';

const message = (text: string, more: object = {}) => ({ error: { message: text, ...more } });
const html = (title: string) =>
  `<!DOCTYPE html><html><head><title>${title}</title><style>a{}</style></head><body><h1>${title}</h1></body></html>`;

describe('the code of an error', () => {
  it.each<[string, number | null, unknown, ErrorCode]>([
    ['a model unknown to Ollama', 404, { error: 'model "nope" not found, try pulling it first' }, 'model.missing'],
    [
      'a model unknown to OpenAI',
      404,
      message('The model `gpt-9` does not exist or you do not have access to it.', { code: 'model_not_found' }),
      'model.missing',
    ],
    [
      'a model without access',
      403,
      message('Project `p` does not have access to model `gpt-4`', { code: 'model_not_found' }),
      'model.missing',
    ],
    [
      'a model unknown to Anthropic',
      404,
      { type: 'error', error: { type: 'not_found_error', message: 'model: claude-9' } },
      'model.missing',
    ],
    [
      'a model unknown to Google',
      404,
      message('models/gemini-9 is not found for API version v1beta', { status: 'NOT_FOUND' }),
      'model.missing',
    ],
    [
      'a model unknown to Mistral',
      400,
      { object: 'error', message: 'Invalid model: nope', type: 'invalid_model', code: '1500' },
      'model.missing',
    ],
    ['a model unknown to DeepSeek', 400, message('Model Not Exist'), 'model.missing'],
    ['a model unknown to OpenRouter', 400, message('nope is not a valid model ID'), 'model.missing'],
    [
      'a model unknown to Azure',
      404,
      message('The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' }),
      'model.missing',
    ],
    ['a model that Groq retired', 400, message('The model `x` has been decommissioned', { code: 'model_decommissioned' }), 'model.missing'],
    ['no model in LM Studio', 404, message('No models loaded. Please load a model in the developer page.'), 'model.missing'],
    [
      'a model unknown to vLLM',
      404,
      { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
      'model.missing',
    ],
    ['a wrong path of FastAPI', 404, { detail: 'Not Found' }, 'provider.address'],
    ['a wrong path of a web server', 404, html('404 Not Found'), 'provider.address'],
    ['a wrong path of Go', 404, '404 page not found', 'provider.address'],
    ['a wrong path of Express', 404, `${html('Error')}<pre>Cannot POST /chat/completions</pre>`, 'provider.address'],
    ['a wrong path of OpenAI', 404, message('Invalid URL (POST /chat/completions)'), 'provider.address'],
    ['a wrong path of LM Studio, in a 200', null, { error: 'Unexpected endpoint or method. (POST /chat/completions)' }, 'provider.address'],
    ['a wrong path of Azure', 404, message('Resource not found', { code: '404' }), 'provider.address'],
    ['a wrong method', 405, { detail: 'Method Not Allowed' }, 'provider.address'],
    [
      'a region of OpenAI',
      403,
      message('Country, region, or territory not supported', { code: 'unsupported_country_region_territory' }),
      'provider.region',
    ],
    [
      'a region of Google',
      400,
      message('User location is not supported for the API use.', { status: 'FAILED_PRECONDITION' }),
      'provider.region',
    ],
    ['a region of Anthropic', 403, { error: { type: 'forbidden', message: 'Request not allowed' } }, 'provider.region'],
    ['a region, by law', 451, {}, 'provider.region'],
    ['a region, in other words', 403, message('This service is not available in your country.'), 'provider.region'],
    ['a page before the service', 403, html('Sorry, you have been blocked'), 'provider.rejected'],
    ['billing behind a 403', 403, message('This API method requires billing to be enabled.'), 'provider.quota'],
    [
      'billing behind a 401',
      401,
      message('Your account is not active, please check your billing details.', { code: 'billing_not_active' }),
      'provider.quota',
    ],
    ['credit at OpenRouter', 402, message('Insufficient credits'), 'provider.quota'],
    ['credit at Anthropic', 400, message('Your credit balance is too low to access the API.'), 'provider.quota'],
    ['balance at DeepSeek', 402, message('Insufficient Balance'), 'provider.quota'],
    [
      'quota at OpenAI',
      429,
      message('You exceeded your current quota, please check your plan', { code: 'insufficient_quota' }),
      'provider.quota',
    ],
    [
      'the free tier of Google',
      429,
      { error: { message: 'You exceeded your current quota', details: [{ retryDelay: '7s' }] } },
      'provider.rate_limited',
    ],
    ['a rate', 429, message('Rate limit reached for requests per min (RPM): Limit 3'), 'provider.rate_limited'],
    ['a rate in an event', null, message('', { type: 'rate_limit_error' }), 'provider.rate_limited'],
    ['a wrong key', 401, message('Incorrect API key provided: sk-***'), 'provider.auth'],
    ['a wrong key of Google', 400, message('API key not valid. Please pass a valid API key.'), 'provider.auth'],
    ['a key without a permission', 403, message('You have insufficient permissions for this operation.'), 'provider.auth'],
    [
      'too long at OpenAI',
      400,
      message("This model's maximum context length is 8192 tokens. However, you requested 9000", { code: 'context_length_exceeded' }),
      'provider.context_exceeded',
    ],
    ['too long at Anthropic', 400, message('prompt is too long: 210000 tokens > 200000 maximum'), 'provider.context_exceeded'],
    [
      'too long at Google',
      400,
      message('The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).'),
      'provider.context_exceeded',
    ],
    [
      'too long at llama.cpp',
      400,
      message('the request exceeds the available context size', { type: 'exceed_context_size_error' }),
      'provider.context_exceeded',
    ],
    [
      'too long at Mistral',
      400,
      { message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length' },
      'provider.context_exceeded',
    ],
    [
      'too much output',
      400,
      message('max_tokens is too large: 8192. This model supports at most 4096 completion tokens'),
      'provider.rejected',
    ],
    ['an unknown field', 400, message('Unrecognized request argument supplied: stream_options'), 'provider.rejected'],
    ['a role it does not take', 400, message('System role not supported'), 'provider.rejected'],
    ['a field of the model', 400, message("Unsupported parameter: 'temperature' is not supported with this model."), 'provider.rejected'],
    ['a server that is down', 502, html('502 Bad Gateway'), 'provider.unavailable'],
    ['a gateway that waited', 504, html('504 Gateway Time-out'), 'provider.timeout'],
    ['too many for it', 529, message('', { type: 'overloaded_error' }), 'provider.unavailable'],
    [
      'too little memory',
      500,
      { error: 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)' },
      'provider.unavailable',
    ],
    ['a filter', 400, message('The response was filtered', { code: 'content_filter' }), 'provider.content_filtered'],
    ['nothing known', null, 'something else', 'provider.protocol'],
  ])('%s (%s)', (_, status, body, code) => expect(failureCode(readFailure(status, body, null))).toBe(code));
});

describe('how long to wait, in words', () => {
  it.each([
    ['please try again in 4s.', 4000],
    ['try again in 6m0s', 360000],
    ['try again in 1h2m3.5s.', 3723500],
    ['try again in 120ms', 120],
    ['please retry after 26 seconds.', 26000],
    ['please try again after 1 seconds', 1000],
    ['try again in 2 minutes', 120000],
    ['try again in a moment', null],
    ['please try again later', null],
    ['"retrydelay":"7.5s"', 7500],
    ['try again in 60 seconds. passed model=x', 60000],
    ['retry in 21.4s.', 21400],
  ])('%j', (words, ms) => expect(waitIn(words)).toBe(ms));

  it('is part of the error', () =>
    expect(failureError(readFailure(429, message('Rate limit reached. Please try again in 4.5s.'), null), undefined).details).toMatchObject(
      {
        retryAfterMs: 4_500,
      },
    ));
});

describe("the server's own message", () => {
  const saidIn = (body: unknown, status = 400) => failureError(readFailure(status, body, null), undefined).details.said;
  it.each([
    [message('No such thing.'), 'No such thing.'],
    [{ error: 'plain' }, 'plain'],
    [{ detail: [{ loc: ['body'], msg: 'Extra inputs are not permitted' }] }, 'Extra inputs are not permitted'],
    [{ message: 'top' }, 'top'],
    ['text\nof two lines', 'text of two lines'],
    [html('404 Not Found'), '404 Not Found 404 Not Found'],
    [
      message('Invalid URL (POST /v1/chat/completions) for claude-3-5-sonnet-20241022'),
      'Invalid URL (POST /v1/chat/completions) for claude-3-5-sonnet-20241022',
    ],
    [{}, undefined],
    [{ error: { message: 7 } }, undefined],
  ])('of %j are %j', (body, said) => expect(saidIn(body)).toBe(said));

  it.each<[unknown, string]>([
    [{ error: { message: '{"error":{"code":400,"message":"API key not valid.","details":[]}}\n' } }, 'API key not valid.'],
    [{ error: { message: 'litellm.BadRequestError: OpenAIException - {"error": {"message": "Bad thing", "type": "x"}}' } }, 'Bad thing'],
    [{ error: { message: "Error code: 400 - {'error': {'message': 'py'}}" } }, "Error code: 400 - {'error': {'message': 'py'}}"],
    [{ detail: { error: { message: 'inner', type: 't' } } }, 'inner'],
    [{ error: { message: 'Unknown value [1, 2] in {x}' } }, 'Unknown value [1, 2] in {x}'],
    [{ Response: { Error: { Code: 'X', Message: 'Tencent words' } } }, 'Tencent words'],
    [{ error: { message: { text: 'deep' } } }, 'deep'],
    [{ errorMessage: 'Lambda says' }, 'Lambda says'],
    [{ error_description: 'OAuth words', error: 'invalid_token' }, 'OAuth words'],
    [{ Message: 'AWS words', __type: 'x' }, 'AWS words'],
    [
      message('Provider returned error', { metadata: { raw: 'google/gemma is temporarily rate-limited upstream.' } }),
      'google/gemma is temporarily rate-limited upstream.',
    ],
    [message('Provider returned error', { metadata: { raw: '{"error":{"message":"Too long."}}' } }), 'Too long.'],
    [message('Provider returned error'), 'Provider returned error'],
  ])('within the words of a gateway: %j', (body, words) => expect(saidIn(body)).toBe(words));

  it.each([
    'sk-proj-abcdefgh12345678',
    'AIzaSyA1234567890abcdefghij',
    'Bearer abc.def-123456',
    '0123456789abcdef0123456789abcdef',
    'sk-ab***********wxyz',
  ])('contains no key such as %s', (key) =>
    expect(saidIn(message(`You sent ${key} here`))).not.toContain(key.replace('Bearer ', '').slice(0, 12)),
  );

  it('is short, whatever was sent', () => {
    expect(String(saidIn(message('é'.repeat(100_000)))).length).toBeLessThanOrEqual(301);
    expect(String(saidIn(message('right\u202e to \u0007left')))).toBe('right to left');
  });

  it.each(['<', '<script ', '<style>', '</script', '<a '])('takes linear time where %j is repeated', (part) => {
    const timed = (text: string): number => {
      const started = performance.now();
      saidOf(text);
      return performance.now() - started;
    };
    const plain = timed('word '.repeat(40_000));
    expect(timed(part.repeat(200_000 / part.length))).toBeLessThan(50 * plain);
  });

  it('ends, for a page, where an unclosed script begins', () => {
    expect(saidOf('<h1>Sorry</h1><script>var a = "b";')).toBe('Sorry');
    expect(saidOf('<script>if (a < b) c();</script>Sorry')).toBe('Sorry');
  });
});
