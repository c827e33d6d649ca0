import { isSmallModel } from '@main/providers/smallModels';
import { expect, it } from 'vitest';

it.each([
  ['qwen2.5-coder-1.5b.gguf', 32_768, true],
  ['gemma3:4b', null, true],
  ['Llama-3.2-3B-Instruct', null, true],
  ['HuggingFaceTB/SmolLM2-360M-Instruct', 8_192, true],
  ['llama3.1:8b', null, false],
  ['qwen3-30b-a3b', null, false],
  ['mixtral-8x7b', null, false],
  ['deepseek-r1:1.5b-qwen-distill-q4_K_M', null, true],
  ['gpt-5-mini', 400_000, false],
  ['model-b', null, false],
  ['tiny', 2_048, true],
])('takes %s with a window of %j for small: %j', (model, contextTokens, small) => {
  expect(isSmallModel({ model, contextTokens })).toBe(small);
});
