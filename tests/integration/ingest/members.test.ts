import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTakeMembers } from '@main/knowledge/takeMembers';
import { versionText } from '@main/store/parsedVersions';
import { EmergenceError, formatsVersion, newId } from '@shared/model';
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

test('deletes, restores and forgets the files within a document with it, and no others', async () => {
  const archive = makeZip({
    'roses.md': 'Roses are pruned in March.',
    'inner.zip': makeZip({ 'deep.txt': 'The deepest text of the mill.' }),
    'lease.md': 'The tenant of the mill repairs the wheel.',
    'own.md': 'This file also came by itself.',
  });
  const id = await house.drop('mill.zip', archive);
  await house.drop('own.md', 'This file also came by itself.');
  await house.drop('post.zip', makeZip({ 'lease.md': 'The tenant of the mill repairs the wheel.' }));
  const own = ['mill.zip/lease.md', 'mill.zip/own.md', 'post.zip'];
  const all = ['mill.zip', 'mill.zip/inner.zip', 'mill.zip/inner.zip/deep.txt', ...own.slice(0, 2), 'mill.zip/roses.md', 'post.zip'];
  expect(sources()).toEqual(all);

  expect(await house.library.remove(id)).toEqual({ members: 3 });
  expect(sources()).toEqual(own);
  house.library.restore(id);
  await house.queue.idle();
  expect(sources()).toEqual(all);

  // A file that was deleted by itself is not brought back with its container.
  const roses = house.db.prepare("SELECT id FROM documents WHERE source = 'mill.zip/roses.md'").pluck().get() as string;
  await house.library.remove(roses);
  house.db.prepare('UPDATE documents SET deleted_at = deleted_at - 1 WHERE id = ?').run(roses);
  await house.library.remove(id);
  house.library.restore(id);
  await house.queue.idle();
  expect(sources()).toEqual(all.filter((source) => source !== 'mill.zip/roses.md'));

  await house.library.remove(id);
  await house.library.forget(id);
  expect(house.db.prepare('SELECT source FROM documents ORDER BY source').pluck().all()).toEqual(own);
  expect(house.db.prepare('SELECT count(*) FROM document_members').pluck().get()).toBe(1);
});

test('a container that is deleted beside the files within it takes each once', async () => {
  const id = await house.drop('mill.zip', makeZip({ 'roses.md': 'Roses are pruned in March.' }));
  const member = house.db.prepare("SELECT id FROM documents WHERE source = 'mill.zip/roses.md'").pluck().get() as string;
  await house.library.remove(id);
  expect(await house.library.remove(member)).toEqual({ members: 0 });
});

test('shows a file within a document that cannot be copied, and takes the others', async () => {
  const real = house.library.takeFile;
  const takeMembers = createTakeMembers({
    db: house.db,
    log: house.telemetry.log,
    takeFile: (path, file) =>
      file.source.endsWith('lost.md') ? Promise.reject(new EmergenceError('file.unreadable', { reason: 'device' })) : real(path, file),
    turnDown: house.library.turnDown,
  });
  house.queue.onMembers(takeMembers);
  await house.drop('mill.zip', makeZip({ 'lost.md': 'Lost.', 'roses.md': 'Roses are pruned in March.' }));
  expect(sources()).toEqual(['mill.zip', 'mill.zip/roses.md']);
  expect(house.library.turnedDown().refused).toMatchObject([{ source: 'mill.zip/lost.md', error: { code: 'file.unreadable' } }]);
  expect((await house.library.stats()).attention).toBe(1);
});

test('a document of a kind that was refused before is read again once, by itself', async () => {
  const known = await house.drop('clip.mp4', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'));
  const id = await house.drop('mill.json', '{"rent": 4210}');
  const stored = house.library.document(known).error;
  expect(stored).toMatchObject({ code: 'document.unsupported', details: { kind: 'video', formats: formatsVersion } });
  // As a version of the program left both that read neither.
  house.db
    .prepare("UPDATE document_versions SET state = 'failed', error = ?")
    .run(JSON.stringify({ code: 'document.unsupported', message: '', action: 'choose_other_file', details: { kind: 'binary' } }));
  house.library.readRefusedAgain();
  await house.queue.idle();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', error: null });
  expect(house.library.document(known)).toMatchObject({ state: 'failed', error: stored });
  house.library.readRefusedAgain();
  expect(house.library.document(known).state).toBe('failed');
});
