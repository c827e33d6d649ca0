import { type MemoryItem, maxMemoryCharacters, selfSubject } from '@shared/model';
import type { WritableDb } from './database';
import { changeMemory } from './memoryItems';
import { plainKey } from './memoryKeys';

/** Items that rest on this conversation alone, but those that the person wrote. */
const orphans = `SELECT s.item_id FROM memory_sources s INDEXED BY memory_sources_conversation CROSS JOIN memory_items i ON i.id = s.item_id
  WHERE s.conversation_id = @id AND i.origin <> 'person'
    AND NOT EXISTS (SELECT 1 FROM memory_sources o WHERE o.item_id = s.item_id AND o.conversation_id <> @id)`;

/** The tables with rows of an item, but its sources and uses. */
const ofItems = ['memory_tags', 'memory_conflicts', 'memory_run_changes', 'memory_hints'];

/** The statements that delete what the memory has from a conversation; to be run before those that delete its messages. */
export const memoryDeletions: Readonly<Record<string, string>> = {
  // Their sources and tags may be of what is forgotten.
  memory_undos: `DELETE FROM memory_undos WHERE id IN (SELECT u.undo_id FROM memory_sources s INDEXED BY memory_sources_conversation
    CROSS JOIN memory_undo_items u ON u.item_id = s.item_id WHERE s.conversation_id = @id)`,
  memory_undo_items:
    'DELETE FROM memory_undo_items WHERE item_id IN (SELECT item_id FROM memory_sources INDEXED BY memory_sources_conversation WHERE conversation_id = @id)',
  ...Object.fromEntries(ofItems.map((table) => [table, `DELETE FROM ${table} WHERE item_id IN (${orphans})`])),
  memory_uses: `DELETE FROM memory_uses WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = @id) OR item_id IN (${orphans})`,
  memory_items: `DELETE FROM memory_items WHERE id IN (${orphans})`,
  memory_sources: 'DELETE FROM memory_sources WHERE conversation_id = @id',
  memory_analysed: 'DELETE FROM memory_analysed WHERE conversation_id = @id',
  memory_unlearnt: 'DELETE FROM memory_unlearnt WHERE conversation_id = @id',
  conversation_summaries: 'DELETE FROM conversation_summaries WHERE conversation_id = @id',
};

interface SharedRow {
  id: string;
  subject: string;
  value: string;
  start: number | null;
  end: number | null;
  text: string | null;
}

/** The items that rest on this conversation and on another, each with its other sources, the newest first. */
export const sharedMemoriesSql = `SELECT i.id, i.subject, i.value, s.start, s."end", m.text
  FROM (SELECT DISTINCT item_id FROM memory_sources INDEXED BY memory_sources_conversation WHERE conversation_id = @id) shared
  CROSS JOIN memory_items i ON i.id = shared.item_id CROSS JOIN memory_sources s ON s.item_id = i.id LEFT JOIN messages m ON m.id = s.message_id
  WHERE i.origin <> 'person' AND s.conversation_id <> @id ORDER BY i.id, s.at DESC`;

const contains = (words: string, part: string): boolean => part === '' || ` ${plainKey(words)} `.includes(` ${plainKey(part)} `);

/**
 * Gives items that rest on this conversation and on others the words of the newest other message instead of their own: nobody knows
 * from which of them an analysis took a word. An item of which no other message is left stays without a source, so that
 * `memoryDeletions` deletes it.
 */
export const releaseMemories = (db: WritableDb, conversationId: string, now: number): void => {
  const rows = db.prepare<[{ id: string }], SharedRow>(sharedMemoriesSql).all({ id: conversationId });
  for (const [id, sources] of Map.groupBy(rows, (row) => row.id)) {
    const kept = sources
      .map(({ subject, value, text, start, end }) => ({
        subject,
        value,
        whole: text ?? '',
        words: text?.slice(start ?? 0, end ?? 0).trim() ?? '',
      }))
      .find(({ words }) => words !== '');
    if (!kept) db.prepare('DELETE FROM memory_sources WHERE item_id = ? AND conversation_id <> ?').run(id, conversationId);
    else changeMemory(db, id, retaken(kept), now);
  }
  db.prepare(`UPDATE memory_items SET superseded_by = NULL WHERE superseded_by IN (${orphans})`).run({ id: conversationId });
};

/** A subject or a value that the words lack may come from what is forgotten. */
const retaken = ({
  subject,
  value,
  whole,
  words,
}: {
  subject: string;
  value: string;
  whole: string;
  words: string;
}): Partial<MemoryItem> => ({
  text: words.slice(0, maxMemoryCharacters),
  ...(subject !== selfSubject && !contains(whole, subject) && { subject: '' }),
  ...(!contains(words, value) && { attribute: '', value: '' }),
});
