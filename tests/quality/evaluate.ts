import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chunkText } from '@main/processes/ingest/chunkText';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { pageOf, type SearchMode, searchModes } from '@shared/model';
import { type EvaluationSet, idOfPage, readEvaluationSet } from './evaluationSet';
import { createLibraryFixture } from './libraryFixture';
import { type Measures, measure, percentile } from './metrics';

export interface EvaluationRow extends Measures {
  set: string;
  mode: SearchMode;
  embedder: string;
  queries: number;
  p50_ms: number;
  p95_ms: number;
}

/** The text sets with judgements for which the targets are stated. */
const textSets = ['scifact', 'fquad', 'cnil_faq', 'code_civil', 'ohada', 'react_fr_en', 'cranfield', 'medlars', 'qmsum', 'checkthat20'];
/** Passages requested for a question: enough that ten documents remain when several passages come from one. */
const passagesAsked = 30;

/** Runs one set through the real engine: a library is written, indexed and searched. */
export const evaluateSet = async (set: EvaluationSet, modes: readonly SearchMode[]): Promise<EvaluationRow[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-eval-'));
  const library = createLibraryFixture(dataFolder);
  try {
    const pages = new Map(set.documents.filter((document) => document.pages.length > 0).map((document) => [document.id, document.pages]));
    // The program's own chunker.
    library.add(set.documents, ({ id, text }) => chunkText(text, pages.get(id) ?? [], 'page'));
    const engine = await createSearchEngine({
      dataFolder,
      resourcesFolder: resolve('resources'),
      embedder: { id: 'bundled', kind: 'bundled' },
      onEmbedderError: (error) => {
        throw error;
      },
    });
    for (const { id } of set.documents) await engine.indexVersion({ versionId: id });
    const members = Map.groupBy(
      set.documents.filter(({ group }) => group !== null),
      ({ group }) => group as string,
    );
    const rows: EvaluationRow[] = [];
    for (const mode of modes) {
      const measured: Measures[] = [];
      const times: number[] = [];
      for (const query of set.queries) {
        const versionIds = query.group === null ? null : (members.get(query.group)?.map(({ id }) => id) ?? null);
        const started = performance.now();
        const answer = await engine.search({ query: query.text, mode, limit: passagesAsked, versionIds });
        times.push(performance.now() - started);
        const ranked = [
          ...new Set(
            answer.passages.map(({ documentId, place }) => {
              const page = pageOf(place);
              return page !== null && pages.has(documentId) ? idOfPage(documentId, page) : documentId;
            }),
          ),
        ];
        measured.push(measure(ranked, set.judgements.get(query.id) as Map<string, number>));
      }
      const mean = (name: keyof Measures): number => measured.reduce((sum, one) => sum + one[name], 0) / (measured.length || 1);
      rows.push({
        set: set.name,
        mode,
        embedder: mode === 'lexical' ? 'none' : 'bundled',
        queries: set.queries.length,
        ndcg10: mean('ndcg10'),
        recall10: mean('recall10'),
        mrr10: mean('mrr10'),
        p50_ms: percentile(times, 0.5),
        p95_ms: percentile(times, 0.95),
      });
    }
    await engine.close();
    return rows;
  } finally {
    library.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const printTable = (rows: readonly EvaluationRow[]): void => {
  const cells = (row: EvaluationRow): string[] => [
    row.set,
    row.mode,
    row.embedder,
    String(row.queries),
    ...[row.ndcg10, row.recall10, row.mrr10].map((value) => value.toFixed(4)),
    ...[row.p50_ms, row.p95_ms].map((value) => value.toFixed(1)),
  ];
  const head = ['set', 'mode', 'embedder', 'queries', 'NDCG@10', 'Recall@10', 'MRR@10', 'p50 ms', 'p95 ms'];
  const table = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...table.map((line) => (line[column] as string).length)));
  for (const line of table)
    console.log(
      line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join('  '),
    );
};

const usage = `npm run eval -- --set NAME|PATH|all --mode lexical|vector|hybrid [--json FILE]
  NAME is a folder of ../shared/eval (or of $EMERGENCE_SHARED/eval), PATH any folder with corpus.jsonl, queries.jsonl, qrels.tsv;
  both options may be given several times.`;

/** The command line behind `npm run eval`; returns the exit code. */
export const main = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: { set: { type: 'string', multiple: true }, mode: { type: 'string', multiple: true }, json: { type: 'string' } },
  });
  const modes = (values.mode ?? ['hybrid']) as SearchMode[];
  if (!values.set?.length || modes.some((mode) => !searchModes.includes(mode))) {
    console.error(usage);
    return 2;
  }
  const shared = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'eval');
  const folders = values.set
    .flatMap((name) => (name === 'all' ? textSets : [name]))
    .map((name) => (existsSync(join(name, 'corpus.jsonl')) ? name : join(shared, name)));
  const absent = folders.filter((folder) => !existsSync(join(folder, 'corpus.jsonl')));
  if (absent.length) {
    console.error(`No corpus.jsonl in ${absent.join(', ')}`);
    return 2;
  }
  const rows: EvaluationRow[] = [];
  for (const folder of folders) {
    const set = readEvaluationSet(folder);
    const found = await evaluateSet(set, modes);
    rows.push(...found);
    for (const row of found) console.error(`${row.set} ${row.mode}: ${row.ndcg10.toFixed(4)}`);
  }
  if (folders.length > 1)
    for (const mode of modes) {
      const of = rows.filter((row) => row.mode === mode);
      const mean = (name: 'ndcg10' | 'recall10' | 'mrr10' | 'p50_ms' | 'p95_ms'): number =>
        of.reduce((sum, row) => sum + row[name], 0) / of.length;
      console.error(
        `mean ${mode}: NDCG@10 ${mean('ndcg10').toFixed(4)}, Recall@10 ${mean('recall10').toFixed(4)}, MRR@10 ${mean('mrr10').toFixed(4)}`,
      );
    }
  printTable(rows);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  return 0;
};
