import { createHash } from 'node:crypto';
import type { Agents } from '@main/agents/agents';
import type { Prompts } from '@main/prompts/prompts';
import type { Candidate, ModelGateway } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import { findConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { countSaid, markAnalysed, markUnread, newMessages, phraseUse } from '@main/store/memoryAnalysis';
import { findMessage } from '@main/store/messages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type Conversation, type Settings, toEmergenceError } from '@shared/model';
import type { Learn, Learnt } from '../learnt';
import { conceptsIn } from './concepts';
import { gatherReadable } from './gather';
import { joinFound } from './joinFound';
import type { ModelReader } from './modelReader';
import { ownParts } from './ownParts';
import type { Readable } from './readable';
import { readByRules } from './rules/readRules';

export interface AnalyseDeps {
  db: WritableDb;
  gateway: Pick<ModelGateway, 'candidatesFor'>;
  prompts: Prompts;
  agents: Agents;
  settings: () => Pick<Settings, 'memory'>;
  learn: Learn;
  reader: ModelReader;
  telemetry: Telemetry;
  now: () => number;
}

/** Messages of one step, and the tokens of their texts at most: a small model on this machine reads them in its 30 seconds. */
const stepMessages = 12;
const stepTokens = 1_500;
/** Terms are counted up to this number of messages. */
const mostCounted = 2_000;

export interface ChatToRead {
  conversationId: string;
  /** Only messages from then on. */
  since: number;
  /** True to read again by a model what the rules read. */
  again: boolean;
  signal: AbortSignal;
  /** Called after each step with the number of messages that were read. */
  onStep?: (messages: number) => void;
}

/** Why nothing is learnt from a conversation now: switched off for it, or for all; null where something is. */
export const learningOff = (
  { agents, settings }: Pick<AnalyseDeps, 'agents' | 'settings'>,
  conversation: Conversation | null,
): 'here' | 'everywhere' | null => {
  if (!settings().memory.learn) return 'everywhere';
  if (conversation?.kind !== 'chat' || conversation.deletedAt !== null) return 'here';
  const { learning, private: isPrivate, agentId } = conversation.settings;
  const agent = agents.list().find(({ id }) => id === agentId);
  return !learning || isPrivate || agent?.learns === false ? 'here' : null;
};

interface Step {
  messageIds: string[];
  readables: Readable[];
}

/** Reads the new messages of one chat, step by step, and learns from them. A step that did not end is made again. */
export const createChatReader = (deps: AnalyseDeps) => {
  const { db, agents, telemetry, now } = deps;

  const isOff = (conversationId: string) => learningOff(deps, findConversation(db, conversationId));

  const gather = (conversation: Conversation, messageIds: readonly string[]): Step => {
    const step: Step = { messageIds: [], readables: [] };
    let tokens = 0;
    for (const id of messageIds) {
      const gathered = gatherReadable(deps, id, conversation);
      const learns = gathered && agents.list().find((agent) => agent.id === gathered.agentId)?.learns !== false;
      const readable = learns ? (gathered?.readable ?? null) : null;
      tokens += readable ? estimateTokens(`${readable.said} ${readable.heard.join(' ')}`) : 0;
      if (step.messageIds.length > 0 && tokens > stepTokens) break;
      step.messageIds.push(id);
      if (readable) step.readables.push(readable);
    }
    return step;
  };

  /** The models that may read a chat: its own first; none where the rules are to do it. */
  const readersOf = ({ settings }: Conversation): Candidate[] =>
    deps.settings().memory.analysis === 'model' ? deps.gateway.candidatesFor({ model: settings.model, agentId: settings.agentId }) : [];

  /** The rules read every message; a model adds to them. */
  const byRulesAndModel = async (
    readables: readonly Readable[],
    candidates: Candidate[],
    { conversationId, signal }: ChatToRead,
  ): Promise<{ found: Learnt[]; analyser: 'model' | 'rule' }> => {
    const byRules = readables.flatMap(readByRules);
    const rulesAlone = (): { found: Learnt[]; analyser: 'rule' } => ({ found: ownParts(byRules, readables), analyser: 'rule' });
    if (candidates.length === 0 || readables.length === 0) return rulesAlone();
    try {
      const { found, dropped } = await deps.reader.read(readables, { candidates, conversationId, signal });
      telemetry.increment('memory_analysis_items_total', { outcome: 'dropped' }, dropped);
      return { found: ownParts(joinFound(byRules, found), readables), analyser: 'model' };
    } catch (error) {
      signal.throwIfAborted();
      telemetry.log.info({ code: toEmergenceError(error).code }, 'no model could read what a conversation holds: the rules alone read it');
      return rulesAlone();
    }
  };

  const learnStep = async (
    step: Step,
    found: readonly Learnt[],
    analyser: 'model' | 'rule',
    candidates: Candidate[],
    chat: ChatToRead,
  ): Promise<boolean> => {
    const { conversationId, signal } = chat;
    const judge = analyser === 'model' ? deps.reader.judge({ candidates, conversationId, signal }) : null;
    for (const messageId of step.messageIds) {
      // Learning may have been switched off, or the message forgotten, while the model read.
      if (isOff(conversationId)) return false;
      const message = findMessage(db, messageId);
      if (!message) continue;
      const inMessage = found.filter(({ source }) => source.messageId === messageId);
      const { added, merged, closed, conflicts } = await deps.learn(inMessage, judge, signal);
      const hash = createHash('sha256').update(message.text).digest('base64url');
      markAnalysed(db, { messageId, conversationId, analyser, hash, items: added.length + merged.length, at: now() });
      for (const [outcome, ids] of Object.entries({ added, merged, closed, conflict: conflicts })) {
        if (ids.length > 0) telemetry.increment('memory_analysis_items_total', { outcome }, ids.length);
      }
    }
    return true;
  };

  /** Reads until nothing new is left or learning is off. Rejects when `signal` aborts, and where the disk is full. */
  const read = async (chat: ChatToRead): Promise<void> => {
    const { conversationId, since, signal } = chat;
    let { again } = chat;
    for (;;) {
      signal.throwIfAborted();
      const conversation = findConversation(db, conversationId);
      const off = learningOff(deps, conversation);
      if (off === 'here') markUnread(db, conversationId, now());
      if (off || !conversation) return;
      const candidates = readersOf(conversation);
      // Read again only by a model: the rules would find the same.
      again &&= candidates.length > 0;
      const ids = newMessages(db, { conversationId, since, again, limit: stepMessages });
      if (ids.length === 0) return;
      const step = gather(conversation, ids);
      const { found, analyser } = await byRulesAndModel(step.readables, candidates, chat);
      if (again && analyser === 'rule' && step.readables.length > 0) {
        again = false;
        continue;
      }
      const countUse = (phrase: string) => phraseUse(db, phrase, mostCounted);
      const concepts = conceptsIn(step.readables, { countUse, messages: countSaid(db, mostCounted) });
      if (!(await learnStep(step, [...found, ...concepts], analyser, candidates, chat))) continue;
      chat.onStep?.(step.messageIds.length);
    }
  };

  return { read, isOff };
};

export type ChatReader = ReturnType<typeof createChatReader>;
