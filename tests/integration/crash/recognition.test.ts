import { join } from 'node:path';
import { newId } from '@shared/model';
import { expect, it, vi } from 'vitest';
import { isBuilt, type Program, problemsOf, startProgram } from '../../support/program';
import { makeScannedPdf } from '../../support/scannedPages';
import { temporaryFolder } from '../../support/temporaryFolder';

const pages = 4;
const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 180_000, interval: 50 });

const drop = async ({ client, origin, token }: Program, bytes: Buffer): Promise<void> => {
  const [place] = await client.library.beginUploads({
    collectionId: null,
    files: [{ uploadId: newId(), source: 'ruches.pdf', size: bytes.length }],
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  const answer = await fetch(new URL(place?.url ?? '', origin), { method: 'PUT', headers, body: new Uint8Array(bytes) });
  expect(answer.status).toBe(200);
};
const documentOf = async ({ client }: Program) => (await client.library.documents({ query: 'ruches' })).items[0];

it.skipIf(!isBuilt)('goes on with the page at which a kill cut the recognition off (needs out/)', { timeout: 300_000 }, async () => {
  const dataFolder = temporaryFolder();
  const scans = Array.from({ length: pages }, (_, page) => ({ scanned: [`La ruche numéro ${page + 1} est ouverte en avril.`] }));
  let program = await startProgram(dataFolder, ['--port', '0']);
  await drop(program, makeScannedPdf(scans));
  await eventually(async () => expect((await documentOf(program))?.job?.pages?.done ?? 0).toBeGreaterThan(0));
  const before = await documentOf(program);
  await program.kill();
  expect(problemsOf(join(dataFolder, 'emergence.db'))).toEqual([]);

  program = await startProgram(dataFolder, ['--port', '0']);
  const read = await program.client.library.recognisedPages({ versionId: before?.versionId ?? '' });
  expect(read.length).toBeGreaterThanOrEqual(before?.job?.pages?.done ?? pages);
  await eventually(async () => expect(await documentOf(program)).toMatchObject({ state: 'ready', unreadPages: [] }));
  const { text } = await program.client.library.text({ versionId: before?.versionId ?? '' });
  expect(text).toBe(scans.map(({ scanned: [line] }) => line).join('\n\n'));
  const again = await program.client.library.recognisedPages({ versionId: before?.versionId ?? '' });
  expect(again.slice(0, read.length)).toEqual(read);
  expect(await program.stop()).toBe(0);
});
