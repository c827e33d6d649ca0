import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '@shared/model';
import { expect, test } from 'vitest';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

const canary = 'quetzalcoatlus';

/** Backups keep their content and report until when. */
const filesWithCanary = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, 'backups')) && existsSync(path))
    .filter((path) => readFileSync(path).toString('latin1').toLowerCase().includes(canary));

test.skipIf(!isBuilt).each([0, 3, 8, 15, 30, 60, 120, 250])(
  'finds the word in no file at the start after a kill %i ms into forgetting (needs out/)',
  async (ms) => {
    const folder = temporaryFolder();
    await fillFromPrepared(folder);
    const first = await startProgram(folder);
    const { library } = first.client;
    const ids = Array.from({ length: 3 }, () => newId());
    const collectionId = newId();
    await library.createCollection({ id: collectionId, name: `about the ${canary}` });
    for (const [index, id] of ids.entries()) {
      const text = `# ${canary}\n\nThe ${canary} number ${index} flew. ${'More words follow. '.repeat(500)}`;
      await library.addText({ id, title: `${canary} ${index}`, text, collectionId });
    }
    await expect
      .poll(async () => (await Promise.all(ids.map((id) => library.document({ id })))).map(({ state }) => state), { timeout: 30_000 })
      .toEqual(['ready', 'ready', 'ready']);
    await library.removeCollection({ id: collectionId });
    for (const id of ids) library.forget({ id }).catch(() => {});
    await wait(ms);
    await first.kill();

    const second = await startProgram(folder);
    // Documents not requested before the kill are forgotten now; the start finishes the others by itself.
    for (const { id } of (await second.client.library.documents({ query: canary })).items) await second.client.library.forget({ id });
    await expect.poll(() => filesWithCanary(folder).filter((path) => path.includes('/blobs/')), { timeout: 20_000 }).toEqual([]);
    expect(await second.stop()).toBe(0);
    expect(filesWithCanary(folder)).toEqual([]);
  },
  90_000,
);
