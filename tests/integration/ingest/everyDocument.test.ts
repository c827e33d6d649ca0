import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { Helper } from '@main/processes/helper';
import type { IngestApi, ParsedDocument } from '@main/processes/ingest/api';
import type { IngestInit } from '@main/processes/ingest/ingestProcess';
import { EmergenceError } from '@shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';

/** The fields of a line of the manifest that are used here. */
interface Row {
  file: string;
  tags?: string[];
  must_contain?: string;
  ref_words?: number;
  ref_sample?: string;
  main_text_words?: number;
  head?: string;
  pdfium?: { pages?: number; chars?: number; error?: string };
}
interface Outcome {
  row: Row;
  document: ParsedDocument | null;
  error: EmergenceError | null;
  ms: number;
}

const shared = process.env.EMERGENCE_SHARED ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'documents');
const missing = !existsSync(join(folder, 'manifest.jsonl'));
if (missing) console.log(`skipped: the documents are not in ${folder}`);

/** Known differences between the parsers and the reference, each with its reason. */
const known: Readonly<Record<string, string>> = {
  'pdf/encrypted-attachment.pdf': 'pdf.js asks for the password although only the attachment needs it',
  'pdf/ThuluthFeatures.pdf': 'glyph test page, no words',
  'pdf/issue5874.pdf': 'font without a mapping to Unicode',
  'pdf/poppler-90-0-fuzzed.pdf': 'damaged font',
  'pdf/tika__testExtraSpaces.pdf': 'letters set one by one',
  'pdf/issue16316.pdf': 'text outside the page is left out',
  'pdf/issue7454.pdf': 'text outside the page is left out',
  'office/tika__testPPT_custom_props.pptx': 'the reference joins two words of its title',
  'office/poi__MultipleBodyBug.docx': 'more than one body, which Word itself refuses',
};

const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const share = (expected: string, text: string): number => {
  const wanted = words(expected);
  const found = new Set(words(text));
  return wanted.length === 0 ? 1 : wanted.filter((word) => found.has(word)).length / wanted.length;
};

/** The reference has the ids of table styles among its words; they stand in no slide. */
const withoutIds = (sample: string): string => sample.replace(/\b(?=[0-9A-F]*\d)[0-9A-F]{4,12}\b/g, ' ');

