import { join } from 'node:path';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, type Program, problemsOf, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 120_000, interval: 50 });

const storedVectors = (dataFolder: string): Map<string, Buffer> => {
  const index = new Database(join(dataFolder, 'index.db'), { readonly: true });
  try {
    return new Map(
      index
        .prepare<[], [string, Buffer]>(
          "SELECT hex(text_hash), data FROM vectors WHERE model_n = (SELECT n FROM models WHERE id = 'e5-small-latin') ORDER BY 1",
        )
        .raw()
        .all(),
    );
  } finally {
    index.close();
  }
};
/**
 * Switching it on begins at once, where a start waits a minute. The program looks for that a moment after its start: before, the switch
 * is moved in vain.
 */
const beginReading = ({ client }: Program): Promise<void> =>
  eventually(async () => {
    await client.settings.update({ search: { secondModel: false } });
    await client.settings.update({ search: { secondModel: true } });
    await vi.waitFor(async () => expect(['waiting', 'off']).not.toContain((await client.settings.reading()).state), { timeout: 4_000 });
  });
/** Texts that this run of the program embedded with the second model. */
const embedded = async ({ origin, token }: Program): Promise<number> => {
  const answer = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  return Number(/^embedding_texts_total\{model="e5-small-latin"\} (\d+)/m.exec(text)?.[1] ?? 0);
};

it.skipIf(!isBuilt)(
  'goes on reading where a kill cut it off, and reads no passage twice (needs out/)',
  async () => {
    const dataFolder = temporaryFolder();
    await fillFromPrepared(dataFolder);
    let program = await startProgram(dataFolder, ['--port', '0']);
    // Three batches of passages of a few words: reading has the lowest priority, and long ones would wait for the other tests.
    const titles = Array.from({ length: 48 }, (_, n) => `Ruche ${n}`);
    for (const title of titles)
      await program.client.library.addText({ id: newId(), title, text: `La ${title} donne du miel.`, collectionId: null });
    await eventually(async () => {
      const { items } = await program.client.library.documents({});
      expect(items.filter(({ title, state }) => state === 'ready' && titles.includes(title))).toHaveLength(titles.length);
    });
    expect((await program.client.settings.reading()).state).toBe('off');
    await beginReading(program);
    await eventually(async () => expect((await program.client.settings.reading()).read).toBeGreaterThan(10));
    await program.kill();
    const before = storedVectors(dataFolder);
    expect(before.size).toBeGreaterThan(10);

    program = await startProgram(dataFolder, ['--port', '0']);
    await beginReading(program);
    await eventually(async () => expect(await embedded(program)).toBeGreaterThan(10));
    const made = await embedded(program);
    expect(await program.stop()).toBe(0);
    const after = storedVectors(dataFolder);
    for (const [hash, vector] of before) expect(after.get(hash)?.equals(vector)).toBe(true);
    // One batch more may have been stored between the figure and the end.
    expect(after.size - before.size).toBeGreaterThanOrEqual(made);
    expect(after.size - before.size).toBeLessThanOrEqual(made + 48);
    expect(problemsOf(join(dataFolder, 'index.db'))).toEqual([]);
  },
  300_000,
);
