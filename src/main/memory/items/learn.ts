import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { addMemorySource, changeMemory, insertMemory, touchMemory } from '@main/store/memoryItems';
import { alikeMemories, isUnlearnt, learntBefore, memoriesAbout } from '@main/store/memoryLearning';
import { markConflict } from '@main/store/memoryRelations';
import { archivedByRun } from '@main/store/memoryRuns';
import { afterMention } from '@main/store/memoryVitality';
import { type MemoryItem, newId } from '@shared/model';
import { cardinalityOf, oppositeOf } from '../attributes';
import type { Judge, Learn, LearnOutcome, Learnt, Verdict } from '../learnt';
import { beginOf, beginOfItem, judged, type Standing, standingOf, standingToOpposite } from './contradictions';
import { fieldsOfLearnt, isMentionOf, learntKeyOf } from './learntItem';

/** The items that are compared with a statement, and those that one message may close without asking the person. */
const mostCandidates = 10;
const mostClosed = 2;

export interface LearnDeps {
  db: WritableDb;
  changes: ChangeBus;
  now: () => number;
  /** True where each agent has a memory of its own. */
  isPerAgent?: () => boolean;
}

type Answer = Awaited<ReturnType<Judge>>;
/** The answers of a judge by item, revision and statement: each pair is asked once. */
type Answers = Map<string, { verdict: Verdict; confidence: number } | null>;

/** Thrown inside the transaction of a message where a pair has no answer yet; the message is begun anew with it. */
class Unanswered extends Error {
  constructor(
    readonly key: string,
    readonly item: MemoryItem,
    readonly said: Learnt,
  ) {
    super('a pair has no answer yet');
  }
}

/** One statement of a message, with the id that a new item gets. */
interface Said {
  learnt: Learnt;
  id: string;
}

