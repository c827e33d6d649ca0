import { newId, type TurnEvent } from '@shared/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { event, openStream, piece, type RawProvider, startRawProvider } from '../../support/rawProvider';

let engine: TestEngine;
let server: RawProvider;
/** The next answer of the model, and the number of characters in a piece. */
let next = { text: '', size: 1 };

beforeAll(async () => {
  engine = await startTestEngine();
  server = await startRawProvider((response) => {
    openStream(response);
    for (let at = 0; at < next.text.length; at += next.size) response.write(piece({ content: next.text.slice(at, at + next.size) }));
    response.end(piece({}, 'stop') + event('[DONE]'));
  });
  await engine.addProvider({ baseUrl: `${server.url}/v1`, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false } });
  await vi.waitFor(async () => expect((await engine.client.library.stats()).working).toBe(0), { timeout: 60_000 });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await server?.close();
});

/** Asks once; returns the text as it grew in the window, and as it was stored. */
const hear = async (conversationId: string, question: string, documents: boolean) => {
  const { turnId } = await engine.client.chat.send({
    turnId: newId(),
    questionId: newId(),
    conversationId,
    text: question,
    settings: { documents },
  });
  let shown = '';
  let end: TurnEvent | undefined;
  for await (const one of await engine.client.chat.watch({ turnId })) {
    if (one.type === 'delta') shown = shown.slice(0, one.offset) + one.text;
    end = one;
  }
  return { shown, stored: end?.type === 'done' ? end.message.text : JSON.stringify(end) };
};

const texts: [string, string][] = [
  [
    'intervals, arrays, matrices and scales',
    'x in [0, 1], a = [1, 2, 3], [[1, 0], [0, 1]], from [1] to [5], f(x)[2], \\[x_{[3]}\\], [4-6], 1:[2].',
  ],
  [
    'links and footnotes of its own',
    'See [1](https://example.org/[2]), ![3](a.png), [4][5], [^1], [1]: https://example.org and\n\n[^1]: a note [2]\n[5]: /path "t"\n',
  ],
  ['formulas', '$x_1 \\le 2$, \\(a\\,b\\), \\[\\frac{1}{2}\\], $$\\sum_{i=0}^{n} i$$, costs $5 and $6, 2~4, ~~no~~, \\, \\; \\!'],
  ['code', 'Use `a[0]` and\n\n```python\nx = [1, 2]  # [3]\n\tprint(x[1])   \n```\n\n    indented [4]\n\n~~~\n[1]\n~~~\n'],
  ['white space', '  two before\n\n\n\nthree empty lines\t\tand tabs   \ntrailing  \n\n'],
  ['line ends of every kind', 'one\r\ntwo\rthree\u2028four\u2029five\u0085six\u000bseven\fend'],
  ['spaces of every kind', 'a\u00a0b\u202fc\u2009d\u200be\u2060f\ufeffg\u3000h\u00adi'],
  ['signs of several units', '👩‍👩‍👧‍👦 🇫🇷 é e\u0301 ﬁ 日本語 𝒜 \u202eright\u202c עברית'],
  ['control characters', 'a\u0000b\u0001c\u001b[31md\u007fe'],
  ['numbers', '1,234.5 and 1.234,5 and 1 234,5 and 0.10 and 007 and 1e5 and −3 and ½ and 10 % and 20:30'],
  ['HTML and its like', '<b>x</b> <script>alert(1)</script> &amp; &lt; <br> <!-- c --> <think> in mid-sentence </think> a < b > c'],
  ['quotes and dashes', '“a” ‘b’ «c» „d“ – — … "e" \'f\' `g` ´h´'],
  ['Markdown', '# One\n## Two\n\n* a\n+ b\n1) c\n\n| a | b |\n|---|:-:|\n| \\| | [1] |\n\n***\n> q [2]\n>> r\n'],
  ['JSON and escapes', '{"a": [1, 2], "b": "\\u00e9\\n\\\\"} and \\n and \\\\ and %5B1%5D'],
  ['marks of sources that are none here', '[1] 【2】 [3†source] [S1] [12, 13] [^4^] (5) {6} [source 7]'],
  ['brackets that nothing closes', 'a [1 and [2, and ]3] [ [[ ]] ['],
];

describe.each([
  ['without the library', false],
  ['with the library, which has nothing of it', true],
] as const)('the text of the model, %s', (_where, documents) => {
  it.each(texts)('stays: %s', async (name, text) => {
    const conversationId = newId();
    const question = `Say again, word for word: ${name}`;
    for (const size of [1, 3, 17, text.length]) {
      next = { text, size };
      const { shown, stored } = await hear(conversationId, question, documents);
      expect([shown, stored]).toEqual([text, text]);
    }
    // The text goes into the history of the next question unchanged.
    const history = server.asked.at(-1)?.messages as { role: string; content: string }[];
    expect(history.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual([text, text, text]);
    const { items } = await engine.client.conversations.messages({ conversationId });
    expect(items.filter(({ role }) => role === 'assistant').map((message) => message.text)).toEqual([text, text, text, text]);
    const { text: file } = await engine.client.conversations.export({ id: conversationId, format: 'json' });
    const exported = JSON.parse(file) as { messages: { role: string; text: string }[] };
    expect(exported.messages.filter(({ role }) => role === 'assistant').map((message) => message.text)).toEqual([text, text, text, text]);
  });
});
