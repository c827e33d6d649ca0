import type { HealthProbe } from '@main/parts/part';
import { type Health, type HealthPart, type HealthPartId, healthPartIds } from '@shared/model';
import type { Logger } from './telemetry';

const probeLimitMs = 1_000;
/** Parts without which nothing works; any other part that is down leaves the program degraded. */
const vital: readonly HealthPartId[] = ['database'];

export interface HealthService {
  check(): Promise<Health>;
}

/** Reports the state of every part, probed now. */
export const createHealth = ({
  version,
  startedAt,
  now,
  probes,
  log,
}: {
  version: string;
  startedAt: number;
  now: () => number;
  probes: Record<HealthPartId, HealthProbe>;
  log: Logger;
}): HealthService => {
  const ask = async (id: HealthPartId): Promise<HealthPart> => {
    const limit = Promise.withResolvers<Omit<HealthPart, 'id'>>();
    const timer = setTimeout(() => limit.resolve({ state: 'down', data: { reason: 'no_answer' } }), probeLimitMs);
    try {
      return { id, ...(await Promise.race([(async () => probes[id]())(), limit.promise])) };
    } catch (error) {
      log.warn({ err: error, part: id }, 'a health probe failed');
      return { id, state: 'down', data: { reason: 'error' } };
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    check: async () => {
      const parts = await Promise.all(healthPartIds.map(ask));
      const down = parts.some(({ id, state }) => state === 'down' && vital.includes(id));
      const degraded = parts.some(({ state }) => state === 'down' || state === 'degraded');
      return { state: down ? 'down' : degraded ? 'degraded' : 'ok', parts, version, uptimeSeconds: Math.round((now() - startedAt) / 1000) };
    },
  };
};
