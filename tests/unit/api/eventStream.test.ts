import { eventStream } from '@main/api/eventStream';
import type { Logger } from '@main/telemetry/telemetry';
import { getEventMeta } from '@orpc/server';
import { EmergenceError } from '@shared/model';
import { expect, test } from 'vitest';

const streamOf = (failure: unknown) => {
  const logged: object[] = [];
  const log: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: (facts: object) => void logged.push(facts) };
  async function* events() {
    yield { id: '1', event: { type: 'started' } };
    throw failure;
  }
  return { logged, stream: eventStream(events(), { context: { log }, path: ['chat', 'watch'] }) };
};

test('logs an unknown error in a stream under the id that the reader gets', async () => {
  const failure = new TypeError('surprise');
  const { logged, stream } = streamOf(failure);
  const first = await stream.next();
  expect(getEventMeta(first.value as object)?.id).toBe('1');
  const error = (await stream.next().catch((thrown: unknown) => thrown)) as { code: string; data: { details: { logId: string } } };
  expect(error).toMatchObject({ code: 'internal', data: { details: { logId: expect.any(String) } } });
  expect(logged).toEqual([{ err: failure, logId: error.data.details.logId, path: 'chat.watch' }]);
});

test('passes a known one on without logging it', async () => {
  const { logged, stream } = streamOf(new EmergenceError('not_found', { turnId: 'x' }));
  await stream.next();
  await expect(stream.next()).rejects.toMatchObject({ code: 'not_found', data: { details: { turnId: 'x' } } });
  expect(logged).toEqual([]);
});
