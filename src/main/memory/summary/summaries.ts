import type { Speakers } from '@main/agents/agents';
import { unknownWindow } from '@main/knowledge/context';
import type { Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import { branchSteps } from '@main/store/branches';
import type { ChangeBus } from '@main/store/changes';
import {
  editSummary,
  findSummary,
  insertSummary,
  type StoredSummary,
  setSummaryEnabled,
  setSummaryUndone,
  summariesOf,
} from '@main/store/conversationSummaries';
import { findConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { branchEndingAt } from '@main/store/messages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type ConversationSummary, EmergenceError, isCancelled, type Message, newId, type Settings } from '@shared/model';
import { clipText } from './fitText';
import { foldText, longestWords } from './foldText';

/** A chat is summed up when this many messages are not, or when they fill this share of the model's window; so many then remain. */
const fullMessages = 45;
const fullShare = 0.8;
const remainingMessages = 30;
const remainingShare = 0.4;
/** The question and the answer just given are always sent as they are. */
const leastRemaining = 2;
/** More messages than this are not read at once. */
const mostMessages = 2_000;
/** Tokens of one message in the transcript: of a long pasted text the beginning is enough. */
const longestEntry = 800;

export interface SummariesDeps {
  db: WritableDb;
  gateway: ModelGateway;
  prompts: Prompts;
  agents: Speakers;
  settings: () => Pick<Settings, 'memory'>;
  changes: ChangeBus;
  telemetry: Pick<Telemetry, 'log'>;
  now: () => number;
}

/** The answer after which a chat may be summed up. */
export interface Grown {
  conversationId: string;
  /** The last message of its branch. */
  leaf: string;
  agentId: string;
  language: 'en' | 'fr';
}

export interface Summaries {
  /** The summary that stands for the oldest messages of the branch that ends in `leaf`; null where there is none or it is off. */
  of(conversationId: string, leaf: string | null): ConversationSummary | null;
  /** Sums up the oldest messages of a branch in the background where it has grown long. Nobody waits for it. */
  consider(grown: Grown): void;
  /** The summaries of the active branch, the one in use first. Throws `not_found`. */
  list(conversationId: string): ConversationSummary[];
  /** Throws `not_found`. */
  edit(id: string, text: string): ConversationSummary;
  setEnabled(id: string, enabled: boolean): ConversationSummary;
  /** Takes a summary back: the one before it counts again, and a new one is made when the chat has grown again. */
  undo(id: string): void;
  /** Resolves when running work ended. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** How many of the oldest messages are folded, for the tokens of each and the model's window; 0: not yet. Pure. */
export const foldCount = (tokens: readonly number[], window: number): number => {
  const most = tokens.length - leastRemaining;
  if (tokens.length >= fullMessages) return tokens.length - remainingMessages;
  let left = tokens.reduce((sum, one) => sum + one, 0);
  if (left < window * fullShare) return 0;
  let count = 0;
  while (count < most && left > window * remainingShare) {
    left -= tokens[count] as number;
    count += 1;
  }
  return Math.max(0, count);
};

/** Folds the oldest messages of long chats into a summary that prompts get instead of them. */
export const createSummaries = (deps: SummariesDeps): Summaries => {
  const { db, gateway, prompts, changes, telemetry, now } = deps;
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();

  /** The summaries of a branch with the positions of their last messages, the farthest first. */
  const onBranch = (conversationId: string, leaf: string): { summary: StoredSummary; position: number }[] => {
    const all = summariesOf(db, conversationId);
    if (all.length === 0) return [];
    const positions = new Map(branchSteps(db, leaf).map(([, id], position) => [id, position]));
    return all
      .flatMap((summary) => {
        const position = positions.get(summary.upToMessage);
        return position === undefined ? [] : [{ summary, position }];
      })
      .sort((a, b) => b.position - a.position);
  };
  const published = ({ undone: _, ...summary }: StoredSummary): ConversationSummary => summary;
  const stored = (id: string): StoredSummary => {
    const found = findSummary(db, id);
    if (!found || found.undone) throw new EmergenceError('not_found');
    return found;
  };
  const changed = (id: string): ConversationSummary => {
    const summary = published(stored(id));
    changes.publish('conversation', summary.conversationId);
    return summary;
  };

  const entryOf = ({ role, speaker, text }: Message, language: 'en' | 'fr'): string => {
    const name = role === 'user' ? { en: 'The person', fr: 'La personne' }[language] : deps.agents.nameOf(speaker ?? '');
    return clipText(`${name}: ${text}`, longestEntry);
  };

  const foldOldest = async ({ conversationId, leaf, agentId, language }: Grown): Promise<boolean> => {
    const conversation = findConversation(db, conversationId);
    if (!conversation || conversation.deletedAt !== null || !deps.settings().memory.summaries) return false;
    const candidates = gateway.candidatesFor({ model: conversation.settings.model, agentId });
    if (candidates.length === 0) return false;
    const known = onBranch(conversationId, leaf);
    const current = known.find(({ summary }) => !summary.undone);
    if (current && !current.summary.enabled) return false;
    const { items } = branchEndingAt(db, leaf, mostMessages);
    const after = (id: string | undefined): Message[] => items.slice(items.findIndex((message) => message.id === id) + 1);
    const window = Math.min(...candidates.map(({ contextTokens }) => contextTokens ?? unknownWindow));
    // Messages after an undone summary count, so that it is not made again at once.
    const fresh = after(known[0]?.summary.upToMessage);
    const count = foldCount(
      fresh.map(({ text }) => estimateTokens(text)),
      window,
    );
    if (count === 0) return false;
    const open = after(current?.summary.upToMessage);
    const oldest = open.slice(0, open.length - fresh.length + count);
    const { text, read, model } = await foldText(gateway, {
      purpose: 'summary',
      turnId: null,
      conversationId,
      agentId,
      candidates,
      signal: abort.signal,
      earlier: current ? prompts.render('conversation-earlier', language, { summary: current.summary.text }).text : null,
      entries: oldest.map((message) => entryOf(message, language)),
      words: longestWords,
      render: (transcript) =>
        prompts.render('conversation-summary', language, {
          transcript: prompts.asData(transcript.join('\n\n')),
          words: String(longestWords),
        }),
    });
    const last = oldest[read - 1];
    // The conversation may be forgotten, and the summary edited or undone, while the model writes.
    const isSame = current ? findSummary(db, current.summary.id)?.text === current.summary.text : true;
    if (!last || !isSame || !findConversation(db, conversationId)) return false;
    insertSummary(db, { id: newId(), conversationId, upToMessage: last.id, text, model, createdAt: now() });
    changes.publish('conversation', conversationId);
    // A model with a small window folds the rest in further calls.
    return read < oldest.length;
  };

  const work = async (grown: Grown): Promise<void> => {
    try {
      while (await foldOldest(grown));
    } catch (error) {
      if (isCancelled(error) || abort.signal.aborted) return;
      telemetry.log.warn(
        { err: error, conversation: grown.conversationId },
        'a chat could not be summed up: its oldest messages are left out',
      );
    }
  };

  return {
    of: (conversationId, leaf) => {
      const current = leaf === null ? undefined : onBranch(conversationId, leaf).find(({ summary }) => !summary.undone);
      return current?.summary.enabled && deps.settings().memory.summaries ? published(current.summary) : null;
    },
    consider: (grown) => {
      if (running.has(grown.conversationId)) return;
      running.set(
        grown.conversationId,
        work(grown).finally(() => running.delete(grown.conversationId)),
      );
    },
    list: (conversationId) => {
      const conversation = findConversation(db, conversationId);
      if (!conversation) throw new EmergenceError('not_found');
      const { activeLeaf } = conversation;
      const known = activeLeaf === null ? [] : onBranch(conversationId, activeLeaf);
      return known.flatMap(({ summary }) => (summary.undone ? [] : [published(summary)]));
    },
    edit: (id, text) => {
      editSummary(db, stored(id).id, text, now());
      return changed(id);
    },
    setEnabled: (id, enabled) => {
      setSummaryEnabled(db, stored(id).id, enabled);
      return changed(id);
    },
    undo: (id) => {
      const { conversationId } = stored(id);
      setSummaryUndone(db, id, now());
      changes.publish('conversation', conversationId);
    },
    idle: async () => {
      await Promise.all(running.values());
    },
    close: async () => {
      abort.abort();
      await Promise.all(running.values());
    },
  };
};
