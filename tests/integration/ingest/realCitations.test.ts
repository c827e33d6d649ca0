import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { mergePassages, numberSources } from '@main/knowledge/context';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import { textUnits } from '@main/knowledge/textUnits';
import { type LibraryDocument, newId, type Source } from '@shared/model';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { openAsViewer } from '../../support/openAsViewer';

const shared = process.env.EMERGENCE_SHARED ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'documents');
const missing = !existsSync(join(folder, 'manifest.jsonl'));
if (missing) console.log(`skipped: the documents are not in ${folder}`);

interface Row {
  file: string;
  bytes: number;
  tags?: string[];
}
/** Files of one folder that are taken, and passages of one file that are cited. */
const each = { files: 3, citations: 4 };
const largest = 600_000;
/** Letters of a sentence that is worth citing. */
const fewestLetters = 40;
/** Kinds of files from which a citation is expected; the others are made to be refused. */
const sound = (row: Row): boolean =>
  row.bytes < largest &&
  row.bytes > 3_000 &&
  !/^(archive|iwork|office_old|made_traps|made_encodings)\//.test(row.file) &&
  !(row.tags ?? []).some((tag) => /damaged|nasty|encrypt|password|no-text|hostile/.test(tag));

/** Some files of each folder, spread over its list: the same ones each time. */
const sample = (): string[] => {
  const rows = readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
    .filter(sound);
  return [...Map.groupBy(rows, ({ file }) => dirname(file)).values()].flatMap((files) =>
    Array.from(
      { length: Math.min(each.files, files.length) },
      (_, index) => files[Math.floor(((index + 0.5) * files.length) / each.files)],
    ).flatMap((row) => (row ? [row.file] : [])),
  );
};

/** The letters that a reader sees: not the addresses of links, and raised digits as digits. */
const lettersOf = (text: string): string =>
  (
    text
      .replace(/\]\([^)\n]*\)/g, ']')
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join('');

describe.skipIf(missing)('citations of real files', () => {
  let engine: TestEngine;
  const documents: { file: string; documentId: string; versionId: string }[] = [];
  beforeAll(async () => {
    engine = await startTestEngine();
    const { library } = engine.client;
    for (const file of sample()) {
      const bytes = readFileSync(join(folder, file));
      const uploadId = newId();
      await library.beginUploads({ collectionId: null, files: [{ uploadId, source: basename(file), size: bytes.length }] });
      const { id } = (await engine.files.receiveUpload(uploadId, Readable.from([bytes]), bytes.length)) as LibraryDocument;
      const ended = await vi.waitUntil(
        async () => {
          const { state, versionId } = await library.document({ id });
          return state === 'ready' || state === 'failed' ? { state, versionId } : null;
        },
        { timeout: 120_000, interval: 50 },
      );
      if (ended.state === 'ready') documents.push({ file, documentId: id, versionId: ended.versionId });
    }
  }, 900_000);
  afterAll(() => engine?.close());

  /** Sentences of a document, spread over it. */
  const sentencesOf = async (versionId: string): Promise<string[]> => {
    const { text, version } = await engine.client.library.text({ versionId });
    const all = textUnits(text, version.format).filter(({ start, end }) => lettersOf(text.slice(start, end)).length >= fewestLetters);
    return Array.from({ length: Math.min(each.citations, all.length) }, (_, index) => {
      const unit = all[Math.floor(((index + 0.5) * all.length) / each.citations)] ?? all[0];
      return unit ? text.slice(unit.start, unit.end) : '';
    }).filter((sentence) => sentence !== '');
  };

  /** The citation of an answer that repeats a sentence; null where the search does not find it. */
  const citationOf = async (sentence: string, documentId: string): Promise<Source | null> => {
    const { passages } = await engine.client.library.search({ query: sentence.slice(0, 300), documentIds: [documentId], limit: 8 });
    const sources = numberSources(mergePassages(passages));
    const wanted = lettersOf(sentence);
    const source = sources.find(({ text }) => lettersOf(text).includes(wanted));
    if (!source) return null;
    const answer = `${sentence.replace(/[\s.[\]]+/g, ' ').trim()} [${source.marker}].`;
    const [cited] = await narrowCitations(answer, sources, { nearness: async () => null, waiting: new AbortController().signal });
    return cited?.source ?? null;
  };

  test('open at the cited words, marked, in at least 95 % of the cases', { timeout: 900_000 }, async () => {
    const faults: string[] = [];
    let [all, unfound] = [0, 0];
    for (const { file, documentId, versionId } of documents)
      for (const sentence of await sentencesOf(versionId)) {
        const cited = await citationOf(sentence, documentId);
        if (!cited) {
          unfound += 1;
          continue;
        }
        all += 1;
        const { text: quote, start, end, place } = cited;
        const { text } = await engine.client.library.text({ versionId, start, length: end - start });
        if (text.slice(0, end - start) !== quote) faults.push(`${file}: the range has other words than “${quote.slice(0, 80)}”`);
        const { marked } = await openAsViewer(engine, versionId, { start, end, quote, place });
        if (lettersOf(marked) !== lettersOf(quote)) faults.push(`${file}: marks “${marked.slice(0, 120)}” for “${quote.slice(0, 120)}”`);
      }
    console.info(
      `${documents.length} files, ${all - faults.length} of ${all} citations right, ${unfound} sentences not found by the search`,
    );
    for (const fault of faults) console.info(fault);
    expect(all).toBeGreaterThanOrEqual(documents.length);
    expect(faults.length).toBeLessThanOrEqual(0.05 * all);
  });
});
