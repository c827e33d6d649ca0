import { chat } from '@shared/contract/chat';
import { newId } from '@shared/model';
import { withoutBlankEdges } from '@shared/text/edges';
import { expect, test } from 'vitest';

test.each([
  ['    if lit:\n        go()\n', '    if lit:\n        go()'],
  ['\n \r\n\t\n  - one\n  - two\n\n', '  - one\n  - two'],
  ['plain', 'plain'],
  ['  plain  ', '  plain'],
  [' \n\t ', ''],
])('sends %j as %j: its first line keeps its indentation', (written, sent) => {
  expect(withoutBlankEdges(written)).toBe(sent);
});

test('the contract accepts pasted code unchanged, and no message of blanks', () => {
  const send = chat.send['~orpc'].inputSchema;
  const ids = { turnId: newId(), questionId: newId(), conversationId: newId() };
  expect(send?.safeParse({ ...ids, text: '\n    return 1;\n}\n' }).data).toMatchObject({ text: '    return 1;\n}' });
  expect(send?.safeParse({ ...ids, text: ' \n\t\n ' }).success).toBe(false);
});
