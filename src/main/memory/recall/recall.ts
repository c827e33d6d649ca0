import type { Helper } from '@main/processes/helper';
import type { RecallAnswer, RecallQuery, SearchApi } from '@main/processes/search/api';
import { estimateTokens } from '@main/providers/tokens';
import type { ReadableDb } from '@main/store/database';
import { findMemories } from '@main/store/memoryItems';
import { mutedMessages } from '@main/store/memoryUses';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { Recalled, RecalledItem, RecalledMessage } from '@shared/model';
import { asksOwnPast } from '../time/asksOwnPast';
import { periodsIn } from '../time/periodsIn';
import type { InstantWindow } from '../time/zone';
import { askedItems } from './askedItems';
import { withEnded } from './endedMessages';
import { evidenceOf, stateOf } from './evidenceState';
import { isPast, mayBeRecalled, scoresOfItem, similarityOf } from './itemScores';
import { isEnded } from './itemWords';
import { excerptOfTurn } from './turnExcerpt';

export interface RecallRequest {
  text: string;
  /** The conversation that asks; null for none. */
  conversationId: string | null;
  now: number;
  /** The space for all that is recalled; 1,200 where it is left out. */
  tokens?: number;
  /** The agent that asks. */
  agentId: string | null;
  /** The period for which it is asked; where it is left out, the words of the question show it. */
  window?: InstantWindow | null;
  /** Messages that the asker has already, such as those in the prompt. */
  exceptMessageIds?: readonly string[];
  /** False for recall that nobody asked for: what has faded is left out. */
  isAsked?: boolean;
  /** How long the search may take; that of the service where it is left out. Items that need no search come after it too. */
  waitMs?: number;
  signal?: AbortSignal;
}

/** The memories for a question. */
export interface FoundMemories extends Recalled {
  /** How sure it is that the past holds an answer, 0..1. */
  evidence: number;
  /** The ids of the items for which the question asks by what they say of the person. */
  askedFor: readonly string[];
}

export interface Recall {
  /** Recalls past messages and memory items for a question. Throws only where the signal is aborted. */
  recall(request: RecallRequest): Promise<FoundMemories>;
  /** Notes that a question is being written: the index of the past is made meanwhile, or stays. Returns at once. */
  expect(): void;
}

export interface RecallDeps {
  db: ReadableDb;
  search: Pick<Helper<SearchApi>, 'call'>;
  agents: { list(): readonly { id: string; name: string }[] };
  telemetry: Pick<Telemetry, 'increment' | 'log'>;
  /** True where each agent has a memory of its own. */
  perAgent: () => boolean;
  /** False where questions are answered without memory. */
  isOn?: () => boolean;
  /** The IANA zone of the person. */
  zone: () => string;
  /** How long a question waits for what is recalled, in milliseconds. */
  waitMs?: number;
}

const defaultTokens = 1_200;
/** The first question after a start reads the whole past; the next ones take a moment. */
const defaultWaitMs = 4_000;
/** The search process drops the index after ten minutes without a question. */
const preparedMs = 60_000;
/** Messages, and items, that are ranked at most: more than any budget holds. */
const mostRanked = 60;
/** A single message or item takes at most this share of the space. */
const shareOfOne = 0.34;
/** Tokens for the date and the speaker of a message, and for the frame of an item. */
const frameTokens = 12;
/** Tokens for the subject, the attribute and the time of an item, which are written beside its text. */
const statementTokens = 20;

/** The score of an item for which a question asks by its attribute: above any that its words give. */
const askedScore = 4;

/** The past as a whole. */
const anyTime: InstantWindow = { from: null, to: null };

const none = (searched: boolean, evidence = 0): FoundMemories => ({
  searched,
  state: 'nothing',
  items: [],
  messages: [],
  evidence,
  askedFor: [],
});

/** Takes the best of both lists in one ranking, until the space is full. */
const withinTokens = (
  items: readonly RecalledItem[],
  messages: readonly RecalledMessage[],
  tokens: number,
  question: string,
): Pick<Recalled, 'items' | 'messages'> => {
  const taken: Pick<Recalled, 'items' | 'messages'> = { items: [], messages: [] };
  const longest = Math.floor(tokens * shareOfOne);
  let left = tokens;
  const all = [...items, ...messages].sort((one, other) => other.scores.total - one.scores.total);
  for (const one of all) {
    const text = 'item' in one ? one.item.text : excerptOfTurn(one.text, question, longest - frameTokens);
    const stated = 'item' in one && one.item.attribute !== '' ? statementTokens + estimateTokens(one.item.value) : 0;
    const cost = estimateTokens(text) + frameTokens + stated;
    if (cost > left) continue;
    left -= cost;
    if ('item' in one) taken.items.push(one);
    else taken.messages.push({ ...one, text });
  }
  return taken;
};

