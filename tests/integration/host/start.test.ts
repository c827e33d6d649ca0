import { chmodSync, globSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newId } from '@shared/model';
import { expect, onTestFinished, test } from 'vitest';
import { isBuilt, startInVain, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

if (!isBuilt) throw new Error('These tests start the built program: run `npm run build` first.');

test('a port that is taken is said in words, and leaves nothing interrupted behind', async () => {
  const dataFolder = temporaryFolder();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { code, said } = await startInVain(dataFolder, ['--port', String(port)]);
  expect([code, said.trim()]).toEqual([1, `Port ${port} is taken by another program. Choose another one, or leave --port away.`]);
  const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
  expect((await client.system.info()).recovery).toBeNull();
  expect(await stop()).toBe(0);
}, 60_000);

test.skipIf(process.platform === 'win32')(
  'what is written is for its person alone, also in a folder that others may look into',
  async () => {
    const dataFolder = temporaryFolder();
    chmodSync(dataFolder, 0o755);
    const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
    await client.library.addText({ id: newId(), title: 'Diary', text: 'Nobody else reads this.', collectionId: null });
    await client.system.backup();
    const open = globSync('**/*', { cwd: dataFolder }).filter((name) => (statSync(join(dataFolder, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(await stop()).toBe(0);
  },
  60_000,
);
