import { createPassageReading, type PassageReadingDeps } from '@main/knowledge/passageReading';
import { createQuestionVectors } from '@main/knowledge/questionVectors';
import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import { EmergenceError } from '@shared/model';
import { expect, onTestFinished, test, vi } from 'vitest';
import { countingTelemetry } from '../../integration/ingest/libraryFixture';
import { temporaryFolder } from '../../support/temporaryFolder';

const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 5 });

/** Reading over a real database of documents, with the two processes played by a script. */
const start = (documents: { id: string; passages: number; at: number; cited?: number }[], more: Partial<PassageReadingDeps> = {}) => {
  const store = openStore({ dataFolder: temporaryFolder(), now: Date.now });
  for (const { id, passages, at, cited = 0 } of documents) {
    store.db
      .prepare('INSERT INTO documents (id, title, source, current_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, id, id, id, at, at);
    store.db
      .prepare(
        `INSERT INTO document_versions (id, document_id, ordinal, blob_hash, size, mime, passages, state, created_at)
         VALUES (?, ?, 1, '', 0, 'text/plain', ?, 'ready', ?)`,
      )
      .run(id, id, passages, at);
    for (let n = 0; n < cited; n += 1)
      store.db
        .prepare(
          `INSERT INTO citations (id, message_id, marker, version_id, title, start, "end", quote, line_start, line_end, heading_path, scores)
           VALUES (?, 'm', 1, ?, '', 0, 1, '', 1, 1, '[]', '{}')`,
        )
        .run(`${id}-${n}`, id);
  }
  const unreadOf = new Map(documents.map(({ id, passages }) => [id, Array.from({ length: passages }, (_, at) => `${id}${at}`)]));
  const total = documents.reduce((sum, { passages }) => sum + passages, 0);
  const state = () => ({ total, read: total - [...unreadOf.values()].reduce((sum, texts) => sum + texts.length, 0) });
  const kept: string[] = [];
  const search = async (method: string, input: unknown): Promise<unknown> => {
    if (method === 'reading') return state();
    if (method === 'keepRead') {
      for (const { textHash } of (input as { vectors: { textHash: Uint8Array }[] }).vectors) {
        const text = Buffer.from(textHash).toString();
        kept.push(text);
        for (const [id, texts] of unreadOf)
          unreadOf.set(
            id,
            texts.filter((one) => one !== text),
          );
      }
      return state();
    }
    const { versionIds, limit } = input as { versionIds: string[]; limit: number };
    const texts = versionIds.flatMap((id) => unreadOf.get(id) ?? []).slice(0, limit);
    const first = versionIds.findIndex((id) => (unreadOf.get(id) ?? []).length > 0);
    return {
      passages: texts.map((text) => ({ textHash: Buffer.from(text), text })),
      done: first < 0 ? versionIds.length : first,
      ...state(),
    };
  };
  const changes = createChangeBus();
  const telemetry = countingTelemetry();
  const settings = createSettings({ db: store.db, changes, log: telemetry.log });
  const encoded: string[] = [];
  const encode = vi.fn(async (text: string) => {
    encoded.push(text);
    return new Float32Array(384);
  });
  const reading = createPassageReading({
    db: store.db,
    changes,
    settings,
    search: { call: search as never },
    passages: { call: (async (_: string, { text }: { text: string }) => encode(text)) as never },
    telemetry,
    waits: { afterStart: 0, afterChange: 0, look: 0, betweenReports: 0, battery: 5 },
    ...more,
  });
  onTestFinished(async () => {
    await reading.stop();
    store.close();
  });
  return { reading, settings, changes, encoded, kept, encode, telemetry, unreadOf };
};

/** Resolves when a reading of its own that began now has ended: one that should not run had as much time. */
const controlEnds = async (): Promise<void> => {
  const { reading } = start([{ id: 'control', passages: 20, at: 1 }]);
  reading.start();
  await eventually(async () => expect((await reading.state()).state).toBe('done'));
};

test('reads the newest and the most cited documents first, each passage once', async () => {
  const { reading, encoded, kept, telemetry } = start([
    { id: 'old', passages: 2, at: 1 },
    { id: 'used', passages: 1, at: 2, cited: 3 },
    { id: 'middle', passages: 20, at: 3 },
    { id: 'new', passages: 1, at: 4 },
  ]);
  reading.start();
  await eventually(async () => expect(await reading.state()).toEqual({ state: 'done', read: 24, total: 24 }));
  expect([...encoded.slice(0, 3), ...encoded.slice(-2)]).toEqual(['new0', 'used0', 'middle0', 'old0', 'old1']);
  expect([new Set(encoded).size, encoded.length, kept.length]).toEqual([24, 24, 24]);
  expect(telemetry.counts['embedding_texts_total{e5-small-latin}']).toBe(24);
});

test('pauses while a question is answered', async () => {
  const { reading, encoded, encode } = start([{ id: 'a', passages: 30, at: 1 }]);
  const question = Promise.withResolvers<void>();
  let asked: Promise<void> | null = null;
  encode.mockImplementation(async (text) => {
    encoded.push(text);
    if (encoded.length === 5) asked = reading.pausedFor(() => question.promise);
    return new Float32Array(384);
  });
  reading.start();
  await eventually(() => expect(asked).not.toBeNull());
  await controlEnds();
  expect(encoded).toHaveLength(5);
  question.resolve();
  await asked;
  await eventually(() => expect(encoded).toHaveLength(30));
});

test('pauses while the battery is low', async () => {
  let isLow = true;
  const { reading, encoded } = start([{ id: 'a', passages: 2, at: 1 }], { batteryIsLow: () => isLow });
  reading.start();
  await eventually(async () => expect(await reading.state()).toEqual({ state: 'paused', read: 0, total: 2 }));
  expect(encoded).toEqual([]);
  isLow = false;
  await eventually(async () => expect((await reading.state()).state).toBe('done'));
});

test('reads nothing while switched off or beside another model, and begins when switched on', async () => {
  const { reading, settings, encoded } = start([{ id: 'a', passages: 2, at: 1 }]);
  settings.update({ search: { secondModel: false } });
  reading.start();
  await controlEnds();
  expect([encoded, (await reading.state()).state, reading.hasRead()]).toEqual([[], 'off', false]);
  settings.update({ search: { secondModel: true, embeddingModel: 'none' } });
  expect((await reading.state()).state).toBe('off');
  settings.update({ search: { embeddingModel: 'bundled' } });
  await eventually(async () => expect((await reading.state()).state).toBe('done'));
  expect(reading.hasRead()).toBe(true);
  settings.update({ search: { secondModel: false } });
  expect(reading.hasRead()).toBe(false);
});

test('stops in the middle when it is switched off, and goes on where it was', async () => {
  const { reading, settings, encoded, encode } = start([{ id: 'a', passages: 40, at: 1 }]);
  encode.mockImplementation(async (text) => {
    encoded.push(text);
    if (encoded.length === 20) settings.update({ search: { secondModel: false } });
    return new Float32Array(384);
  });
  reading.start();
  await eventually(async () => expect((await reading.state()).state).toBe('off'));
  const { read } = await reading.state();
  expect(read).toBe(16);
  settings.update({ search: { secondModel: true } });
  await eventually(async () => expect(await reading.state()).toEqual({ state: 'done', read: 40, total: 40 }));
});

test('gives up a passage on which the process dies, and a model that cannot run', async () => {
  const { reading, encode, encoded, kept } = start([{ id: 'a', passages: 3, at: 1 }]);
  encode.mockImplementation(async (text) => {
    if (text === 'a1') throw new EmergenceError('process.died');
    encoded.push(text);
    return new Float32Array(384);
  });
  reading.start();
  await eventually(async () => expect((await reading.state()).state).toBe('failed'));
  // It had read nothing before, so the model itself may be the cause.
  expect(kept).toEqual([]);
  const other = start([
    { id: 'first', passages: 1, at: 9 },
    { id: 'a', passages: 20, at: 1 },
  ]);
  other.encode.mockImplementation(async (text) => {
    if (text === 'a18') throw new EmergenceError('process.died');
    return new Float32Array(384);
  });
  other.reading.start();
  await eventually(async () => expect(await other.reading.state()).toEqual({ state: 'done', read: 21, total: 21 }));
});

test('reads what comes later', async () => {
  const { reading, changes, unreadOf, encoded } = start([{ id: 'a', passages: 1, at: 1 }]);
  reading.start();
  await eventually(async () => expect((await reading.state()).state).toBe('done'));
  unreadOf.set('a', ['later']);
  changes.publish('document', 'a');
  await eventually(() => expect(encoded).toEqual(['a0', 'later']));
});

test('loads the model for questions once while one is being written, where passages were read', () => {
  const call = vi.fn(async () => new Float32Array(384));
  let read = false;
  const vectors = createQuestionVectors({ call: call as never }, { hasRead: () => read });
  vectors.expect();
  expect(call).not.toHaveBeenCalled();
  read = true;
  vectors.expect();
  vectors.expect();
  expect(call).toHaveBeenCalledTimes(1);
});

test('gives a question a vector only where passages were read and the model is ready in time', async () => {
  const call = vi.fn(async () => new Float32Array(384));
  let read = false;
  const vectors = createQuestionVectors({ call: call as never }, { hasRead: () => read });
  expect(await vectors.of('q')).toBeNull();
  read = true;
  expect(await vectors.of('q')).toHaveLength(384);
  call.mockRejectedValue(new EmergenceError('search.unavailable'));
  expect(await vectors.of('q')).toBeNull();
  expect(call).toHaveBeenCalledTimes(2);
  await expect(vectors.of('q', AbortSignal.abort())).rejects.toThrow();
});
