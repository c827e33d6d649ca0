import { openMemoryReader } from '@main/store/memoryReader';
import type { NearItemsQuery, RecallAnswer, RecallQuery } from '../api';
import type { StaticModel } from '../staticModel';
import { createKeptTurns, type KeptTurns, signs } from './keptTurns';
import { nearItems } from './nearItems';
import { rankTurns } from './rankTurns';
import { thePerson } from './turnSigns';

/** Ranked turns of which some may be gone, or say the same as a better one. */
const spare = 20;

/** After this time without a question the index is dropped, and the next question makes it again. */
const keptMs = 10 * 60_000;

export interface RecallEngine {
  recall(query: RecallQuery, signal?: AbortSignal): Promise<RecallAnswer>;
  /** The memory items nearest to a text, nearest first, whatever their state. */
  near(query: NearItemsQuery): Promise<{ itemId: string; score: number }[]>;
  /** Makes the index, or brings it in step. */
  prepare(): Promise<void>;
  working(): boolean;
  /** Bytes that the index takes; 0 while there is none. */
  bytes(): number;
  close(): void;
}

/** The slots from which this question may be answered. */
const slotsFor = (kept: KeptTurns, { conversationId, agentId, exceptMessageIds }: RecallQuery): Int32Array => {
  const { columns, conversations, speakers, turns, index, workspace } = kept;
  const except = new Set(exceptMessageIds);
  const open = new Set<number>([0]);
  for (const { n, id, isDeleted, isPrivate, agentId: agent } of conversations.values())
    if (!isDeleted && (id === conversationId || (!isPrivate && (agentId === null || agent === agentId)))) open.add(n);
  const heard = speakers.map((speaker) => agentId === null || speaker === thePerson || speaker === agentId);
  const slots = workspace.slots(index.size);
  const { signs: turnSigns, conversation: conversationOf, speaker } = columns;
  const itemSign = signs.item;
  let count = 0;
  let last = 0;
  let isOpen = true;
  for (let slot = 0; slot < slots.length; slot += 1) {
    const sign = turnSigns[slot] as number;
    if (sign === 0) continue;
    const conversation = conversationOf[slot] as number;
    // Most turns follow another one of their conversation.
    if (conversation !== last) {
      last = conversation;
      isOpen = open.has(conversation);
    }
    const isItem = (sign & itemSign) !== 0;
    if (!isOpen || (!isItem && !heard[speaker[slot] as number])) continue;
    if (except.size > 0 && except.has(turns[slot]?.id ?? '')) continue;
    slots[count++] = slot;
  }
  return slots.subarray(0, count);
};

/** Recall over the `emergence.db` at `path`, which is opened and read at the first question. */
export const createRecallEngine = (path: string, model: Pick<StaticModel, 'dimensions' | 'embed'>): RecallEngine => {
  let opened: { reader: ReturnType<typeof openMemoryReader>; turns: ReturnType<typeof createKeptTurns> } | null = null;
  let dropping: NodeJS.Timeout | undefined;
  let bytes = 0;
  const drop = (): void => {
    clearTimeout(dropping);
    opened?.reader.close();
    opened = null;
    bytes = 0;
  };
  const open = () => {
    clearTimeout(dropping);
    dropping = setTimeout(drop, keptMs).unref();
    if (opened) return opened;
    const reader = openMemoryReader(path);
    opened = { reader, turns: createKeptTurns({ reader, model }) };
    return opened;
  };
  /** Brings the index in step, and measures it where it is made. */
  const follow = async () => {
    const before = opened === null ? process.memoryUsage.rss() : null;
    const { reader, turns } = open();
    const kept = await turns.inStep();
    if (before !== null) bytes = Math.max(0, process.memoryUsage.rss() - before);
    return { reader, kept };
  };
  return {
    prepare: async () => {
      await follow();
    },
    near: async (query) => nearItems((await follow()).kept, model, query),
    recall: async (query, signal) => {
      const started = performance.now();
      const { reader, kept } = await follow();
      signal?.throwIfAborted();
      const stepped = performance.now();
      const { text, periods, limit, agentNames } = query;
      const { messages, items, speaker, evidence } = rankTurns(kept, model, {
        text,
        periods,
        limit: limit + spare,
        nameOf: (id) => agentNames[id] ?? id,
        slots: slotsFor(kept, query),
      });
      const ranked = performance.now();
      const seen = new Set([text.trim()]);
      const found: RecallAnswer['messages'] = [];
      for (const { id: slot, score } of messages) {
        if (found.length === limit) break;
        const message = reader.message(kept.turns[slot]?.n ?? 0);
        // The question itself is stored before it is asked, and an answer that was made again may say the same.
        if (message?.state !== 'complete' || seen.has(message.text.trim())) continue;
        seen.add(message.text.trim());
        const { id: messageId, conversationId, role, at } = message;
        found.push({ messageId, conversationId, speaker: message.speaker, role, at, text: message.text, score });
      }
      const ended = performance.now();
      return {
        messages: found,
        items: items.slice(0, limit).flatMap(({ id: slot, score }) => {
          const itemId = kept.turns[slot]?.id;
          return itemId === undefined ? [] : [{ itemId, score }];
        }),
        evidence,
        speaker,
        stages: { step: stepped - started, rank: ranked - stepped, load: ended - ranked, total: ended - started },
      };
    },
    working: () => opened?.turns.working() ?? false,
    bytes: () => bytes,
    close: drop,
  };
};
