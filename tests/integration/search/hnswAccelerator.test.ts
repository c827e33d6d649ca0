import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHnswAccelerator, type HnswAcceleratorDeps, loadHnswLibrary } from '@main/processes/search/hnswAccelerator';
import type { Accelerator } from '@main/processes/search/localVectors';
import { createPassageVectors, type PassageVectors } from '@main/processes/search/passageVectors';
import { quantise } from '@main/processes/search/quantise';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** Waits as long as a busy machine may need. */
const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 });

const library = await loadHnswLibrary();
const dimensions = 16;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-hnsw-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Unit vectors from a small generator seeded by the number given. */
const vectorOf = (seed: number): Float32Array => {
  let state = Math.imul(Math.round(seed * 2) + 1, 0x9e3779b1);
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 31 - 1;
  });
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
};
const fill = (from: number, to: number, vectors: PassageVectors = createPassageVectors(dimensions)): PassageVectors => {
  for (let chunk = from; chunk < to; chunk++) vectors.add(chunk, quantise(vectorOf(chunk)));
  return vectors;
};
const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const hnswlib = library as NonNullable<typeof library>;
const start = (
  vectors: PassageVectors,
  identity = 'one',
  settings: HnswAcceleratorDeps['settings'] = {},
  used: HnswAcceleratorDeps['library'] = hnswlib,
): Accelerator =>
  createHnswAccelerator({
    library: used,
    vectors,
    folder,
    identity,
    idle: nextTick,
    settings: { threshold: 200, snapshotShare: 0, ...settings },
  });
const snapshots = (): string[] => readdirSync(folder).toSorted();
const recall = (accelerator: Accelerator, vectors: PassageVectors): number => {
  let hits = 0;
  for (let seed = 0; seed < 40; seed++) {
    const query = vectorOf(seed + 0.5);
    const exact = new Set(vectors.nearest(query, 10, () => true).map(({ id }) => id));
    hits += (accelerator.nearest(query, 10, () => true) ?? []).filter(({ id }) => exact.has(id)).length;
  }
  return hits / 400;
};

