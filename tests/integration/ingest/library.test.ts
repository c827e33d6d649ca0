import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableDb } from '@main/store/database';
import { listDocuments } from '@main/store/documentList';
import { documentAtPlace, namesakesOf } from '@main/store/documentPlaces';
import { documentById, documentsWithBlob } from '@main/store/documents';
import { jobOfSubject, nextQueuedJob, openJobs } from '@main/store/jobs';
import { newId } from '@shared/model';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { makePdf } from '../../support/makePdf';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-library'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-library'),
  };
}, 120_000);

let house: LibraryFixture;
const open = (dataFolder: string, more: Partial<Parameters<typeof openLibrary>[0]> = {}): LibraryFixture => {
  const opened = openLibrary({ dataFolder, ...paths, ...more });
  onTestFinished(() => opened.close());
  opened.queue.start();
  return opened;
};
beforeEach(() => {
  house = open(temporaryFolder());
});

const find = async (query: string, filter: { collectionIds?: string[]; documentIds?: string[] } = {}) =>
  (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 5, ...filter })).passages;
const twoPages = makePdf([[{ text: 'The harbour opens at dawn for fishing boats.' }], [{ text: 'The lighthouse keeper sleeps at noon.' }]]);

test('finds a dropped PDF by its page, and returns its original', async () => {
  const id = await house.drop('folder/harbour.pdf', twoPages);
  const document = house.library.document(id);
  expect(document).toMatchObject({
    title: 'harbour',
    source: 'folder/harbour.pdf',
    format: 'pdf',
    state: 'ready',
    pages: 2,
    passages: 2,
    version: 1,
    job: null,
    language: 'en',
  });
  const [best] = await find('when does the lighthouse keeper sleep');
  expect(best).toMatchObject({
    documentId: id,
    versionId: document.versionId,
    place: { kind: 'page', from: 2, to: 2 },
    text: 'The lighthouse keeper sleeps at noon.',
  });
  const slice = house.library.text(document.versionId, best?.start ?? 0, (best?.end ?? 0) - (best?.start ?? 0));
  expect(slice).toMatchObject({ text: best?.text, spans: [{ kind: 'page', label: '2' }] });
  const outline = await house.library.outline(document.versionId);
  expect(outline.map(({ kind, label }) => [kind, label])).toEqual([
    ['page', '1'],
    ['page', '2'],
  ]);
  expect(outline[1]?.at).toMatchObject({ place: { kind: 'page', from: 2 }, quote: expect.stringContaining('lighthouse keeper') });
  await expect(house.library.outline(newId())).rejects.toMatchObject({ code: 'not_found' });
  const original = house.library.originalFile(document.versionId);
  expect(readFileSync(original.path)).toEqual(twoPages);
  expect(original).toMatchObject({ mime: 'application/pdf', fileName: 'harbour.pdf', bytes: twoPages.length });
  expect(house.telemetry.counts).toMatchObject({
    'ingestion_documents_total{ready,pdf}': 1,
    'ingestion_duration_seconds{reading}': 1,
    'ingestion_duration_seconds{indexing}': 1,
    'rag_queries_total{question}': 1,
    'rag_cache_misses_total{}': 1,
  });
  expect(await house.library.stats()).toMatchObject({
    documents: 1,
    passages: 2,
    ready: 1,
    working: 0,
    failed: 0,
    originalsBytes: twoPages.length,
  });
});

