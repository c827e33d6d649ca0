import type { ParsedDocument } from '@main/processes/ingest/api';
import { insertDocument } from '@main/store/documents';
import { insertVersion, versionById } from '@main/store/documentVersions';
import { saveDraft } from '@main/store/drafts';
import { openStore, type Store } from '@main/store/open';
import { saveParsed, versionSpans, versionText, versionTextSql } from '@main/store/parsedVersions';
import { newId, placeOfLines } from '@shared/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';
import { seeded } from '../knowledge/seeded';

let store: Store;
let versionId: string;
beforeEach(() => {
  store = openStore({ dataFolder: temporaryFolder() });
  versionId = newId();
  const documentId = newId();
  insertDocument(store.db, { id: documentId, title: 'Report', source: 'report.md' }, 1);
  insertVersion(store.db, { id: versionId, documentId, blobHash: 'hash', size: 1, mime: 'text/plain' }, 1);
});
afterEach(() => store.close());

const parsedOf = (text: string, rows = 3): ParsedDocument => ({
  format: 'text',
  parser: 'text',
  parserVersion: '1',
  author: null,
  dated: null,
  title: null,
  language: 'en',
  pages: null,
  text,
  spans: Array.from({ length: rows }, (_, n) => ({ kind: 'heading', start: n * 10, end: n * 10 + 5, label: `Heading ${n}`, level: 1 })),
  chunks: Array.from({ length: rows }, (_, n) => ({
    start: n * 10,
    end: n * 10 + 10,
    place: placeOfLines({ from: n, to: n }),
  })),
  references: [{ ordinal: 0, key: 'article:1', defines: true }],
  timings: { readMs: 0, chunkMs: 0 },
});
const counts = (): number[] =>
  ['version_texts', 'version_spans', 'version_chunks'].map(
    (table) => store.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1,
  );
const characters = () => versionById(store.db, versionId)?.characters;

it('reads any range of a text unchanged, also with a pair of surrogates at a seam', async () => {
  // Each of the two puts its pairs on the other side of the seams.
  for (const text of ['😀'.repeat(70_000), `a${'😀'.repeat(70_000)}`, 'x'.repeat(65_536), 'short']) {
    await saveParsed(store.db, versionId, parsedOf(text));
    expect(versionText(store.db, versionId, 0, text.length) === text).toBe(true);
    const random = seeded(7);
    for (let round = 0; round < 50; round += 1) {
      const [start, end] = [random(), random()].map((part) => Math.floor(part * (text.length + 10))).sort((a, b) => a - b) as [
        number,
        number,
      ];
      expect(versionText(store.db, versionId, start, end)).toBe(text.slice(start, end));
    }
    expect(characters()).toBe(text.length);
  }
  expect(counts()).toEqual([1, 3, 3]);
  expect(versionSpans(store.db, versionId, 12, 21).map(({ label }) => label)).toEqual(['Heading 1', 'Heading 2']);
});

it('reads only the pieces it needs', () => {
  const plan = store.db
    .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${versionTextSql}`)
    .all({ versionId, start: 5, end: 9 })
    .map(({ detail }) => detail);
  expect(plan.filter((line) => /SCAN|TEMP B-TREE/.test(line))).toEqual([]);
});

it('stores a long document between other writes, and counts it only when complete', async () => {
  const parsed = parsedOf('The measurement of the river was taken twice. '.repeat(400_000), 30_000);
  await saveParsed(store.db, versionId, parsedOf('an earlier try', 30_000));
  let saved = false;
  const saving = saveParsed(store.db, versionId, parsed).then(() => {
    saved = true;
  });
  const meanwhile: unknown[] = [];
  while (!saved) {
    await new Promise((resolve) => setImmediate(resolve));
    saveDraft(store.db, 'new', `draft ${meanwhile.length}`, 1);
    if (!saved) meanwhile.push(characters());
  }
  await saving;
  expect(meanwhile.length).toBeGreaterThan(3);
  expect([...new Set(meanwhile)]).toEqual([null]);
  expect(characters()).toBe(parsed.text.length);
  expect(counts().slice(1)).toEqual([30_000, 30_000]);
});

it('leaves the version unread after a cancelled save, and the next one completes it', async () => {
  const parsed = parsedOf('words '.repeat(2_000_000), 5_000);
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Error('stopped')));
  await expect(saveParsed(store.db, versionId, parsed, controller.signal)).rejects.toThrow('stopped');
  expect(characters()).toBeNull();
  await saveParsed(store.db, versionId, parsed);
  expect(versionText(store.db, versionId, 0, parsed.text.length) === parsed.text).toBe(true);
  expect(counts().slice(1)).toEqual([5_000, 5_000]);
});
