import { insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import type { TalkMessage } from './memorySet';

/**
 * Stores the messages of a talk as the program keeps them, each session as a conversation; returns the message of the set behind each
 * stored id.
 */
export const storeTalk = (dataFolder: string, messages: readonly TalkMessage[]) => {
  const { db, close } = openStore({ dataFolder });
  const ids = new Map<string, string>();
  const first = messages.find(({ speaker }) => speaker !== null)?.speaker ?? null;
  const insert = db.prepare('INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const [, session] of Map.groupBy(messages, ({ session }) => session)) {
      const conversationId = newId();
      const at = session[0]?.at ?? 0;
      insert.run(conversationId, 'chat', JSON.stringify(defaultConversationSettings), at, session.at(-1)?.at ?? at);
      let parentId: string | null = null;
      for (const { id, speaker, text, at } of session) {
        const messageId = newId();
        const role = speaker === first ? 'user' : 'assistant';
        insertMessage(db, { id: messageId, conversationId, parentId, turnId: null, role, speaker, state: 'complete', text, at });
        ids.set(messageId, id);
        parentId = messageId;
      }
    }
  })();
  return { db, ids, close };
};