export const createLearn = ({ db, changes, now, isPerAgent = () => false }: LearnDeps): Learn => {
  const isOurs = (item: MemoryItem, learnt: Learnt): boolean => !isPerAgent() || item.agentId === learnt.agentId;

  const add = ({ id, learnt }: Said, at: number, more: Partial<MemoryItem> = {}): void => {
    insertMemory(db, id, { ...fieldsOfLearnt(learnt, at), ...more }, at);
    addMemorySource(db, id, learnt.source, learntKeyOf(learnt));
  };

  const mention = (item: MemoryItem, learnt: Learnt, at: number): void => {
    addMemorySource(db, item.id, learnt.source, learntKeyOf(learnt));
    const { source } = learnt;
    // A message that says it twice mentions it once.
    if (item.sources.some(({ messageId }) => messageId === source.messageId)) return;
    const mentions = item.mentions + 1;
    const times = { firstMentionAt: Math.min(item.firstMentionAt, source.at), lastMentionAt: Math.max(item.lastMentionAt, source.at) };
    // The gardener's archive is for what nobody speaks of; what the person put there stays there.
    if (item.archivedAt !== null && archivedByRun(db, item.id)) changeMemory(db, item.id, { archivedAt: null }, at);
    touchMemory(db, item.id, { vitality: afterMention(item.vitality), mentions, ...times }, at);
  };

  /** The item that a statement repeats, by its normal form. */
  const repeated = ({ learnt }: Said, at: number): MemoryItem | undefined =>
    alikeMemories(db, learnt, at).find((item) => isOurs(item, learnt) && isMentionOf(item, learnt));

  /** The standings to the items about the same subject and attribute, and to those that say the opposite of the same value. */
  const standings = (said: Learnt, judge: Judge | null, answers: Answers, at: number): { item: MemoryItem; standing: Standing }[] => {
    if (said.attribute === '') return [];
    const bounds = { at: Math.min(beginOf(said), said.source.at), limit: mostCandidates };
    const about = (attribute: string) =>
      memoriesAbout(db, { subject: said.subject, attribute }, bounds, at).filter((item) => isOurs(item, said));
    const opposite = oppositeOf(said.attribute);
    return [
      ...about(said.attribute).map((item) => ({ item, standing: decided(item, said, judge, answers) })),
      ...(opposite ? about(opposite).map((item) => ({ item, standing: standingToOpposite(item, said) })) : []),
    ];
  };

  const decided = (item: MemoryItem, said: Learnt, judge: Judge | null, answers: Answers): Standing => {
    const standing = standingOf(item, said);
    if (standing.is !== 'ask') return standing;
    if (judge === null) return { is: standing.otherwise };
    const key = JSON.stringify([item.id, item.revision, learntKeyOf(said)]);
    const answer = answers.get(key);
    if (answer === undefined) throw new Unanswered(key, item, said);
    return judged(item, said, answer, standing.otherwise);
  };

  const learnOne = (said: Said, judge: Judge | null, answers: Answers, outcome: LearnOutcome): void => {
    const { learnt, id } = said;
    if (isUnlearnt(db, learnt.source) || learntBefore(db, learnt.source.messageId, learntKeyOf(learnt))) return;
    const at = now();
    const known = repeated(said, at);
    const found = known ? [] : standings(learnt, judge, answers, at);
    const ended = found.find(({ standing }) => standing.is === 'end')?.item;
    if (ended && outcome.closed.length < mostClosed) {
      mention(ended, learnt, at);
      changeMemory(db, ended.id, { validTo: Math.max(learnt.validTo ?? at, ended.validFrom ?? Number.NEGATIVE_INFINITY) }, at);
      outcome.closed.push(ended.id);
      return;
    }
    const same = known ?? found.find(({ standing }) => standing.is === 'same')?.item;
    if (same) {
      mention(same, learnt, at);
      outcome.merged.push(same.id);
      return;
    }
    const [later] = found
      .filter(({ standing }) => standing.is === 'history')
      .map(({ item }) => item)
      .sort((one, other) => beginOfItem(one) - beginOfItem(other));
    add(said, at, later && { validTo: beginOfItem(later), supersededBy: later.id });
    outcome.added.push(id);
    for (const { item, standing } of found) {
      if (standing.is === 'close' && outcome.closed.length < mostClosed) {
        changeMemory(db, item.id, { validTo: beginOf(learnt), supersededBy: id }, at);
        outcome.closed.push(item.id);
      } else if (standing.is === 'close' || standing.is === 'end' || standing.is === 'conflict') {
        markConflict(db, item.id, id, at);
        outcome.conflicts.push(item.id, id);
      }
    }
  };

  /** "I lived in Paris, now I live in Lyon": what a message says has ended is followed by what it says has come in its place. */
  const follow = (said: readonly Said[], { added }: LearnOutcome): void => {
    const fresh = said.filter(({ id }) => added.includes(id));
    for (const { id, learnt: past } of fresh) {
      const { subject, attribute, validTo, source } = past;
      if (validTo === null || validTo > source.at || cardinalityOf(attribute, subject) !== 'single') continue;
      const next = fresh.find(
        ({ learnt: one }) => one.subject === subject && one.attribute === attribute && one.validTo === null && beginOf(one) >= validTo,
      );
      if (next) changeMemory(db, id, { supersededBy: next.id }, now());
    }
  };

  /** Learns from one message in one transaction; where a pair has no answer, the transaction is undone, the judge asked, and begun anew. */
  const learnMessage = async (said: readonly Said[], judge: Judge | null, signal: AbortSignal): Promise<LearnOutcome> => {
    const answers: Answers = new Map();
    for (;;) {
      signal.throwIfAborted();
      const outcome: LearnOutcome = { added: [], merged: [], closed: [], conflicts: [] };
      try {
        db.transaction(() => {
          for (const one of said) learnOne(one, judge, answers, outcome);
          follow(said, outcome);
        })();
        return outcome;
      } catch (error) {
        if (!(error instanceof Unanswered) || judge === null) throw error;
        const answer: Answer = await judge(error.item, error.said);
        answers.set(error.key, answer);
      }
    }
  };

  return async (found, judge, signal) => {
    const all: LearnOutcome = { added: [], merged: [], closed: [], conflicts: [] };
    for (const group of Map.groupBy(found, ({ source }) => source.messageId).values()) {
      const said = group.map((learnt): Said => ({ learnt, id: newId() }));
      const outcome = await learnMessage(said, judge, signal);
      const ids = new Set(Object.values(outcome).flat());
      if (ids.size > 0) changes.publish('memory', ...ids);
      for (const key of ['added', 'merged', 'closed', 'conflicts'] as const) all[key].push(...outcome[key]);
    }
    return all;
  };
};
