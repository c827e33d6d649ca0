import { dayOf } from '@main/memory/time/topic';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { dueIntents, type HintAction, hintMatches, hintRecord, noteHint, spokenElsewhere } from '@main/store/memoryHints';
import { changeMemory, findMemories } from '@main/store/memoryItems';
import { pastMatches } from '@main/store/pastMessages';
import type { Telemetry } from '@main/telemetry/telemetry';
import { informativeWords } from '@main/text/questionWords';
import { EmergenceError, type Hint, type HintType, type MemoryItem, type Settings } from '@shared/model';
import { formsOf, relevanceOf } from './relevance';

const dayMs = 86_400_000;
const leastRelevance = 0.6;
/** Below this vitality an item is not recalled unasked. */
const leastVitality = 0.3;
const mostHints = 3;
/** The person speaks of a thing for the third time within a day: then a preference or a constraint about it matters. */
const mentionsNeeded = 3;
/** The same hint comes back after this time at the earliest, and stays away when it was ignored so often in a row. */
const cooldownMs = dayMs;
const mostIgnored = 3;
/** An intent is recalled from so long before its deadline until a day after it. */
const remindMs = 7 * dayMs;
const mostCandidates = 30;

export interface HintsDeps {
  db: WritableDb;
  settings: () => Pick<Settings, 'memory'>;
  changes: ChangeBus;
  telemetry: Pick<Telemetry, 'increment'>;
  now: () => number;
  /** The IANA zone of the person. */
  zone: () => string;
}

export interface Hints {
  /** The hints for what the person writes, the most urgent first: at most three, of which one says that a subject is back. */
  of(request: { conversationId: string | null; draft: string; agentId: string | null }): Hint[];
  /** Notes that a hint was shown, ignored or used. */
  note(hint: { itemId: string; type: HintType }, action: HintAction): void;
  /** Ticks an intent off, or opens it again. Throws `not_found`, and `input.invalid` for another kind. */
  tick(id: string, done: boolean): MemoryItem;
}

/** The conversation and the agent for which hints are made; the agent is null where all share one memory. */
interface Asks {
  conversationId: string | null;
  agentId: string | null;
}

const typeOf: Partial<Record<MemoryItem['kind'], HintType>> = { preference: 'preference_reminder', constraint: 'constraint_warning' };
const order: readonly HintType[] = ['intent_followup', 'constraint_warning', 'preference_reminder', 'subject_back'];

/** Quiet hints about what is remembered, while the person writes. No model is asked. */
export const createHints = ({ db, settings, changes, telemetry, now, zone }: HintsDeps): Hints => {
  const isOn = (type: HintType): boolean => {
    const { notices, preferenceReminders, intentFollowups, constraintWarnings } = settings().memory;
    return {
      subject_back: notices,
      preference_reminder: preferenceReminders,
      intent_followup: intentFollowups,
      constraint_warning: constraintWarnings,
    }[type];
  };
  /** Where agents are kept apart, an item belongs to the agent with whom it was learnt; one without an agent belongs to all. */
  const isOf = (item: MemoryItem, agentId: string | null): boolean =>
    !settings().memory.perAgent || item.agentId === null || item.agentId === agentId;
  const isQuiet = (item: MemoryItem, type: HintType): boolean => {
    const record = hintRecord(db, item.id, type);
    return record !== null && (record.ignored >= mostIgnored || now() - record.lastAt < cooldownMs);
  };
  const toHint = (type: HintType, item: MemoryItem, relevance: number, asks: Asks): Hint => {
    const talks = spokenElsewhere(db, item.id, asks);
    const latest = new Map(talks.map((talk) => [talk.conversationId, talk]));
    return {
      type,
      item,
      relevance,
      days: [...new Set(talks.map(({ at }) => dayOf(at, zone())))],
      conversations: [...latest.values()].sort((a, b) => b.at - a.at),
    };
  };
  const expressionOf = (text: string): string | null => {
    const words = [...new Set(informativeWords(text))];
    return words.length === 0 ? null : words.map((word) => `"${word.slice(0, Math.max(4, word.length - 2))}"*`).join(' OR ');
  };

  /** How often the person spoke of an item within a day, the draft included. */
  const recentMentions = (forms: ReadonlySet<string>, text: string, { conversationId, agentId }: Asks): number => {
    const expression = expressionOf(text);
    if (!expression) return 1;
    const at = now();
    const scope = { from: at - dayMs, to: at + 1, conversationId, agentId };
    let mentions = 1;
    for (const message of pastMatches(db, expression, scope))
      if (message.role === 'user' && relevanceOf(forms, formsOf(message.text)) >= leastRelevance) mentions += 1;
    return mentions;
  };

  const relevant = (draft: string, agentId: string | null): { item: MemoryItem; relevance: number; forms: ReadonlySet<string> }[] => {
    const expression = expressionOf(draft);
    if (!expression) return [];
    const said = formsOf(draft);
    return hintMatches(db, expression, now(), mostCandidates)
      .filter((item) => item.vitality >= leastVitality || item.protected)
      .filter((item) => isOf(item, agentId))
      .map((item) => {
        const forms = formsOf(item.text);
        return { item, forms, relevance: relevanceOf(forms, said) };
      })
      .filter(({ relevance }) => relevance >= leastRelevance)
      .sort((a, b) => b.relevance - a.relevance);
  };

  return {
    of: ({ conversationId, draft, agentId }) => {
      const hints: Hint[] = [];
      const asks: Asks = { conversationId, agentId: settings().memory.perAgent ? agentId : null };
      const offer = (type: HintType, item: MemoryItem, relevance: number): void => {
        if (isOn(type) && !isQuiet(item, type)) hints.push(toHint(type, item, relevance, asks));
      };
      const at = now();
      for (const item of dueIntents(db, { from: at - dayMs, to: at + remindMs }, at, mostCandidates))
        if (isOf(item, agentId)) offer('intent_followup', item, 1);
      for (const { item, relevance, forms } of relevant(draft, agentId)) {
        const type = typeOf[item.kind];
        if (type && isOn(type) && recentMentions(forms, item.text, asks) >= mentionsNeeded) offer(type, item, relevance);
        if (item.kind === 'concept') offer('subject_back', item, relevance);
      }
      // One notice for a message, and none without a talk elsewhere to open.
      const back = hints.find(({ type, conversations }) => type === 'subject_back' && conversations.length > 0);
      const kept = hints
        .filter((hint) => hint.type !== 'subject_back' || hint === back)
        .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
        .slice(0, mostHints);
      for (const { type } of kept) telemetry.increment('memory_proactive_hints_generated_total', { type });
      return kept;
    },
    note: (hint, action) => {
      noteHint(db, hint, action, now());
      telemetry.increment('memory_concept_recall_interactions_total', { action });
    },
    tick: (id, done) => {
      const [item] = findMemories(db, [id], now());
      if (!item || item.deletedAt !== null) throw new EmergenceError('not_found');
      if (item.kind !== 'intent') throw new EmergenceError('input.invalid', { field: 'id' });
      changeMemory(db, id, { doneAt: done ? (item.doneAt ?? now()) : null }, now());
      changes.publish('memory', id);
      return findMemories(db, [id], now())[0] ?? item;
    },
  };
};
