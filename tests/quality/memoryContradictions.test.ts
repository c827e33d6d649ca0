import { createLearn } from '@main/memory/items/learn';
import type { Judge, Learnt } from '@main/memory/learnt';
import { createChangeBus } from '@main/store/changes';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { contradictionPairs, type Pair } from './memory/contradictions';

const day = 86_400_000;
const saidAt = { earlier: Date.UTC(2026, 2, 2), later: Date.UTC(2026, 4, 1) };
const learntOf = (pair: Pair, when: 'earlier' | 'later'): Learnt => {
  const at = saidAt[when];
  const [text, value] = pair[when];
  const isLater = when === 'later';
  // "Marta lives in Porto. I live in Lyon.": the pair is about two subjects.
  const subject = isLater && / (?:I live|j'habite)/.test(` ${text}`) && pair.subject !== 'me' ? 'me' : pair.subject;
  return {
    ...{ kind: 'fact', text, value, subject: isLater && pair.attribute === 'price' ? 'lamp' : subject },
    attribute: isLater ? (pair.laterAttribute ?? pair.attribute) : pair.attribute,
    validFrom: isLater && pair.from !== undefined ? at + pair.from * day : null,
    validTo: isLater && pair.until !== undefined ? at + pair.until * day : null,
    ...{ dueAt: null, confidence: 0.9, origin: 'model', model: 'scripted', agentId: null },
    source: { messageId: newId(), conversationId: newId(), start: 0, end: text.length, at },
  };
};

interface Figures {
  pairs: number;
  updates: number;
  wrong: string[];
  missed: string[];
  conflicts: number;
  asked: number;
}
/** Learns each pair into an empty memory. */
const measure = async (withJudge: boolean): Promise<Figures> => {
  const figures: Figures = { pairs: contradictionPairs.length, updates: 0, wrong: [], missed: [], conflicts: 0, asked: 0 };
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db);
  for (const pair of contradictionPairs) {
    db.prepare('DELETE FROM memory_items').run();
    const learn = createLearn({ db, changes: createChangeBus(), now: () => saidAt.later + day });
    const judge: Judge = async () => {
      figures.asked += 1;
      return pair.verdict && { verdict: pair.verdict[0], confidence: pair.verdict[1] };
    };
    const { signal } = new AbortController();
    await learn([learntOf(pair, 'earlier')], null, signal);
    const outcome = await learn([learntOf(pair, 'later')], withJudge ? judge : null, signal);
    const hasEnded = outcome.closed.length > 0;
    if (pair.ends) figures.updates += 1;
    if (pair.ends && !hasEnded) figures.missed.push(pair.later[0]);
    if (!pair.ends && hasEnded) figures.wrong.push(pair.later[0]);
    if (outcome.conflicts.length > 0) figures.conflicts += 1;
  }
  db.close();
  return figures;
};
const shown = (name: string, { pairs, updates, wrong, missed, conflicts, asked }: Figures): void =>
  console.info(
    `${name}: ${pairs} pairs, ${updates} updates; wrong closures ${wrong.length} (${((100 * wrong.length) / (pairs - updates)).toFixed(1)} %), ` +
      `missed updates ${missed.length} (${((100 * missed.length) / updates).toFixed(1)} %), conflicts shown ${conflicts}, asked ${asked}`,
    missed,
  );

test('the set has pairs of each type in both languages', () => {
  expect(contradictionPairs.length).toBeGreaterThanOrEqual(60);
  expect(Map.groupBy(contradictionPairs, ({ language, type }) => `${language} ${type}`).size).toBe(10);
});

test('with a scripted judge nothing true is closed, and at most 15 % of the updates are missed', async () => {
  const figures = await measure(true);
  shown('with a judge', figures);
  expect(figures.wrong.length / (figures.pairs - figures.updates)).toBeLessThanOrEqual(0.02);
  expect(figures.missed.length / figures.updates).toBeLessThanOrEqual(0.15);
});

test('rules alone close nothing that is true, and show the rest as conflicts', async () => {
  const figures = await measure(false);
  shown('rules alone', figures);
  expect(figures.wrong).toEqual([]);
  expect(figures.missed.length / figures.updates).toBeLessThanOrEqual(0.4);
});
