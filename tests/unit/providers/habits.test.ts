import { readFailure } from '@main/providers/failureWords';
import { habitsAfter, noHabits } from '@main/providers/habits';
import { describe, expect, it } from 'vitest';

const request = { system: 'Be brief.', temperature: 0.5, maxOutputTokens: 9_000, habits: noHabits };
const next = (status: number | null, body: unknown) =>
  habitsAfter(readFailure(status, body, null), request, { protocol: 'openai-compatible' });

describe('requests after a refusal', () => {
  it.each<[string, number | null, unknown, object]>([
    [
      'o1 system',
      400,
      {
        error: {
          message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
          param: 'messages[0].role',
          code: 'unsupported_value',
        },
      },
      { without: ['system'] },
    ],
    [
      'litellm temp',
      400,
      {
        error: {
          message:
            "litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0.84. Only temperature=1 is supported. To drop unsupported params set `litellm.drop_params = True`.",
        },
      },
      { without: ['temperature'] },
    ],
    [
      'top p and temperature both',
      400,
      { error: { message: '`temperature` and `top_p` cannot both be specified for this model. Please use only one.' } },
      { without: ['temperature'] },
    ],
    [
      'Bedrock claude temp',
      400,
      { message: 'The model returned the following errors: `temperature` is deprecated for this model.' },
      { without: ['temperature'] },
    ],
    ['Unsupported parameter: max_output_tokens', 400, { detail: 'Unsupported parameter: max_output_tokens' }, { otherLimit: false }],
    [
      'Gemini developer instruction',
      400,
      { error: { message: 'Developer instruction is not enabled for models/gemma-3-27b-it', status: 'INVALID_ARGUMENT' } },
      { without: ['system'] },
    ],
    ['TTS', 400, { error: { message: 'messages[0] system role is not allowed for TTS model' } }, { without: ['system'] }],
    ['jinja', 500, { error: { message: 'System role not supported' } }, { without: ['system'] }],
    ['minimax system', 400, { error: { message: 'invalid params, invalid role: system (2013)' } }, { without: ['system'] }],
    [
      'deepseek max range',
      400,
      { error: { message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]' } },
      { mostOutput: 8192 },
    ],
    [
      'DashScope range',
      400,
      { error: { message: '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]' } },
      { mostOutput: 8192 },
    ],
    [
      'Groq',
      400,
      {
        error: {
          message:
            '`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model',
        },
      },
      { mostOutput: 8192 },
    ],
    ['temperature range', 400, { error: { message: 'temperature must be between 0 and 0.3' } }, { without: ['temperature'] }],
    ['temp must be 1', 400, { error: { message: 'invalid temperature: only 1 is allowed for this model' } }, { without: ['temperature'] }],
    [
      'stream_options only when stream',
      400,
      { error: { message: "The 'stream_options' parameter is only allowed when 'stream' is enabled." } },
      { without: ['usage'] },
    ],
    [
      'stream options include',
      422,
      { detail: [{ loc: ['body', 'stream_options'], msg: 'extra fields not permitted', type: 'value_error.extra' }] },
      { without: ['usage'] },
    ],
    ['not streaming', 400, { error: { message: 'This model does not support streaming.' } }, { without: ['stream'] }],
    ['stream must be false', 400, { error: { message: '`stream` must be false for this endpoint' } }, { without: ['stream'] }],
    [
      'OpenAI max',
      400,
      {
        error: {
          message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          param: 'max_tokens',
        },
      },
      { otherLimit: true },
    ],
    ['zh temperature', 400, { error: { message: 'temperature 参数非法。请检查文档' } }, { without: ['temperature'] }],
    ['zh system', 400, { error: { message: 'messages 参数非法：不支持 system 角色' } }, { without: ['system'] }],
  ])('%s', (_name, status, body, habits) => expect(next(status, body)).toMatchObject(habits));

  it.each([
    ['a wrong key', 401, { error: { message: 'temperature is not the matter, the key is invalid' } }],
    ['a full server', 503, { error: { message: 'stream not available' } }],
    ['words about the question', 400, { error: { message: 'The content is not allowed' } }],
  ] as const)('%s: nothing', (_name, status, body) => expect(next(status, body)).toBeNull());
});
