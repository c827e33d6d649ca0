import { createHash } from 'node:crypto';
import type { MemoryFields } from '@main/store/memoryItems';
import { normalForm, plainKey } from '@main/store/memoryKeys';
import type { MemoryItem } from '@shared/model';
import { type Learnt, wholeOf } from '../learnt';

/** A hash of what was learnt: the same thing found again in its message has the same one. */
export const learntKeyOf = (learnt: Learnt): string => {
  const { kind, subject, attribute, value } = learnt;
  return createHash('sha256')
    .update(JSON.stringify([kind, normalForm(wholeOf(learnt)), plainKey(subject), attribute, plainKey(value)]))
    .digest('base64url');
};

/** The fields of a new item. */
export const fieldsOfLearnt = ({ source, stated: _stated, whole: _whole, ...said }: Learnt, now: number): MemoryFields => ({
  ...said,
  learnedAt: now,
  supersededBy: null,
  doneAt: null,
  confirmed: false,
  protected: false,
  muted: false,
  archivedAt: null,
  deletedAt: null,
  vitality: 1,
  lastUsedAt: null,
  uses: 0,
  mentions: 1,
  firstMentionAt: source.at,
  lastMentionAt: source.at,
});

const opposing = /^(?:not|no|non|never|jamais|ne|n|pas|plus|sans|without|nor|ni|don|doesn|isn|aren|didn|won|cannot|\p{N}+\S*)$/u;
const claims = (text: string): string =>
  normalForm(text)
    .split(' ')
    .filter((word) => opposing.test(word))
    .sort()
    .join(' ');

/** True where the same numbers and negations stand in both texts: vectors hardly see them. */
export const claimAlike = (one: string, other: string): boolean => claims(one) === claims(other);

/** True where a statement repeats an item with other or the same words: it does not begin anew after its end, and has the same deadline. */
export const isMentionOf = (item: MemoryItem, said: Learnt): boolean =>
  (item.validTo === null || said.source.at < item.validTo || said.validTo === item.validTo) &&
  (item.doneAt === null || said.source.at < item.doneAt) &&
  item.dueAt === said.dueAt &&
  plainKey(item.value) === plainKey(said.value);
