import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@shared/model';
import { expect, it } from 'vitest';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, startInVain, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

it.skipIf(!isBuilt).each([
  ['a file that is no database any more', () => Buffer.from('overwritten '.repeat(1_000))],
  [
    'pages that were overwritten',
    (bytes: Buffer) => {
      bytes.fill(0x5a, 4096, 40_960);
      return bytes;
    },
  ],
])('%s: the start says so, names a backup and goes back to it (needs the build in out/)', async (_what, damage) => {
  const folder = temporaryFolder();
  await fillFromPrepared(folder);
  const path = join(folder, 'emergence.db');
  const first = await startProgram(folder);
  const id = newId();
  await first.client.conversations.create({ id });
  await first.client.conversations.update({ id, title: 'Kept in the backup' });
  const { name } = await first.client.system.backup();
  expect(await first.stop()).toBe(0);
  writeFileSync(path, damage(readFileSync(path)));
  const damaged = readFileSync(path);
  const { token } = first;

  const { code, said } = await startInVain(folder);
  expect(code).toBe(1);
  expect(said).toMatch(/^The database in .* is damaged.* --restore emergence-\d+-\w+\.db; .*\n$/);
  expect(readFileSync(path).equals(damaged)).toBe(true);

  const again = await startProgram(folder, ['--restore', name]);
  expect(again.token, 'other programs keep their access').toBe(token);
  expect(await again.client.conversations.get({ id })).toMatchObject({ title: 'Kept in the backup' });
  expect((await again.client.system.backups()).map(({ reason }) => reason)).toContain('restore');
  expect(await again.stop()).toBe(0);
});
