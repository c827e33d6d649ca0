import type { Gardener } from '@main/memory/gardener';
import type { Hints } from '@main/memory/hints/hints';
import type { MemoryItems } from '@main/memory/items/items';
import type { NearItems } from '@main/memory/items/nearItems';
import type { Learning } from '@main/memory/learning/createLearning';
import type { Recall } from '@main/memory/recall/recall';
import type { Summaries } from '@main/memory/summary/summaries';
import type { Timelines } from '@main/memory/timeline/timeline';
import type { RecalledItem, UsedMessage } from '@shared/model';
import { api } from './base';

const ok = { ok: true } as const;

export interface MemoryServices {
  recall: Recall;
  /** The items and past messages that an answer was given. */
  used: (messageId: string) => { items: RecalledItem[]; messages: UsedMessage[] };
  items: MemoryItems;
  near: NearItems;
  gardener: Gardener;
  timelines: Timelines;
  summaries: Summaries;
  hints: Hints;
  learning: Learning;
  now: () => number;
}

export const createMemoryHandlers = ({
  items,
  near,
  gardener,
  recall,
  used,
  timelines,
  summaries,
  hints,
  learning,
  now,
}: MemoryServices) => ({
  recall: api.memory.recall.handler(({ input, signal }) => recall.recall({ ...input, now: now(), ...(signal ? { signal } : {}) })),
  used: api.memory.used.handler(({ input }) => used(input.messageId)),
  list: api.memory.list.handler(({ input }) => items.list(input)),
  near: api.memory.near.handler(({ input, signal }) => near(input, signal)),
  succession: api.memory.succession.handler(({ input }) => items.succession(input.id)),
  tags: api.memory.tags.handler(({ input }) => ({ tags: items.tags(input) })),
  months: api.memory.months.handler(({ input }) => ({ months: items.months(input) })),
  graph: api.memory.graph.handler(() => items.graph()),
  get: api.memory.get.handler(({ input }) => items.get(input.id)),
  counts: api.memory.counts.handler(() => items.counts()),
  create: api.memory.create.handler(({ input }) => items.create(input)),
  update: api.memory.update.handler(({ input }) => items.update(input)),
  merge: api.memory.merge.handler(({ input }) => items.merge(input)),
  split: api.memory.split.handler(({ input }) => items.split(input)),
  undoable: api.memory.undoable.handler(({ input }) => ({ change: items.undoable(input.id) })),
  undo: api.memory.undo.handler(({ input }) => ({ items: items.undo(input.id) })),
  act: api.memory.act.handler(({ input }) => ({ items: items.act(input) })),
  settle: api.memory.settle.handler(({ input }) => ({ items: items.settle(input) })),
  forget: api.memory.forget.handler(({ input }) => items.forget(input.ids)),
  export: api.memory.export.handler(async () => ({
    fileName: `emergence-memory-${new Date(now()).toISOString().slice(0, 10)}.json`,
    mime: 'application/json',
    text: await items.export(),
  })),
  import: api.memory.import.handler(({ input }) => items.import(input.text)),
  gardenerPlan: api.memory.gardenerPlan.handler(() => gardener.preview()),
  gardenerRuns: api.memory.gardenerRuns.handler(() => ({ runs: gardener.runs() })),
  runGardener: api.memory.runGardener.handler(() => gardener.run()),
  undoGardener: api.memory.undoGardener.handler(({ input }) => gardener.undo(input.id)),
  timeline: api.memory.timeline.handler(({ input, signal }) =>
    timelines.of({ text: input.text, conversationId: null, agentId: null, before: now(), signal }),
  ),
  hints: api.memory.hints.handler(({ input }) => ({ hints: hints.of(input) })),
  hintSeen: api.memory.hintSeen.handler(({ input }) => {
    hints.note(input, 'seen');
    return ok;
  }),
  hintApplied: api.memory.hintApplied.handler(({ input }) => {
    hints.note(input, 'applied');
    return ok;
  }),
  hintIgnored: api.memory.hintIgnored.handler(({ input }) => {
    hints.note(input, 'ignored');
    return ok;
  }),
  tick: api.memory.tick.handler(({ input }) => hints.tick(input.id, input.done)),
  summaries: {
    list: api.memory.summaries.list.handler(({ input }) => ({ items: summaries.list(input.conversationId) })),
    edit: api.memory.summaries.edit.handler(({ input }) => summaries.edit(input.id, input.text)),
    setEnabled: api.memory.summaries.setEnabled.handler(({ input }) => summaries.setEnabled(input.id, input.enabled)),
    undo: api.memory.summaries.undo.handler(({ input }) => {
      summaries.undo(input.id);
      return ok;
    }),
  },
  learnt: api.memory.learnt.handler(({ input }) => learning.learnt(input.conversationId)),
  analyse: api.memory.analyse.handler(async ({ input }) => {
    await learning.analyst.analyse(input.conversationId);
    return learning.learnt(input.conversationId);
  }),
  backfill: {
    estimate: api.memory.backfill.estimate.handler(() => learning.backfill.estimate()),
    start: api.memory.backfill.start.handler(() => learning.backfill.start()),
    pause: api.memory.backfill.pause.handler(async () => {
      await learning.backfill.pause();
      return ok;
    }),
  },
});
