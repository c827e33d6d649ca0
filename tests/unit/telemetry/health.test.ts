import type { HealthProbe } from '@main/parts/part';
import { createHealth } from '@main/telemetry/health';
import { createLogger } from '@main/telemetry/logger';
import { type HealthPartId, healthPartIds } from '@shared/model';
import { expect, test } from 'vitest';

const ok: HealthProbe = () => ({ state: 'ok', data: {} });
// In another order than shown: rooms add theirs as they are built.
const allOk = Object.fromEntries(healthPartIds.toReversed().map((id) => [id, ok])) as Record<HealthPartId, HealthProbe>;
const check = (changed: Partial<Record<HealthPartId, HealthProbe>>) =>
  createHealth({
    version: '1.2.3',
    startedAt: 1_000,
    now: () => 61_000,
    log: createLogger(),
    probes: { ...allOk, ...changed },
  }).check();

test('probes every part, in the order of the table', async () => {
  expect(await check({})).toMatchObject({ state: 'ok', version: '1.2.3', uptimeSeconds: 60 });
  expect((await check({})).parts.map(({ id }) => id)).toEqual(healthPartIds);
});

test('reports a part as down and the whole as degraded when a probe throws or hangs', async () => {
  const health = await check({
    search: () => Promise.reject(new Error('restarting')),
    vectors: () => new Promise(() => {}),
  });
  expect(health.state).toBe('degraded');
  expect(health.parts.filter(({ state }) => state === 'down')).toEqual([
    { id: 'search', state: 'down', data: { reason: 'error' } },
    { id: 'vectors', state: 'down', data: { reason: 'no_answer' } },
  ]);
});

test('is down without its database, and healthy with parts that are off or busy', async () => {
  expect((await check({ database: () => ({ state: 'down', data: {} }) })).state).toBe('down');
  expect((await check({ providers: () => ({ state: 'off', data: {} }), ingest: () => ({ state: 'busy', data: {} }) })).state).toBe('ok');
});
