import { resolve } from 'node:path';
import { createLearn } from '@main/memory/items/learn';
import { createChatReader } from '@main/memory/learning/analyseChat';
import { createAnalyst } from '@main/memory/learning/analyst';
import { createBackfill } from '@main/memory/learning/backfill';
import { createModelReader } from '@main/memory/learning/modelReader';
import { createPrompts } from '@main/prompts/createPrompts';
import { insertConversation } from '@main/store/conversations';
import { insertMessage } from '@main/store/messages';
import { insertTurn } from '@main/store/turns';
import { type ConversationSettings, defaultConversationSettings, newId } from '@shared/model';
import { openProviderBench } from './providerBench';

/** The parts that learn, on a real database, with the real gateway and a clock that a test moves. */
export const openLearning = ({ from = Date.UTC(2026, 2, 11, 9, 0) }: { from?: number } = {}) => {
  const bench = openProviderBench();
  const { db, changes, gateway, agents, telemetry } = bench;
  let time = from;
  const now = (): number => time;
  const settings = () => bench.settings.get();
  const prompts = createPrompts({ folder: resolve('resources/prompts') });
  const learn = createLearn({ db, changes, now });
  const reader = createChatReader({
    db,
    gateway,
    prompts,
    agents,
    settings,
    learn,
    telemetry,
    now,
    reader: createModelReader({ gateway, prompts, telemetry, now }),
  });
  const analyst = createAnalyst({ db, changes, reader, settings, telemetry, now });
  const backfill = createBackfill({
    db,
    changes,
    gateway,
    accounts: bench.accounts.list,
    agents,
    settings,
    reader,
    analyst,
    telemetry,
    diskRoom: bench.diskRoom,
    now,
  });
  for (const { write } of analyst.startWrites) write();
  analyst.start();

  const chat = (more: Partial<ConversationSettings> = {}): string => {
    const id = newId();
    insertConversation(db, { id, kind: 'chat', settings: { ...defaultConversationSettings, ...more }, now: time });
    changes.publish('conversation', id);
    return id;
  };
  /** Stores a message of the person, and notifies as a turn does. */
  const say = (conversationId: string, text: string, more: { parentId?: string | null; at?: number } = {}): string => {
    const id = newId();
    insertMessage(db, {
      id,
      conversationId,
      parentId: more.parentId ?? null,
      turnId: null,
      role: 'user',
      speaker: null,
      state: 'complete',
      text,
      at: more.at ?? time,
    });
    changes.publish('message', id);
    changes.publish('conversation', conversationId);
    return id;
  };
  /** Stores a whole answer of a model below a message. */
  const answer = (conversationId: string, parentId: string, text: string, more: { passages?: number; at?: number } = {}): string => {
    const id = newId();
    const turnId = newId();
    insertTurn(db, { id: turnId, conversationId, questionId: parentId, messageId: id, kind: 'answer', agentId: 'anima', createdAt: time });
    insertMessage(db, {
      id,
      conversationId,
      parentId,
      turnId,
      role: 'assistant',
      speaker: 'anima',
      state: 'complete',
      text,
      at: more.at ?? time,
    });
    const info = {
      provider: 'P',
      model: 'm',
      usage: null,
      firstWordMs: null,
      ms: null,
      fallback: null,
      support: null,
      passages: more.passages ?? 0,
      given: 0,
    };
    db.prepare('UPDATE messages SET info = ? WHERE id = ?').run(JSON.stringify(info), id);
    db.prepare("UPDATE turns SET state = 'done' WHERE id = ?").run(turnId);
    return id;
  };
  return {
    ...bench,
    prompts,
    reader,
    analyst,
    backfill,
    chat,
    say,
    answer,
    now,
    pass: (ms: number): void => {
      time += ms;
    },
    /** Adds the model of a server as the one that answers. */
    addModel: async (baseUrl: string): Promise<void> => {
      const { id } = await bench.add('custom', baseUrl);
      bench.accounts.update({ id, defaultModel: 'model-a' });
    },
    items: () =>
      db
        .prepare<[], { kind: string; subject: string; attribute: string; value: string; text: string; origin: string }>(
          'SELECT kind, subject, attribute, value, text, origin FROM memory_items ORDER BY n',
        )
        .all(),
    close: async () => {
      await backfill.stop();
      await analyst.stop();
      await bench.close();
    },
  };
};

export const minutes = (count: number): number => count * 60_000;