describe.skipIf(!library)('a graph over vectors', () => {
  test('finds the same as exact search, with the tail, without removed points; keeps a snapshot', async () => {
    const vectors = fill(0, 1_000);
    const accelerator = start(vectors);
    await eventually(() => expect(snapshots()).toHaveLength(2));
    expect(accelerator.ready()).toBe(true);
    expect(recall(accelerator, vectors)).toBeGreaterThan(0.97);

    vectors.add(5_000, quantise(vectorOf(77.5)));
    accelerator.added(5_000);
    expect(accelerator.nearest(vectorOf(77.5), 10, () => true)?.[0]?.id).toBe(5_000);
    accelerator.removed(5_000);
    vectors.remove(5_000);
    expect(accelerator.nearest(vectorOf(77.5), 10, () => true)?.map(({ id }) => id)).not.toContain(5_000);
    // Exact search handles a narrow filter.
    expect(accelerator.nearest(vectorOf(3), 10, (label) => label < 3)).toBeNull();
    await accelerator.close();

    const again = fill(0, 1_000);
    again.remove(7);
    const reopened = start(again);
    await eventually(() => expect(reopened.ready()).toBe(true));
    expect(recall(reopened, again)).toBeGreaterThan(0.97);
    expect(reopened.nearest(vectorOf(7), 10, () => true)?.map(({ id }) => id)).not.toContain(7);
    await reopened.close();
  });

  test('deletes removed vectors from the disk at once, and writes a snapshot once changes stop', async () => {
    const vectors = fill(0, 400);
    const accelerator = start(vectors, 'one', { snapshotShare: 0.5, settleMs: 300 });
    await eventually(() => expect(snapshots()).toHaveLength(2));
    accelerator.removed(7);
    vectors.remove(7);
    expect(snapshots()).toEqual([]);
    await eventually(() => expect(snapshots()).toHaveLength(2));
    await accelerator.close();

    // Removed while no graph was loaded, as when the program ended in between.
    vectors.remove(8);
    const reopened = start(vectors, 'one', { snapshotShare: 0.5, settleMs: 300 });
    await eventually(() => expect(reopened.ready()).toBe(true));
    expect(snapshots()).toEqual([]);
    await eventually(() => expect(snapshots()).toHaveLength(2));
    expect(recall(reopened, vectors)).toBeGreaterThan(0.97);
    await reopened.close();
  });

  test('leaves out a vector that is removed while the snapshot is written', async () => {
    const vectors = fill(0, 300);
    let written = 0;
    let kept: string[] = [];
    class Interrupted extends hnswlib.HierarchicalNSW {
      override async writeIndex(path: string): Promise<boolean> {
        if (written === 1) kept = snapshots();
        const result = await super.writeIndex(path);
        if (written++ === 0) {
          accelerator.removed(7);
          vectors.remove(7);
        }
        return result;
      }
    }
    const accelerator = start(vectors, 'one', { settleMs: 0 }, { ...hnswlib, HierarchicalNSW: Interrupted });
    await eventually(() => expect(written).toBe(2));
    expect(kept).toEqual([]);
    await eventually(() => expect(snapshots().filter((name) => !name.endsWith('.tmp'))).toHaveLength(2));
    await accelerator.close();
    const loaded = new hnswlib.HierarchicalNSW('ip', dimensions);
    await loaded.readIndex(join(folder, snapshots().find((name) => name.endsWith('.hnsw')) as string));
    expect(() => loaded.getPoint(7)).toThrow();
    expect(loaded.getPoint(8)).toHaveLength(dimensions);
  });

  test('deletes the snapshot of a graph that has become needless', async () => {
    const vectors = fill(0, 300);
    const first = start(vectors);
    await eventually(() => expect(snapshots()).toHaveLength(2));
    await first.close();
    const second = start(vectors, 'one', { threshold: 5_000 });
    expect(snapshots()).toEqual([]);
    expect([second.ready(), second.nearest(vectorOf(3), 10, () => true)]).toEqual([false, null]);
    await second.close();
  });

  test('deletes snapshots of another index or model, and half-written ones', async () => {
    const other = start(fill(0, 300), 'other');
    await eventually(() => expect(snapshots()).toHaveLength(2));
    await other.close();
    writeFileSync(join(folder, 'vectors-0123456789ab.hnsw.tmp'), '');
    writeFileSync(join(folder, 'emergence.db'), 'not ours');
    await start(fill(0, 10), 'one').close();
    expect(snapshots()).toEqual(['emergence.db']);
  });

  test('keeps using the graph when the snapshot cannot be written', async () => {
    const probe = start(fill(0, 300));
    await eventually(() => expect(snapshots()).toHaveLength(2));
    await probe.close();
    for (const name of snapshots()) {
      rmSync(join(folder, name));
      mkdirSync(join(folder, name, 'in the way'), { recursive: true });
    }
    const vectors = fill(0, 300);
    const accelerator = start(vectors);
    await eventually(() => expect(accelerator.ready()).toBe(true));
    await eventually(() => expect(snapshots().filter((name) => name.endsWith('.tmp'))).toEqual([]));
    vectors.add(5_000, quantise(vectorOf(77.5)));
    accelerator.added(5_000);
    expect(accelerator.ready()).toBe(true);
    expect(accelerator.nearest(vectorOf(77.5), 10, () => true)?.[0]?.id).toBe(5_000);
    await accelerator.close();
  });

  test('replaces a damaged or foreign snapshot', async () => {
    const vectors = fill(0, 300);
    const first = start(vectors);
    await eventually(() => expect(snapshots()).toHaveLength(2));
    await first.close();
    const file = join(folder, snapshots().find((name) => name.endsWith('.hnsw')) as string);
    const bytes = readFileSync(file);
    bytes.fill(255, 100, 200);
    writeFileSync(file, bytes);
    const second = start(vectors);
    await eventually(() => expect(second.ready()).toBe(true));
    await eventually(() => expect(readFileSync(file).equals(bytes)).toBe(false));
    expect(recall(second, vectors)).toBeGreaterThan(0.97);
    await second.close();
  });
});
