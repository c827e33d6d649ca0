import { setImmediate as letOthersGo } from 'node:timers/promises';
import type { ReadableDb } from '@main/store/database';
import { memoriesMentioning, memorySubjects, messagesOfMemories } from '@main/store/memoryMentions';
import type { MemoryGraph } from '@shared/model';

/** More subjects than this are no picture. */
const mostSubjects = 60;
/** Items of one subject that are read; the newest. */
const mostItems = 500;

type Edge = MemoryGraph['edges'][number];

/** Counts the pairs among places in a list of sets; each pair has its smaller place first. */
const countPairs = (sets: Iterable<ReadonlySet<number>>, count: (one: number, other: number) => void): void => {
  for (const set of sets) {
    const places = [...set].sort((one, other) => one - other);
    places.forEach((one, index) => {
      for (const other of places.slice(index + 1)) count(one, other);
    });
  }
};

/**
 * The most mentioned subjects of live items, and how often two of them are mentioned together: by one item that names both, or by items
 * about each that rest on one message. Reads one subject at a time, and lets other calls pass in between.
 */
export const mentionGraph = async (db: ReadableDb, now: number): Promise<MemoryGraph> => {
  const { subjects, all } = memorySubjects(db, mostSubjects, now);
  const byItem = new Map<number, Set<number>>();
  const byMessage = new Map<string, Set<number>>();
  const counts: number[] = [];
  for (const [place, subject] of subjects.entries()) {
    const mentioning = memoriesMentioning(db, subject, mostItems, now);
    counts.push(mentioning.length);
    for (const n of mentioning) byItem.set(n, (byItem.get(n) ?? new Set()).add(place));
    for (const messageId of messagesOfMemories(db, mentioning))
      byMessage.set(messageId, (byMessage.get(messageId) ?? new Set()).add(place));
    await letOthersGo();
  }
  const edges = new Map<number, Edge>();
  const edgeOf = (one: number, other: number): Edge => {
    const key = one * mostSubjects + other;
    const edge = edges.get(key) ?? { one, other, items: 0, messages: 0 };
    edges.set(key, edge);
    return edge;
  };
  countPairs(byItem.values(), (one, other) => {
    edgeOf(one, other).items += 1;
  });
  countPairs(byMessage.values(), (one, other) => {
    edgeOf(one, other).messages += 1;
  });
  return {
    nodes: subjects.map(({ subject }, place) => ({ subject, items: counts[place] ?? 0 })),
    edges: [...edges.values()],
    more: all - subjects.length,
  };
};
