import { jsonFits } from '@main/network/boundedJson';
import { expect, it } from 'vitest';

const nested = (depth: number): unknown => {
  let value: unknown = 'x'.repeat(2_000);
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
};

it.each<[string, string]>([
  ['words of nothing but signs', JSON.stringify('[{,"\\'.repeat(500_000))],
  ['backslashes and quotation marks at the ends of texts', JSON.stringify(Array.from({ length: 20_000 }, () => ['\\', '"', '\\"', ']']))],
  [
    'an answer with a list of pieces',
    JSON.stringify({ choices: [{ delta: { content: Array.from({ length: 5_000 }, () => ({ type: 'text', text: 'a' })) } }] }),
  ],
  ['what stands 90 deep', JSON.stringify(nested(90))],
  ['what is no JSON', 'Service unavailable, try again. '.repeat(100)],
  ['a text that nothing ends', `{"a":"${'['.repeat(500_000)}`],
])('%s may be parsed', (_, text) => expect(jsonFits(text)).toBe(true));

it.each<[string, string]>([
  ['what stands 2,000 deep', JSON.stringify(nested(2_000))],
  ['lists that nothing closes', '['.repeat(10_000)],
  ['a million empty objects', `[${'{},'.repeat(1_000_000)}0]`],
  ['a million numbers', `[${'0,'.repeat(1_000_000)}0]`],
  ['a million members', `{${'"a":0,'.repeat(1_000_000)}"a":0}`],
  ['lists behind a text with a backslash at its end', `["a\\\\",${'['.repeat(10_000)}`],
])('%s may not', (_, text) => expect(jsonFits(text)).toBe(false));

it('takes linear time for any text', () => {
  const timed = (text: string): number => {
    const started = performance.now();
    jsonFits(text);
    return performance.now() - started;
  };
  const plain = timed(`"${'a'.repeat(1)}"${' '.repeat(4_000_000)}`);
  for (const part of ['\\"', '\\\\', '\\', '"', '" "', 'a'])
    expect(timed(`"${part.repeat(4_000_000 / part.length)}`)).toBeLessThan(30 * plain);
});
