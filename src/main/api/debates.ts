import type { Debates } from '@main/debates/debateService';
import { api } from './base';
import { eventStream } from './eventStream';

export const createDebateHandlers = ({ debates }: { debates: Debates }) => ({
  start: api.debates.start.handler(({ input }) => debates.start(input)),
  get: api.debates.get.handler(({ input }) => debates.get(input.id)),
  watch: api.debates.watch.handler(({ input, signal, lastEventId, ...call }) =>
    eventStream(debates.watch(input.id, { lastEventId, signal }), call),
  ),
  stop: api.debates.stop.handler(async ({ input }) => {
    await debates.stop(input.id);
    return { ok: true } as const;
  }),
  resume: api.debates.resume.handler(({ input }) => debates.resume(input.id)),
});
