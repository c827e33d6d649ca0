import type { Health } from '@shared/model';
import { respond, respondJson } from '../respond';
import { type HttpRoute, reads } from './route';

/** Open to every program of this machine, so without facts about the person's set-up. */
export const healthRoute = ({ health, version }: { health: () => Health | Promise<Health>; version: string }): HttpRoute => ({
  matches: ({ method, path }) => path === '/api/health' && reads(method),
  open: true,
  serve: async ({ response }) => {
    const { state, uptimeSeconds, parts } = await health();
    respondJson(response, 200, { state, version, uptimeSeconds, parts: parts.map((part) => ({ id: part.id, state: part.state })) });
  },
});

/** `metricsText`: the metrics in Prometheus' text form. */
export const metricsRoute = (metricsText: () => string | Promise<string>): HttpRoute => ({
  matches: ({ method, path }) => path === '/metrics' && reads(method),
  open: false,
  serve: async ({ response }) => respond(response, 200, await metricsText(), 'text/plain; version=0.0.4; charset=utf-8'),
});