test('adds known bytes to the collection only; changed bytes become current once indexed', async () => {
  const collectionId = newId();
  house.library.createCollection({ id: collectionId, name: 'Harbour' });
  const first = await house.drop('notes.md', '# Notes\n\nThe ferry is blue.');
  expect(await house.drop('notes.md', '# Notes\n\nThe ferry is blue.', collectionId)).toBe(first);
  expect(house.library.document(first)).toMatchObject({ version: 1, collectionIds: [collectionId], title: 'Notes' });
  const { versionId } = house.library.document(first);

  const answered: (string | undefined)[] = [];
  house.changes.subscribe(({ entity }) => {
    if (entity === 'job') answered.push(house.library.document(first).versionId);
  });
  expect(await house.drop('notes.md', '# Notes\n\nThe ferry is green.')).toBe(first);
  expect(house.library.document(first)).toMatchObject({ version: 2, state: 'ready' });
  expect(answered.slice(0, -1).every((id) => id === versionId)).toBe(true);
  expect((await find('ferry')).map((passage) => passage.text)).toEqual(['# Notes\n\nThe ferry is green.']);
  expect(house.library.versions(first).map(({ ordinal, current, state }) => [ordinal, current, state])).toEqual([
    [2, true, 'ready'],
    [1, false, 'ready'],
  ]);
  expect(house.library.text(versionId, 0, 100).text).toContain('blue');
  // In another collection the same name is another document.
  const other = newId();
  house.library.createCollection({ id: other, name: 'Other' });
  expect(await house.drop('notes.md', 'Other notes.', other)).not.toBe(first);
});

test('reports why a file cannot be read, retries on request, and continues with the next one', async () => {
  const bad = await house.drop('photo.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  const good = await house.drop('a.txt', 'Something to read.');
  expect(house.library.document(bad)).toMatchObject({
    state: 'failed',
    error: { code: 'document.unsupported', action: 'choose_other_file', details: { kind: 'image' } },
    job: { state: 'failed' },
  });
  expect(house.library.document(good).state).toBe('ready');
  expect(house.library.retry(bad)).toMatchObject({
    state: 'pending',
    error: null,
    job: { state: expect.stringMatching(/queued|running/) },
  });
  await house.queue.idle();
  expect(house.library.document(bad).state).toBe('failed');
});

test('reads a PDF without its damaged page, and names that page', async () => {
  const page = (text: string) => [{ text }];
  const whole = makePdf([page('The ferry leaves at nine.'), page('This page is damaged.'), page('The bridge is closed.')]);
  const damaged = whole.toString('latin1').replace(/(7 0 obj[\s\S]*?\/Resources )<< /, '$1((x');
  const id = await house.drop('harbour.pdf', Buffer.from(damaged, 'latin1'));
  expect(house.library.document(id)).toMatchObject({ state: 'ready', pages: 3, unreadPages: [2] });
  expect((await find('bridge'))[0]).toMatchObject({ documentId: id, place: { kind: 'page', from: 3 } });
  const mended = await house.drop('harbour.pdf', whole);
  expect(house.library.document(mended)).toMatchObject({ id, version: 2, unreadPages: [] });
});

test('makes one document of an upload announced and sent twice; a cut one can be sent again', async () => {
  const uploadId = newId();
  const bytes = Buffer.from('An upload of some words.');
  const announce = (): string[] => house.library.beginUploads(null, [{ uploadId, source: '..\\..\\C:/evil\\a.txt', size: bytes.length }]);
  const send = (...parts: Buffer[]) =>
    house.library.receiveUpload(
      uploadId,
      (async function* () {
        yield* parts;
      })(),
    );
  announce();
  await expect(send(bytes.subarray(0, 5))).rejects.toMatchObject({ code: 'input.invalid' });
  announce();
  const [one, two] = await Promise.all([send(bytes), send(bytes)]);
  const three = await send(bytes);
  expect([two.id, three.id]).toEqual([one.id, one.id]);
  expect(one.source).toBe('C:/evil/a.txt');
  expect(house.library.documents({ sort: 'updated', descending: true, cursor: null, limit: 10 }).total).toBe(1);
  await house.queue.idle();
});

test('takes in a folder with relative places, without hidden and system files', async () => {
  const folder = join(temporaryFolder(), 'papers');
  await mkdir(join(folder, 'deep/node_modules'), { recursive: true });
  for (const name of ['a.md', 'deep/b.txt', '.hidden.md', 'Thumbs.db', 'deep/node_modules/c.md', '~$a.docx'])
    await writeFile(join(folder, name), `Words of ${name}`);
  await symlink('/', join(folder, 'loop'));
  expect(await house.library.importFiles([folder], null)).toEqual({ files: 2, refused: 0 });
  await house.queue.idle();
  const { items } = house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 10 });
  expect(items.map((item) => item.source)).toEqual(['papers/a.md', 'papers/deep/b.txt']);
  // Taken from the same place again after a change: a new version.
  await writeFile(join(folder, 'a.md'), 'Other words');
  await house.library.importFiles([folder], null);
  await house.queue.idle();
  expect(house.library.document(items[0]?.id ?? '').version).toBe(2);
});

