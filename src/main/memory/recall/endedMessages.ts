import type { ReadableDb } from '@main/store/database';
import { statedIn } from '@main/store/memoryUses';
import type { MemoryItem, RecalledMessage } from '@shared/model';
import { isEnded } from './itemWords';

/** Letters of a message beside its statements, above which it says something else too. */
const fewLetters = 12;

/** True where a message says nothing but what stands in these ranges. */
const saysNothingElse = (text: string, ranges: readonly { start: number; end: number }[]): boolean => {
  const rest = ranges.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);
  return (rest.match(/\p{L}/gu)?.length ?? 0) <= fewLetters;
};

/**
 * Notes with each message what it states that no longer holds. For a question about now, messages that say nothing else are left out: "I
 * live in Paris" would be taken for true.
 */
export const withEnded = <Message extends Pick<RecalledMessage, 'messageId' | 'text'>>(
  db: ReadableDb,
  messages: readonly Message[],
  { now, isPast }: { now: number; isPast: boolean },
): (Message & Pick<RecalledMessage, 'ended'>)[] => {
  const stated = statedIn(
    db,
    messages.map(({ messageId }) => messageId),
    now,
  );
  return messages.flatMap((message) => {
    const all = stated.get(message.messageId) ?? [];
    const over = all.filter(({ item }) => isEnded(item, now));
    if (over.length === 0) return [message];
    if (!isPast && over.length === all.length && saysNothingElse(message.text, over)) return [];
    const items = new Map(over.map(({ item }) => [item.id, item]));
    return [{ ...message, ended: [...items.values()].map(statementOf) }];
  });
};

const statementOf = ({ subject, attribute, value, validFrom, validTo }: MemoryItem) => ({ subject, attribute, value, validFrom, validTo });
