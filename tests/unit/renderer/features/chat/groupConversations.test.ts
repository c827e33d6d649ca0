import { groupConversations } from '@renderer/features/chat/groupConversations';
import type { Conversation } from '@shared/model';
import { expect, test } from 'vitest';

const now = new Date(2026, 10, 21, 9, 41).getTime();
const hour = 3_600_000;
const conversation = (title: string, hoursAgo: number, pinned = false): Conversation =>
  ({ id: title, title, pinned, updatedAt: now - hoursAgo * hour }) as Conversation;

test('groups by the calendar, not by spans of 24 hours, with pinned ones first', () => {
  const entries = groupConversations(
    [
      conversation('old pin', 900, true),
      conversation('early today', 9),
      conversation('late yesterday', 10),
      conversation('a week', 7 * 24),
      conversation('older', 8 * 24 + 10),
    ],
    now,
  );
  expect(entries.map((entry) => (entry.kind === 'group' ? `# ${entry.name}` : entry.conversation.title))).toEqual([
    '# pinned',
    'old pin',
    '# today',
    'early today',
    '# yesterday',
    'late yesterday',
    '# week',
    'a week',
    '# older',
    'older',
  ]);
});
