import { joinDraft, mostInField, splitDraft, withLong } from '@renderer/features/chat/draftParts';
import { expect, test } from 'vitest';

test('a draft is stored as one text and comes back as its parts', () => {
  for (const parts of [
    { text: '', long: '' },
    { text: 'A question', long: '' },
    { text: 'A question', long: 'x'.repeat(mostInField + 1) },
    { text: '', long: 'a\n\nb' },
  ])
    expect(splitDraft(joinDraft(parts))).toEqual(parts);
});

test('a text that is too long for the field goes beside it, also one stored by an earlier release', () => {
  const long = 'word '.repeat(20_000);
  expect(splitDraft(long)).toEqual({ text: '', long });
  expect(splitDraft('x'.repeat(mostInField)).long).toBe('');
});

test('a second long text is added to the first, and a separator that was pasted divides nothing', () => {
  expect(withLong(withLong({ text: 'q', long: '' }, 'one'), 'two')).toEqual({ text: 'q', long: 'one\n\ntwo' });
  expect(splitDraft(joinDraft({ text: 'a\u001eb', long: 'c\u001ed' }))).toEqual({ text: 'a b', long: 'c\u001ed' });
  expect(splitDraft(joinDraft({ text: 'a\u001eb', long: '' })).long).toBe('');
});
