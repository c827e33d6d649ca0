import type { ChangeBus } from '@main/store/changes';
import { findConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { chatsSince, growthOf, learningSince, markUnread, setLearningSince } from '@main/store/memoryAnalysis';
import { findMessage } from '@main/store/messages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { isCancelled, type Settings, toEmergenceError } from '@shared/model';
import type { ChatReader } from './analyseChat';

/** A conversation rests when no turn came for this long; one that grew by so many messages is not waited for. */
const restMs = 5 * 60_000;
const grownMessages = 10;
/** How often is looked for conversations that rest. */
const everyMs = 30_000;
/** A start looks for unread messages in the chats of the last days, at most so many. */
const startDays = 30;
const startChats = 200;
const dayMs = 86_400_000;

export interface Analyst {
  startWrites: { what: string; write: () => void }[];
  start(): void;
  stop(): Promise<void>;
  /** Reads the conversations that are due; resolves when they are read. Called by a timer. */
  tick(): Promise<void>;
  /** Reads a conversation now, rested or not. Resolves when it is read. */
  analyse(conversationId: string): Promise<void>;
  /** Runs work while no conversation is read: one at a time. */
  alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Reads conversations in the background, one at a time, when they rest or have grown; never after every answer. */
export const createAnalyst = ({
  db,
  changes,
  reader,
  settings,
  telemetry,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  reader: ChatReader;
  settings: () => Pick<Settings, 'memory'>;
  telemetry: Telemetry;
  now: () => number;
}): Analyst => {
  const stopping = new AbortController();
  /** Conversations that changed and may hold something new. */
  const waiting = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let unsubscribe = (): void => {};
  let learns = settings().memory.learn;

  const since = (): number => learningSince(db) ?? now();

  const alone = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const run = last.then(() => {
      stopping.signal.throwIfAborted();
      return work(stopping.signal);
    });
    last = run.catch(() => {});
    return run;
  };

  const readNow = (conversationId: string): Promise<void> =>
    alone((signal) => reader.read({ conversationId, since: since(), again: false, signal }));

  const isDue = (conversationId: string): boolean => {
    const conversation = findConversation(db, conversationId);
    if (!conversation || conversation.answering) return false;
    const growth = growthOf(db, conversationId, since());
    if (!growth) {
      waiting.delete(conversationId);
      return false;
    }
    return growth.messages >= grownMessages || now() - growth.lastAt >= restMs;
  };

  const tick = async (): Promise<void> => {
    if (!settings().memory.learn) return;
    for (const conversationId of [...waiting]) {
      if (stopping.signal.aborted || !isDue(conversationId)) continue;
      try {
        await readNow(conversationId);
        waiting.delete(conversationId);
      } catch (error) {
        if (stopping.signal.aborted || isCancelled(error)) return;
        // It stays in the list: a full disk may have room at the next look.
        const { code } = toEmergenceError(error);
        telemetry.log.warn({ code, conversationId }, 'a conversation could not be learnt from now');
        if (code !== 'storage.full') waiting.delete(conversationId);
      }
    }
  };

  const heard = (conversationId: string): void => {
    const conversation = findConversation(db, conversationId);
    if (conversation?.kind !== 'chat') return;
    waiting.add(conversationId);
    // Written while learning is off here: it stays unread when learning is switched on.
    if (reader.isOff(conversationId) === 'here') markUnread(db, conversationId, now());
  };

  const settingsChanged = (): void => {
    const on = settings().memory.learn;
    // Messages from the time when learning was off are read by a backfill only.
    if (on && !learns) setLearningSince(db, now());
    learns = on;
  };

  const listen = (change: { entity: string; ids: string[] }): void => {
    try {
      if (change.entity === 'settings') settingsChanged();
      if (change.entity === 'conversation') for (const id of change.ids) heard(id);
      if (change.entity === 'message') {
        for (const id of change.ids) {
          const message = findMessage(db, id);
          if (message) waiting.add(message.conversationId);
        }
      }
    } catch (error) {
      telemetry.log.warn({ code: toEmergenceError(error).code }, 'a change could not be noted for learning');
    }
  };

  return {
    startWrites: [
      {
        what: 'note since when conversations are learnt from',
        write: () => {
          if (learningSince(db) === null) setLearningSince(db, now());
        },
      },
    ],
    start: () => {
      unsubscribe = changes.subscribe(listen);
      for (const id of chatsSince(db, Math.max(since(), now() - startDays * dayMs), startChats)) waiting.add(id);
      timer = setInterval(() => void tick(), everyMs).unref();
    },
    stop: async () => {
      unsubscribe();
      if (timer) clearInterval(timer);
      stopping.abort();
      await last;
    },
    tick,
    analyse: readNow,
    alone,
  };
};
