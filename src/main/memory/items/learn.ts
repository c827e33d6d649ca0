import { createHash } from 'node:crypto';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { addMemorySource, insertMemory, type MemoryFields, touchMemory } from '@main/store/memoryItems';
import { normalForm } from '@main/store/memoryKeys';
import { alikeMemory, learntBefore } from '@main/store/memoryLearning';
import { afterMention } from '@main/store/memoryVitality';
import { type MemoryItem, newId } from '@shared/model';
import type { Learn, LearnOutcome, Learnt } from '../learnt';

/** A hash of what was learnt: the same thing found again in its message has the same one. */
const learntKeyOf = ({ kind, text, subject, attribute, value }: Learnt): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, normalForm(text), subject, attribute, value]))
    .digest('base64url');

const fieldsOf = (learnt: Learnt, now: number): MemoryFields => {
  const { source, ...said } = learnt;
  return {
    ...said,
    learnedAt: now,
    supersededBy: null,
    doneAt: null,
    confirmed: false,
    protected: false,
    muted: false,
    archivedAt: null,
    deletedAt: null,
    vitality: 1,
    lastUsedAt: null,
    uses: 0,
    mentions: 1,
    firstMentionAt: source.at,
    lastMentionAt: source.at,
  };
};

export const createLearn = ({ db, changes, now }: { db: WritableDb; changes: ChangeBus; now: () => number }): Learn => {
  const add = (learnt: Learnt, at: number): string => {
    const id = newId();
    insertMemory(db, id, fieldsOf(learnt, at), at);
    addMemorySource(db, id, learnt.source, learntKeyOf(learnt));
    return id;
  };

  const mention = (item: MemoryItem, learnt: Learnt, at: number): void => {
    addMemorySource(db, item.id, learnt.source, learntKeyOf(learnt));
    const { source } = learnt;
    touchMemory(
      db,
      item.id,
      {
        vitality: afterMention(item.vitality),
        mentions: item.mentions + 1,
        firstMentionAt: Math.min(item.firstMentionAt, source.at),
        lastMentionAt: Math.max(item.lastMentionAt, source.at),
      },
      at,
    );
  };

  const learnOne = (learnt: Learnt, outcome: LearnOutcome): void => {
    if (learntBefore(db, learnt.source.messageId, learntKeyOf(learnt))) return;
    const at = now();
    const known = alikeMemory(db, learnt, at);
    if (known) {
      mention(known, learnt, at);
      outcome.merged.push(known.id);
    } else outcome.added.push(add(learnt, at));
  };

  return async (found, _judge, signal) => {
    const outcome: LearnOutcome = { added: [], merged: [], closed: [], conflicts: [] };
    for (const group of Map.groupBy(found, ({ source }) => source.messageId).values()) {
      signal.throwIfAborted();
      db.transaction(() => {
        for (const learnt of group) learnOne(learnt, outcome);
      })();
    }
    const ids = [...new Set([...outcome.added, ...outcome.merged])];
    if (ids.length > 0) changes.publish('memory', ...ids);
    return outcome;
  };
};
