import { type Writing, withPiece } from '@renderer/conversation/writing';
import { expect, test } from 'vitest';

const answer: Writing & { seat: number } = { seat: 1, text: 'The lamp ', thinking: null };
const delta = (offset: number, text: string) => ({ type: 'delta' as const, messageId: 'm', offset, text });
const thinking = (offset: number, text: string) => ({ type: 'thinking' as const, messageId: 'm', offset, text, ms: 5, cut: false });

test('a piece follows on the text, an overlap is not doubled, and the rest of the answer stays', () => {
  expect(withPiece(answer, delta(9, 'burns'))).toEqual({ seat: 1, text: 'The lamp burns', thinking: null });
  expect(withPiece(answer, delta(4, 'lamp burns'))?.text).toBe('The lamp burns');
});
test('a piece that came before changes nothing', () => {
  expect(withPiece(answer, delta(4, 'lamp'))).toBe(answer);
});
test('a piece after missing text is refused', () => {
  expect(withPiece(answer, delta(10, 'burns'))).toBeNull();
});
test('thinking grows, and an earlier attempt is dropped', () => {
  const thought = withPiece(answer, thinking(0, 'Oil or'));
  expect(thought?.thinking).toEqual({ text: 'Oil or', ms: 5, cut: false });
  expect(thought && withPiece(thought, thinking(4, 'and wick'))?.thinking?.text).toBe('Oil and wick');
  expect(thought && withPiece(thought, { ...thinking(0, ''), ms: 0 })?.thinking).toBeNull();
});
test('text that was thinking moves to the thinking', () => {
  const piece = { type: 'rethink' as const, messageId: 'm', length: 4, thinking: { text: 'lamp ', ms: 5, cut: false } };
  expect(withPiece(answer, piece)).toMatchObject({ text: 'The ', thinking: { text: 'lamp ' } });
});