/** Recall over the search process, which ranks; this side knows the items, the agents, the clock and the space. */
export const createRecall = ({
  db,
  search,
  agents,
  telemetry,
  perAgent,
  zone,
  isOn = () => true,
  waitMs = defaultWaitMs,
}: RecallDeps): Recall => {
  let expectedAt = Number.NEGATIVE_INFINITY;
  const ask = async (query: RecallQuery, limitMs: number, signal: AbortSignal | undefined): Promise<RecallAnswer | null> => {
    try {
      return await search.call('recall', query, { timeLimitMs: limitMs, timeoutCode: 'search.unavailable', ...(signal ? { signal } : {}) });
    } catch (error) {
      signal?.throwIfAborted();
      // An answer without memories is better than none.
      telemetry.log.warn({ err: error }, 'the past could not be searched for a question');
      return null;
    }
  };

  return {
    expect: () => {
      const at = performance.now();
      if (!isOn() || at - expectedAt < preparedMs) return;
      expectedAt = at;
      search.call('prepareRecall', undefined).catch((error: unknown) => {
        telemetry.log.warn({ err: error }, 'the past could not be read before a question');
      });
    },
    recall: async ({ text, conversationId, now, tokens = defaultTokens, window, isAsked = true, signal, ...request }) => {
      const agentId = perAgent() ? request.agentId : null;
      const periods = window ? [window] : periodsIn(text, { now, zone: zone() });
      const answer = await ask(
        {
          text,
          conversationId,
          agentId,
          agentNames: Object.fromEntries(agents.list().map(({ id, name }) => [id, name])),
          exceptMessageIds: request.exceptMessageIds ?? [],
          periods,
          limit: mostRanked,
        },
        request.waitMs ?? waitMs,
        signal,
      );
      const period = window ?? periods[0] ?? (asksOwnPast(text) ? anyTime : null);
      const may = { now, window: period, agentId, isAsked };
      const asked = askedItems(db, { text, period, now }).filter((item) =>
        mayBeRecalled(item, item.dueAt === null ? may : { ...may, window: null }),
      );
      if (!answer && asked.length === 0) return none(false);
      const evidence = answer ? evidenceOf(answer.evidence) : 0;
      const state = asked.length > 0 ? 'found' : stateOf(evidence);
      if (state === 'nothing') return none(true, evidence);
      // Without evidence only the items for which it is asked are right.
      const ranked = stateOf(evidence) === 'nothing' ? null : answer;
      const scores = new Map(ranked?.items.map(({ itemId, score }) => [itemId, score]));
      // Asked about the past, what has ended comes first: small models take the first line.
      const first = isPast(period, now) ? askedScore + 1 : askedScore;
      for (const item of asked) scores.set(item.id, isEnded(item, now) ? first : askedScore);
      const isAskedFor = new Set(asked.map(({ id }) => id));
      const items = findMemories(db, [...scores.keys()], now)
        .filter((item) => isAskedFor.has(item.id) || mayBeRecalled(item, may))
        .map((item) => {
          const all = scoresOfItem(item, scores.get(item.id) ?? 0, now);
          // An answer that was never used yet is still the answer.
          return { item, scores: isAskedFor.has(item.id) ? { ...all, total: all.similarity } : all };
        });
      // A memory that shall not be used again must not come back in the words of the message that it rests on.
      const told = ranked?.messages ?? [];
      // Of the person the items know what the person said: an answer that did not know it would be copied by a small model.
      const found = asked.length > 0 ? told.filter(({ role }) => role === 'user') : told;
      const muted = mutedMessages(
        db,
        found.map(({ messageId }) => messageId),
      );
      const unmuted = found.filter(({ messageId }) => !muted.has(messageId));
      const messages = withEnded(db, unmuted, { now, isPast: isPast(period, now) }).map(({ score, ...message }) => {
        const similarity = similarityOf(score);
        return { ...message, scores: { similarity, recency: 1, use: 1, total: similarity } };
      });
      const taken = withinTokens(items, messages, tokens, text);
      if (taken.items.length > 0) telemetry.increment('memory_concept_recall_total', {}, taken.items.length);
      return { searched: true, state, evidence, ...taken, askedFor: [...isAskedFor] };
    },
  };
};