test('takes in the rest of a drop when a file cannot be read, and reports that file', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'here.md'), 'Words that are here');
  const gone = join(folder, 'gone.md');
  expect(await house.library.importFiles([gone, join(folder, 'here.md')], null)).toEqual({ files: 1, refused: 1 });
  expect(house.library.turnedDown().refused).toMatchObject([
    { source: 'gone.md', error: { code: 'file.unreadable', details: { reason: 'missing' } } },
  ]);
  await house.queue.idle();
  expect(house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 10 }).items).toMatchObject([
    { source: 'here.md', state: 'ready' },
  ]);
});

test('deletes bytes that became no document', async () => {
  const uploadId = newId();
  house.library.beginUploads(null, [{ uploadId, source: 'short.md', size: 100 }]);
  const bytes = Buffer.from('shorter than announced');
  const send = () => house.library.receiveUpload(uploadId, Readable.from([bytes]));
  await expect(send()).rejects.toMatchObject({ code: 'input.invalid' });
  const hash = createHash('sha256').update(bytes).digest('hex');
  expect(house.blobs.has(hash)).toBe(false);
  // Bytes that a document needs stay, whoever sends them again.
  await house.drop('whole.md', bytes);
  await expect(send()).rejects.toMatchObject({ code: 'input.invalid' });
  expect(house.blobs.has(hash)).toBe(true);
});

test("makes a document of pasted text under the client's id", async () => {
  const id = newId();
  const text = { id, title: 'Idea', text: '# Kites\n\nThey fly on strings.', collectionId: null };
  await house.library.addText(text);
  await house.library.addText(text);
  await house.queue.idle();
  expect(house.library.document(id)).toMatchObject({ title: 'Idea', source: 'paste:Idea', format: 'markdown', state: 'ready' });
  expect((await find('kites'))[0]).toMatchObject({ documentId: id, place: { kind: 'lines', headings: ['Kites'] } });
});

test('reports a pasted text sent again after it went to the bin', async () => {
  const text = { id: newId(), title: 'Idea', text: 'They fly on strings.', collectionId: null };
  await house.library.addText(text);
  await house.library.remove(text.id);
  await expect(house.library.addText(text)).rejects.toMatchObject({ code: 'not_found' });
});

test('begins nothing for an upload whose end cannot be stored', async () => {
  const uploadId = newId();
  const bytes = Buffer.from('Words that do not arrive.');
  house.library.beginUploads(null, [{ uploadId, source: 'a.txt', size: bytes.length }]);
  house.db.exec("CREATE TRIGGER refuse BEFORE UPDATE ON uploads BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const changed: string[] = [];
  house.changes.subscribe(({ entity }) => changed.push(entity));
  await expect(
    house.library.receiveUpload(
      uploadId,
      (async function* () {
        yield bytes;
      })(),
    ),
  ).rejects.toThrow();
  expect([changed, house.queue.jobs()]).toEqual([[], []]);
  house.db.exec('DROP TRIGGER refuse');
});

test('lists pages by cursor, sorted, searched with case and accents folded', async () => {
  for (const title of ['Écluse', 'zèbre', 'Alpha', 'écureuil', 'beta'])
    await house.library.addText({ id: newId(), title, text: `Words about ${title}`, collectionId: null });
  await house.queue.idle();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = house.library.documents({ sort: 'title', descending: false, cursor, limit: 2 });
    expect(page.total).toBe(5);
    seen.push(...page.items.map((item) => item.title));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(['Alpha', 'beta', 'Écluse', 'écureuil', 'zèbre']);
  const found = house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 9, query: 'ECU' });
  expect([found.items.map((item) => item.title), found.total]).toEqual([['écureuil'], 1]);
});

