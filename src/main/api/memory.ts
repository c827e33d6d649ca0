import type { Timelines } from '@main/memory/timeline/timeline';
import { api } from './base';

export const createMemoryHandlers = ({ timelines, now }: { timelines: Timelines; now: () => number }) => ({
  timeline: api.memory.timeline.handler(({ input }) => timelines.of({ text: input.text, conversationId: null, before: now() })),
});
