import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { versionText } from '@main/store/parsedVersions';
import { newId } from '@shared/model';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { makePdf } from '../../support/makePdf';
import { makeZip } from '../../support/makeZip';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-members'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-members'),
  };
}, 120_000);

let house: LibraryFixture;
beforeEach(() => {
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths });
  onTestFinished(() => house.close());
  house.queue.start();
});

const sources = (): string[] =>
  house.db.prepare<[], string>('SELECT source FROM documents WHERE deleted_at IS NULL ORDER BY source').pluck().all();

/** A mail with one attachment, and a picture in its text that has no name. */
const mail = (attachment: string, fileName = 'lease.md'): string =>
  [
    'From: Claire Morvan <claire@example.org>',
    'To: Yann <yann@example.org>',
    'Date: Mon, 9 Mar 2026 14:05:00 +0100',
    'Subject: =?utf-8?Q?Le_bail_du_moulin_sign=C3=A9?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Le loyer du moulin est de 4=C2=A0210=C2=A0euros.',
    '--b',
    'Content-Type: image/png',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--b',
    `Content-Type: text/markdown; name="${fileName}"`,
    `Content-Disposition: attachment; filename="${fileName}"`,
    '',
    attachment,
    '--b--',
    '',
  ].join('\r\n');

test('a mail is read, and what is attached becomes a document in its collections', async () => {
  const collection = house.library.createCollection({ id: newId(), name: 'Post' });
  const id = await house.drop('post/moulin.eml', mail('# Bail\n\nThe tenant of the mill repairs the wheel.'), collection.id);
  expect(house.library.document(id)).toMatchObject({ format: 'eml', state: 'ready', title: 'Le bail du moulin signé' });
  expect(sources()).toEqual(['post/moulin.eml', 'post/moulin.eml/lease.md']);
  const search = async (query: string) =>
    (await house.retriever.search({ query, collectionIds: [collection.id], documentIds: [], mode: 'hybrid', limit: 5 })).passages[0];
  expect(await search('Quel est le loyer du moulin ?')).toMatchObject({
    documentId: id,
    place: { kind: 'part', label: 'Le bail du moulin signé', from: 1 },
    text: expect.stringContaining('From: Claire Morvan <claire@example.org>\nTo: Yann <yann@example.org>\nDate: Mon, 9 Mar 2026'),
  });
  expect(await search('Who repairs the wheel of the mill?')).toMatchObject({ text: expect.stringContaining('repairs the wheel') });
  expect(existsSync(join(house.dataFolder, 'members')) ? readdirSync(join(house.dataFolder, 'members')) : []).toEqual([]);
});

test('an archive lists its files, and those that can be read become documents, once', async () => {
  const archive = (roses: string): Buffer =>
    makeZip({
      'notes/roses.md': roses,
      'notes/.hidden.md': 'hidden',
      '__MACOSX/notes/roses.md': 'system',
      'photo.png': '\x89PNG',
      'plan.pdf': makePdf([[{ text: 'The plan of the mill.' }]]),
      'inner.zip': makeZip({ 'deep.txt': 'The deepest text.' }),
    });
  const id = await house.drop('mill.zip', archive('Roses are pruned in March.'));
  const expected = ['mill.zip', 'mill.zip/inner.zip', 'mill.zip/inner.zip/deep.txt', 'mill.zip/notes/roses.md', 'mill.zip/plan.pdf'];
  expect(sources()).toEqual(expected);
  expect(versionText(house.db, house.library.document(id).versionId, 0, 1_000)).toContain('photo.png');

  // The same archive changes nothing; a changed file in it is a new version of its document.
  await house.drop('mill.zip', archive('Roses are pruned in March.'));
  expect(sources()).toEqual(expected);
  await house.drop('mill.zip', archive('Roses are pruned in April, not in March.'));
  expect(sources()).toEqual(expected);
  const [roses] = (
    await house.retriever.search({ query: 'When are roses pruned?', collectionIds: [], documentIds: [], mode: 'hybrid', limit: 5 })
  ).passages;
  expect(roses?.text).toContain('April');
});

test('archives within archives are opened to a depth, and names lead nowhere', async () => {
  let nested: Buffer = makeZip({ 'end.txt': 'The end.' });
  for (let depth = 0; depth < 5; depth += 1) nested = makeZip({ 'in.zip': nested });
  await house.drop('out.zip', nested);
  expect(sources()).toEqual(['out.zip', 'out.zip/in.zip', 'out.zip/in.zip/in.zip', 'out.zip/in.zip/in.zip/in.zip']);
  await house.drop('trap.eml', mail('Out of the folder.', '../../../etc/cron.d/x.md'));
  expect(sources()).toContain('trap.eml/etc/cron.d/x.md');
});

test('an archive that unpacks to far more than it is ends in a typed error', async () => {
  const id = await house.drop('bomb.zip', makeZip({ 'a.txt': Buffer.alloc(40 * 1024 * 1024, 'a') }));
  expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { code: 'document.unsafe' } });
  expect(sources()).toEqual(['bomb.zip']);
});