test('hides removed documents from search, restores them, applies filters, caches results', async () => {
  const collectionId = newId();
  house.library.createCollection({ id: collectionId, name: 'One' });
  const a = await house.drop('a.txt', 'The canal has seven bridges.', collectionId);
  const b = await house.drop('b.txt', 'The canal has nine locks.');
  expect((await find('canal')).map((passage) => passage.documentId).sort()).toEqual([a, b].sort());
  expect((await find('canal', { collectionIds: [collectionId] })).map((passage) => passage.documentId)).toEqual([a]);
  expect((await find('canal', { documentIds: [b] })).map((passage) => passage.documentId)).toEqual([b]);
  expect(await find('canal', { documentIds: [newId()] })).toEqual([]);
  const request = { query: 'canal', collectionIds: [], documentIds: [], mode: 'hybrid' as const, limit: 5 };
  expect((await house.retriever.search(request)).cached).toBe(true);
  expect([house.retriever.documentCount([]), house.retriever.documentCount([collectionId])]).toEqual([2, 1]);
  await house.library.remove(a);
  const after = await house.retriever.search(request);
  expect([after.cached, after.passages.map((passage) => passage.documentId)]).toEqual([false, [b]]);
  expect(() => house.library.document(a)).toThrow(expect.objectContaining({ code: 'not_found' }));
  house.library.restore(a);
  expect((await find('canal')).map((passage) => passage.documentId).sort()).toEqual([a, b].sort());
  house.library.removeCollection(collectionId);
  expect(house.library.document(a).collectionIds).toEqual([]);
});

