import { selfSubject } from '@shared/model';
import { toNameExpression } from './conversationSearch';
import type { ReadableDb } from './database';
import { plainKey } from './memoryKeys';
import { valuesOf, whereOf } from './memoryList';

type Values = Record<string, string | number | null>;

/** A subject as most items write it, by the form in which subjects are compared. */
export interface MemorySubject {
  key: string;
  subject: string;
  items: number;
}

const live = { state: 'live' } as const;

/** The subjects of live items but the person, the most frequent first, and how many there are in all. */
export const memorySubjects = (db: ReadableDb, limit: number, now: number): { subjects: MemorySubject[]; all: number } => {
  const rows = db
    .prepare<[Values], MemorySubject & { all: number }>(
      `SELECT key, subject, items, count(*) OVER () AS "all" FROM (
         SELECT i.subject_key AS key, max(i.subject) AS subject, count(*) AS items FROM memory_items i
         WHERE ${whereOf(live)} AND i.subject_key NOT IN ('', @self) GROUP BY i.subject_key)
       ORDER BY items DESC, key LIMIT @limit`,
    )
    .all({ ...valuesOf(live, now), self: plainKey(selfSubject), limit });
  return { subjects: rows.map(({ all: _, ...subject }) => subject), all: rows[0]?.all ?? 0 };
};

/** The numbers of the live items about a subject, and of those that name it, the newest first. */
export const memoriesMentioning = (db: ReadableDb, { key, subject }: MemorySubject, limit: number, now: number): number[] =>
  db
    .prepare<[Values], number>(
      `SELECT i.n FROM memory_items i INDEXED BY memory_items_about WHERE i.subject_key = @about AND ${whereOf(live)}
       UNION SELECT i.n FROM memory_fts f CROSS JOIN memory_items i ON i.n = f.rowid WHERE memory_fts MATCH @named AND ${whereOf(live)}
       ORDER BY 1 DESC LIMIT @limit`,
    )
    .pluck()
    .all({ ...valuesOf(live, now), about: key, named: toNameExpression(subject), limit }) as number[];

/** The messages on which these items rest. */
export const messagesOfMemories = (db: ReadableDb, numbers: readonly number[]): string[] =>
  db
    .prepare<[string], string>(
      `SELECT DISTINCT s.message_id FROM json_each(?) wanted CROSS JOIN memory_items i ON i.n = wanted.value
       CROSS JOIN memory_sources s ON s.item_id = i.id`,
    )
    .pluck()
    .all(JSON.stringify(numbers)) as string[];
