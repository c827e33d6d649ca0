import { joinDraft, mostInField, splitDraft, withLong } from '@shared/text/draftParts';
import { expect, test } from 'vitest';

test('stores a draft as one text and splits it again', () => {
  for (const parts of [
    { text: '', long: '' },
    { text: 'A question', long: '' },
    { text: 'A question', long: 'x'.repeat(mostInField + 1) },
    { text: '', long: 'a\n\nb' },
  ])
    expect(splitDraft(joinDraft(parts))).toEqual(parts);
});

test('keeps a text that is too long for the field beside it, also from an earlier release', () => {
  const long = 'word '.repeat(20_000);
  expect(splitDraft(long)).toEqual({ text: '', long });
  expect(splitDraft('x'.repeat(mostInField)).long).toBe('');
});

test('adds a second long text to the first, and ignores a pasted separator', () => {
  expect(withLong(withLong({ text: 'q', long: '' }, 'one'), 'two')).toEqual({ text: 'q', long: 'one\n\ntwo' });
  expect(splitDraft(joinDraft({ text: 'a\u001eb', long: 'c\u001ed' }))).toEqual({ text: 'a b', long: 'c\u001ed' });
  expect(splitDraft(joinDraft({ text: 'a\u001eb', long: '' })).long).toBe('');
});