test('restores a deleted collection with its documents, under its own id, once', async () => {
  const id = newId();
  house.library.createCollection({ id, name: 'Bridges', origin: 'guide' });
  const [stays, goes, binned] = [
    await house.drop('stays.txt', 'The canal has seven bridges.', id),
    await house.drop('goes.txt', 'The river has nine locks.', id),
    await house.drop('binned.txt', 'The lake has two mills.', id),
  ];
  const before = house.library.collections().find((collection) => collection.id === id);
  await house.library.remove(binned);
  await house.library.removeCollection(id);
  await house.library.forget(goes);
  expect(house.library.restoreCollection(id)).toEqual({ ...before, documents: 1 });
  expect(house.library.document(stays).collectionIds).toEqual([id]);
  house.library.restore(binned);
  expect(house.library.document(binned).collectionIds).toEqual([id]);
  expect(() => house.library.restoreCollection(id)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('finds a renamed document by its new title', async () => {
  const id = await house.drop('notes.md', 'The keeper lit the lamp at dusk.');
  const found = async (query: string) =>
    (await house.retriever.search({ query, collectionIds: [], documentIds: [id], mode: 'lexical', limit: 5 })).passages.length;
  expect([await found('keeper'), await found('lighthouse')]).toEqual([1, 0]);
  house.library.rename(id, 'Lighthouse diary');
  await vi.waitFor(async () => expect(await found('lighthouse')).toBe(1), { timeout: 10_000 });
});

test('waits for a search process that died', async () => {
  await house.drop('a.txt', 'The windmill turns.');
  process.kill(house.search.pid as number, 'SIGKILL');
  expect((await find('windmill'))[0]?.text).toBe('The windmill turns.');
});

const grep = (folder: string, word: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && (readFileSync(path).includes(word) || readFileSync(path).includes(Buffer.from(word, 'utf16le')));
  });

test('deletes a canary word from every file on forget', async () => {
  const canary = 'Xyzzyplughcanary';
  const keep = await house.drop('keep.txt', 'Words that stay.');
  const id = await house.drop('secret.md', `# Title ${canary}\n\nText with ${canary} in it. ${'More words follow here. '.repeat(2000)}`);
  await house.drop('secret.md', `# Title ${canary}\n\nText with ${canary} in it. More words follow here, with ${canary}.`);
  expect(house.library.versions(id)).toHaveLength(2);
  const { versionId } = house.library.document(id);
  house.db
    .prepare(
      `INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, place_from, line_start, line_end, heading_path, scores)
       VALUES ('c', 'm', 1, ?, ?, ?, 0, 5, ?, NULL, 1, 1, ?, '{}')`,
    )
    .run(id, versionId, canary, `quote ${canary}`, JSON.stringify([canary]));
  house.db.exec(`INSERT INTO conversations(id, kind, title, settings, created_at, updated_at) VALUES ('k', 'chat', '', '{}', 1, 1)`);
  const sources = [versionId, house.library.document(keep).versionId].map((version) => ({
    marker: 1,
    versionId: version,
    documentId: newId(),
    title: canary,
    start: 0,
    end: 5,
    page: null,
    pageEnd: null,
    lineStart: 1,
    lineEnd: 1,
    headingPath: [],
    score: 1,
    scores: {},
    text: `${canary} stays`,
  }));
  house.db
    .prepare(
      `INSERT INTO turns(id, conversation_id, message_id, kind, agent_id, state, params, sources, created_at) VALUES ('t', 'k', 'm', 'answer', 'anima', 'done', '{}', ?, 1)`,
    )
    .run(JSON.stringify({ sources: [sources[0], { ...sources[1], title: 'Keep', text: 'Words that stay.' }], support: 'strong' }));
  expect((await find(canary)).length).toBeGreaterThan(0);
  expect(grep(house.dataFolder, canary).length).toBeGreaterThan(0);
  await house.library.forget(id);
  expect((await find(canary)).filter((passage) => passage.documentId !== keep)).toEqual([]);
  expect(grep(house.dataFolder, canary)).toEqual([]);
  expect(grep(house.dataFolder, canary.toLowerCase())).toEqual([]);
  // Sources of other documents for the same answer are still there.
  expect(house.db.prepare('SELECT sources FROM turns').pluck().get()).toContain('Words that stay.');
  expect(house.library.document(keep).state).toBe('ready');
  expect((await find('words that stay')).length).toBe(1);
});

describe('crashes', () => {
  test('fails a document that kills the process twice, retries on request, continues the rest', async () => {
    const killing = house.drop('big.txt', 'word '.repeat(2_000_000));
    const killer = setInterval(() => {
      if (house.queue.jobs().some((job) => job.stage === 'reading' && job.state === 'running') && house.ingest.state() === 'ready') {
        const { pid } = house.ingest;
        if (pid) process.kill(pid, 'SIGKILL');
      }
    }, 5);
    const id = await killing;
    clearInterval(killer);
    expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { code: 'document.memory_limit' } });
    expect(house.library.document(await house.drop('next.txt', 'The next one.')).state).toBe('ready');
  });

  test("ends only one document's parsing when it is silent for too long", async () => {
    await house.close();
    house = open(temporaryFolder(), { silence: { read: 1 } });
    const id = await house.drop('a.txt', 'word '.repeat(1_000_000));
    expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { code: 'document.time_limit', action: 'retry' } });
  });

  test('cancels queued and running jobs; retry runs them again', async () => {
    const send = async (name: string, text: string): Promise<string> => {
      const id = newId();
      await house.library.addText({ id, title: name, text, collectionId: null });
      return id;
    };
    const long = await send('long', 'Many words here. '.repeat(300_000));
    const short = await send('short', 'Few words.');
    const jobs = house.library.jobs();
    expect(jobs.map((job) => job.documentId).sort()).toEqual([long, short].sort());
    await house.library.cancel(jobs.map((job) => job.id));
    await house.queue.idle();
    expect([house.library.document(long).state, house.library.document(short).state]).toEqual(['cancelled', 'cancelled']);
    expect(house.library.jobs()).toEqual([]);
    house.library.retry(short);
    await house.queue.idle();
    expect(house.library.document(short).state).toBe('ready');
  });

  test('continues jobs that a crash left, with everything acknowledged', async () => {
    const ids = Array.from({ length: 12 }, () => newId());
    for (const id of ids) await house.library.addText({ id, title: id, text: `Passage number ${id}. `.repeat(400), collectionId: null });
    const { dataFolder } = house;
    house.crash();
    house = open(dataFolder);
    await house.queue.idle();
    for (const id of ids) expect(house.library.document(id)).toMatchObject({ state: 'ready', job: null });
    expect((await find(`passage ${ids[11]}`))[0]?.documentId).toBe(ids[11]);
  });

  test('rebuilds a lost index from the database', async () => {
    const id = await house.drop('a.txt', 'The observatory is on the hill.');
    const { dataFolder } = house;
    await house.close();
    for (const name of readdirSync(dataFolder).filter((file) => file.startsWith('index.db'))) rmSync(join(dataFolder, name));
    house = open(dataFolder);
    house.queue.reconcile();
    await expect.poll(async () => (await find('observatory'))[0]?.documentId, { timeout: 20_000 }).toBe(id);
  });
});

