import '../../../../support/page';

import { MessageList, type RowKinds } from '@renderer/features/chat/MessageList';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';

type TestRow = { kind: 'message'; id: string; words: string } | { kind: 'group'; id: string; answers: readonly string[] };

const kinds: RowKinds<TestRow, { language: string }> = {
  message: {
    height: 100,
    draw: ({ id, words }, position, { language }) => (
      <article data-message={id} lang={language} {...position}>
        <p data-words>{words}</p>
      </article>
    ),
  },
  // Several answers to one question, side by side.
  group: {
    height: 300,
    draw: ({ answers }, position) => (
      <section {...position}>
        {answers.map((id) => (
          <article key={id} data-message={id}>
            <p data-words>{`words of ${id}`}</p>
          </article>
        ))}
      </section>
    ),
  },
};

const rowAt = (index: number): TestRow =>
  index % 2 === 0
    ? { kind: 'message', id: `q${index}`, words: 'A question' }
    : { kind: 'group', id: `g${index}`, answers: [`a${index}`, `b${index}`] };

test('draws a further kind of row by its line in the table, at its own height', () => {
  const count = 1_000;
  const markup = renderToStaticMarkup(
    <MessageList
      ref={null}
      conversationId="c"
      rows={{ count, at: rowAt, firstLive: count }}
      kinds={kinds}
      page={{ language: 'la' }}
      pending={false}
      turn={null}
      onSight={() => {}}
    />,
  );
  // The list opens at its end, so its last rows are there, each group as one row with both of its answers.
  expect(markup).toContain('data-index="999"');
  for (const id of ['q998', 'a999', 'b999']) expect(markup).toContain(`data-message="${id}"`);
  expect(markup).toMatch(/data-index="999"[^>]*><section aria-posinset="1000" aria-setsize="1000">/);
  expect(markup).toContain('lang="la"');
  expect(markup).not.toContain('data-index="0"');
  const [first] = /data-index="(\d+)"/.exec(markup)?.slice(1).map(Number) ?? [];
  const before = Array.from({ length: first ?? 0 }, (_, index) => kinds[rowAt(index).kind].height).reduce((sum, height) => sum + height, 0);
  expect(markup).toContain(`style="height:${before}px"></div>`);
});
