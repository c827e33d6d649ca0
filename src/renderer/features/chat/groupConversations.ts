import { daysBetween } from '@renderer/lib/format';
import type { Conversation } from '@shared/model';

export const groupNames = ['pinned', 'today', 'yesterday', 'week', 'older'] as const;
export type GroupName = (typeof groupNames)[number];
export type ListEntry = { kind: 'group'; name: GroupName } | { kind: 'conversation'; conversation: Conversation };

const groupOf = ({ pinned, updatedAt }: Conversation, now: number): GroupName => {
  const days = daysBetween(updatedAt, now);
  if (pinned) return 'pinned';
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days <= 7 ? 'week' : 'older';
};

/** Conversations under the headings of their time, pinned ones first, each group in the order given. */
export const groupConversations = (conversations: readonly Conversation[], now: number): ListEntry[] => {
  const groups = Map.groupBy(conversations, (conversation) => groupOf(conversation, now));
  return groupNames.flatMap((name): ListEntry[] => {
    const members = groups.get(name) ?? [];
    return members.length === 0
      ? []
      : [{ kind: 'group', name }, ...members.map((conversation): ListEntry => ({ kind: 'conversation', conversation }))];
  });
};