test('finds lists, sources, blobs and jobs by index', () => {
  /** Runs a query function and returns the plans of the statements it prepares. */
  const plans = (query: (db: ReadableDb) => unknown): string => {
    const sqls: string[] = [];
    const prepare = ((sql: string) => {
      sqls.push(sql);
      return house.db.prepare(sql);
    }) as ReadableDb['prepare'];
    query({ prepare });
    return sqls
      .flatMap((sql) => house.db.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/@\w+|\?/g, "'1'")}`).all() as { detail: string }[])
      .map((row) => row.detail)
      .join('\n');
  };
  const list = plans((db) => listDocuments(db, { sort: 'updated', descending: true, cursor: null, limit: 50 }));
  expect(list).toContain('SCAN d USING INDEX documents_live');
  expect(list).not.toMatch(/TEMP B-TREE FOR ORDER BY|SCAN (v|l|document_versions|document_collections|jobs)\b/);
  const orders = { title: 'documents_title', updated: 'documents_live', size: 'documents_size', passages: 'documents_passages' } as const;
  for (const [sort, index] of Object.entries(orders) as [keyof typeof orders, string][])
    for (const descending of [true, false])
      for (const query of [undefined, 'needle']) {
        const plan = plans((db) => listDocuments(db, { sort, descending, cursor: null, limit: 50, query }));
        expect(plan, `${sort} ${descending} ${query}`).toContain(`SCAN d USING INDEX ${index}`);
        expect(plan).not.toMatch(/TEMP B-TREE/);
        expect(plan).not.toMatch(/SCAN (v|l|document_versions|document_collections|jobs)\b/);
      }
  const one = plans((db) => documentById(db, newId()));
  // Only a list of namesakes is scanned, which comes from an index and has a limit.
  const lists = [...one.matchAll(/CO-ROUTINE (\S+)/g)].map(([, name]) => name);
  expect([...one.matchAll(/SCAN (\S+)/g)].map(([, name]) => name)).toEqual(lists);
  expect(plans((db) => documentAtPlace(db, 'x'))).toContain('document_places_key');
  expect(plans((db) => namesakesOf(db, { key: 'x', source: 'x' }, null))).toContain('document_places_name');
  expect(plans((db) => documentsWithBlob(db, 'x'))).toContain('document_versions_blob');
  expect(plans((db) => jobOfSubject(db, 'x'))).toContain('jobs_subject');
  expect(plans((db) => nextQueuedJob(db, 'ingest'))).toContain('jobs_open');
  expect(plans((db) => openJobs(db))).toContain('jobs_open');
});