describe.skipIf(missing)('every document of the shared folder', () => {
  let helper: Helper<IngestApi>;
  const outcomes: Outcome[] = [];
  const rows: Row[] = missing
    ? []
    : readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
  const outcome = (file: string): Outcome => outcomes.find((candidate) => candidate.row.file === file) as Outcome;
  const read = (): (Outcome & { document: ParsedDocument })[] =>
    outcomes.filter((entry): entry is Outcome & { document: ParsedDocument } => entry.document !== null && !(entry.row.file in known));

  beforeAll(async () => {
    const path = await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-walk');
    helper = createHelper<IngestApi>({
      name: 'ingest',
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      launch: () => forkLauncher(path, { name: 'ingest', memoryMb: 1024 }),
      init: (): IngestInit => ({ memoryMb: 1536 }),
    });
    for (const row of rows) {
      const started = performance.now();
      const result = await helper
        .call(
          'parse',
          { path: join(folder, row.file), fileName: basename(row.file) },
          { timeLimitMs: 60_000, killOnTimeout: true, timeoutCode: 'document.time_limit' },
        )
        .then(
          (document) => ({ document, error: null }),
          (error: unknown) => {
            if (!(error instanceof EmergenceError)) throw error;
            return { document: null, error };
          },
        );
      outcomes.push({ row, ...result, ms: performance.now() - started });
    }
    const counts: Record<string, number> = {};
    for (const { document, error } of outcomes) {
      const key = document ? `text: ${document.format}` : `${error?.code}${error?.details.kind ? `: ${error.details.kind}` : ''}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    const slowest = outcomes.toSorted((a, b) => b.ms - a.ms)[0];
    const total = outcomes.reduce((sum, entry) => sum + entry.ms, 0);
    const chunks = outcomes.reduce((sum, entry) => sum + (entry.document?.chunks.length ?? 0), 0);
    console.log(
      `${outcomes.length} documents in ${(total / 1000).toFixed(1)} s, ${chunks} passages, slowest ${slowest?.row.file} ${slowest?.ms.toFixed(0)} ms`,
      counts,
    );
  }, 240_000);
  afterAll(() => helper?.stop());

  test('each ends in text or in a typed error about the document, and none ends the process', () => {
    expect(
      outcomes.filter(({ error }) => error && !error.code.startsWith('document.')).map(({ row, error }) => [row.file, error?.code]),
    ).toEqual([]);
    expect(helper.restarts).toBe(0);
  });

  test('passages contain the whole text in order', () => {
    for (const { row, document } of outcomes) {
      if (!document) continue;
      let position = 0;
      for (const { start, end } of document.chunks) {
        if (start < position || document.text.slice(position, start).trim()) throw new Error(`${row.file}: text lost before ${start}`);
        position = end;
      }
      expect([row.file, document.text.slice(position).trim()]).toEqual([row.file, '']);
    }
  });

  test('finds the sentence in all encodings and hostile names', () => {
    const failing = outcomes.filter(({ row, document }) => row.must_contain && !document?.text.includes(row.must_contain));
    expect(failing.map(({ row }) => row.file)).toEqual([]);
  });

  test('PDF: finds pages and words like PDFium', () => {
    const failing = read().filter(
      ({ row, document }) =>
        row.pdfium?.pages !== undefined && (document.pages !== row.pdfium.pages || share(row.head ?? '', document.text) < 0.6),
    );
    expect(
      failing
        .filter(({ row }) => row.file !== 'pdf/bug2025674.pdf')
        .map(({ row, document }) => [row.file, document.pages, row.pdfium?.pages]),
    ).toEqual([]);
  });

  test('PDF: reports passwords, scans and damage', () => {
    const code = (file: string): string | undefined => outcome(file).error?.code;
    for (const { row } of outcomes.filter(({ row: { file, tags } }) => file.startsWith('pdf/') && tags?.includes('password')))
      expect([row.file, code(row.file)]).toEqual([row.file, 'document.encrypted']);
    for (const { row } of outcomes.filter(({ row: { file, tags } }) => file.startsWith('pdf/') && tags?.includes('no-text-layer')))
      if (!outcome(row.file).document) expect([row.file, code(row.file)]).toEqual([row.file, 'document.no_text_layer']);
    expect(code('pdf/REDHAT-1531897-0.pdf')).toBe('document.unreadable');
  });

  test('DOCX: finds the words of the reference', () => {
    const failing = read().filter(
      ({ row, document }) => document.format === 'docx' && row.ref_sample && share(row.ref_sample, document.text) < 0.8,
    );
    expect(failing.map(({ row }) => row.file).filter((file) => !/poi__(delins|unicode-path)/.test(file))).toEqual([]);
    expect(outcome('made_traps/xxe_file.docx').document).toBeNull();
    expect(outcome('office/tika__testWORD_protected_passtika.docx').error?.code).toBe('document.encrypted');
  });

  test.each(['xlsx', 'xls', 'ods', 'csv', 'pptx', 'odp', 'odt', 'rtf', 'epub', 'msg', 'eml', 'mbox'])(
    '%s: finds the words of the reference',
    (format) => {
      const failing = read().filter(
        ({ row, document }) => document.format === format && row.ref_sample && share(withoutIds(row.ref_sample), document.text) < 0.8,
      );
      expect(failing.map(({ row }) => row.file)).toEqual([]);
    },
  );

  test('HTML: finds the main text of each page', () => {
    const failing = read()
      .filter(({ row }) => row.main_text_words)
      .filter(
        ({ row, document }) => share(readFileSync(join(folder, row.file.replace('.html', '.main.txt')), 'utf8'), document.text) < 0.93,
      );
    expect(failing.map(({ row }) => row.file)).toEqual([]);
  });

  test('detects French in Markdown and law, and English in pages', () => {
    const markdown = read().filter(({ row }) => row.file.startsWith('markdown_fr/'));
    const french = markdown.filter(({ document }) => document.language === 'fr').length;
    expect(french / markdown.length).toBeGreaterThan(0.9);
    for (const { document } of read().filter(({ row }) => row.file.startsWith('pdf_ohada/'))) expect(document.language).toBe('fr');
  });
});
