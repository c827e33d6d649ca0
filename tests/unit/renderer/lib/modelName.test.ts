import { modelName, modelNames, wholeModelName } from '@renderer/lib/modelName';
import { expect, test } from 'vitest';

test.each([
  ['/home/me/models/mistral-7b.Q4_K_M.gguf', 'mistral-7b.Q4_K_M.gguf'],
  ['C:\\models\\llama 3.gguf', 'llama 3.gguf'],
  ['\\\\nas\\models\\phi.gguf', 'phi.gguf'],
  ['./qwen2.gguf', 'qwen2.gguf'],
  ['~/models/Llama-3-8B/', 'Llama-3-8B'],
  ['file:///srv/gemma.gguf', 'gemma.gguf'],
  ['models/qwen2.gguf', 'qwen2.gguf'],
])('shows of the path %s its file name', (path, name) => {
  expect(modelName(path)).toBe(name);
  expect(wholeModelName(path)).toBe(path);
});

test.each(['gpt-4o', 'meta-llama/Llama-3-8B', 'hf.co/org/model:Q4_K_M', 'mistral.gguf', '/', ''])('shows the name %s as it is', (name) => {
  expect(modelName(name)).toBe(name);
  expect(wholeModelName(name)).toBeUndefined();
});

test('keeps paths whole that end with the same file name', () => {
  expect(modelNames(['/a/model.gguf', '/b/model.gguf', '/b/other.gguf'])).toEqual(['/a/model.gguf', '/b/model.gguf', 'other.gguf']);
});
