import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rerankCandidates, rerankLimitMs } from '@main/knowledge/reranking/rerank';
import { chunkText } from '@main/processes/ingest/chunkText';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { pageOf, type SearchMode, searchModes } from '@shared/model';
import { type EvaluationSet, idOfPage, readEvaluationSet } from './evaluationSet';
import { createLibraryFixture } from './libraryFixture';
import { type Measures, measure, percentile } from './metrics';
import { createPassageReader, type PassageReader } from './passageReader';
import { type EvaluatedReranker, openReranker } from './rerankers';

/** The models that take part: the static one, the second one without it, or both. */
const embedders = ['static', 'e5', 'both'] as const;
type EmbedderName = (typeof embedders)[number];

export interface EvaluationRow extends Measures {
  set: string;
  mode: SearchMode;
  embedder: EmbedderName | 'none';
  /** The share of the passages that the second model had read, 0..1. */
  read: number;
  queries: number;
  p50_ms: number;
  p95_ms: number;
  /** With `--rerank`: the time of the reranker, which is awaited, and the share of questions that the program would not wait for. */
  rerank?: { p50_ms: number; p95_ms: number; late: number };
}

/** The text sets with judgements for which the targets are stated. */
const textSets = ['scifact', 'fquad', 'cnil_faq', 'code_civil', 'ohada', 'react_fr_en', 'cranfield', 'medlars', 'qmsum', 'checkthat20'];
/** Passages requested for a question: enough that ten documents remain when several passages come from one. */
const passagesAsked = 30;

/** Runs one set through the real engine: a library is written, indexed and searched. */
export const evaluateSet = async (
  set: EvaluationSet,
  modes: readonly SearchMode[],
  embedder: EmbedderName = 'static',
  shares: readonly number[] = [1],
  reader: PassageReader | null = null,
  reranker: EvaluatedReranker | null = null,
): Promise<EvaluationRow[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-eval-'));
  const library = createLibraryFixture(dataFolder);
  try {
    const pages = new Map(set.documents.filter((document) => document.pages.length > 0).map((document) => [document.id, document.pages]));
    // The program's own chunker.
    library.add(set.documents, ({ id, text }) => chunkText(text, pages.get(id) ?? [], 'page'));
    const engine = await createSearchEngine({
      dataFolder,
      resourcesFolder: resolve('resources'),
      embedder: embedder === 'e5' ? { id: 'none', kind: 'none' } : { id: 'bundled', kind: 'bundled' },
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
    const versionIds = set.documents.map(({ id }) => id);
    for (const [share, mode] of shares.flatMap((share) => modes.map((mode) => [share, mode] as const))) {
      const { read, total } = (await reader?.readUpTo(engine, versionIds, share)) ?? { read: 0, total: 1 };
      const measured: Measures[] = [];
      const times: number[] = [];
      const rerankTimes: number[] = [];
      for (const query of set.queries) {
        const versionIds = query.group === null ? null : (members.get(query.group)?.map(({ id }) => id) ?? null);
        const second = mode === 'lexical' ? null : ((await reader?.question(query.text)) ?? null);
        const started = performance.now();
        const answer = await engine.search({ query: query.text, mode, limit: passagesAsked, versionIds, second });
        times.push(performance.now() - started);
        const passages = (await reranker?.inOrder(query.text, answer.passages.slice(0, rerankCandidates), rerankTimes)) ?? answer.passages;
        const ranked = [
          ...new Set(
            passages.map(({ documentId, place }) => {
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
        embedder: mode === 'lexical' ? 'none' : embedder,
        read: read / total,
        queries: set.queries.length,
        ndcg10: mean('ndcg10'),
        recall10: mean('recall10'),
        mrr10: mean('mrr10'),
        p50_ms: percentile(times, 0.5),
        p95_ms: percentile(times, 0.95),
        ...(reranker && {
          rerank: {
            p50_ms: percentile(rerankTimes, 0.5),
            p95_ms: percentile(rerankTimes, 0.95),
            late: rerankTimes.filter((ms) => ms > rerankLimitMs).length / (rerankTimes.length || 1),
          },
        }),
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
    row.read.toFixed(2),
    String(row.queries),
    ...[row.ndcg10, row.recall10, row.mrr10].map((value) => value.toFixed(4)),
    ...[row.p50_ms, row.p95_ms].map((value) => value.toFixed(1)),
    ...(row.rerank ? [row.rerank.p50_ms.toFixed(1), row.rerank.p95_ms.toFixed(1), row.rerank.late.toFixed(2)] : []),
  ];
  const head = ['set', 'mode', 'embedder', 'read', 'queries', 'NDCG@10', 'Recall@10', 'MRR@10', 'p50 ms', 'p95 ms'];
  if (rows[0]?.rerank) head.push('rerank p50 ms', 'rerank p95 ms', 'late');
  const table = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...table.map((line) => (line[column] as string).length)));
  for (const line of table)
    console.log(
      line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join('  '),
    );
};

const usage = `npm run eval -- --set NAME|PATH|all --mode lexical|vector|hybrid [--json FILE]
           [--embedder static|e5|both] [--read SHARE] [--vectors FOLDER] [--rerank FOLDER|ADDRESS [--rerank-model NAME]]
  NAME is a folder of ../shared/eval (or of $EMERGENCE_SHARED/eval), PATH any folder with corpus.jsonl, queries.jsonl, qrels.tsv;
  --set, --mode and --read may be given several times. \`e5\` ranks by words and the second model alone, \`both\` as the program does; they wait
  until the second model has read every passage, or the SHARE of them (0..1, rising), the first documents first. FOLDER keeps its
  vectors for the next run. \`--rerank\` puts the first ${rerankCandidates} passages in order by the model of a folder (as the program downloads it),
  or by a service (the address of its POST, the key in $EMERGENCE_RERANK_KEY); \`late\` is the share of questions that took it longer than ${rerankLimitMs} ms.`;

/** The command line behind `npm run eval`; returns the exit code. */
export const main = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: 'string', multiple: true },
      mode: { type: 'string', multiple: true },
      embedder: { type: 'string' },
      read: { type: 'string', multiple: true },
      vectors: { type: 'string' },
      rerank: { type: 'string' },
      'rerank-model': { type: 'string' },
      json: { type: 'string' },
    },
  });
  const modes = (values.mode ?? ['hybrid']) as SearchMode[];
  const embedder = embedders.find((name) => name === (values.embedder ?? 'static'));
  const shares = (values.read ?? ['1']).map(Number);
  const wrongShare = shares.some((share, at) => !(share >= (shares[at - 1] ?? 0) && share <= 1));
  if (!values.set?.length || !embedder || wrongShare || modes.some((mode) => !searchModes.includes(mode))) {
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
  const reader = embedder === 'static' ? null : await createPassageReader(values.vectors);
  const reranker = values.rerank ? await openReranker(values.rerank, values['rerank-model'] ?? '') : null;
  const rows: EvaluationRow[] = [];
  for (const folder of folders) {
    const set = readEvaluationSet(folder);
    const found = await evaluateSet(set, modes, embedder, shares, reader, reranker);
    rows.push(...found);
    for (const row of found) console.error(`${row.set} ${row.mode} ${row.read.toFixed(2)}: ${row.ndcg10.toFixed(4)}`);
  }
  if (folders.length > 1)
    for (const [at, mode] of shares.flatMap((_, at) => modes.map((mode) => [at, mode] as const))) {
      const of = rows.filter(
        (row, index) => row.mode === mode && Math.floor((index % (shares.length * modes.length)) / modes.length) === at,
      );
      const mean = (name: 'ndcg10' | 'recall10' | 'mrr10' | 'p50_ms' | 'p95_ms'): number =>
        of.reduce((sum, row) => sum + row[name], 0) / of.length;
      console.error(
        `mean ${mode} ${(shares[at] as number).toFixed(2)}: NDCG@10 ${mean('ndcg10').toFixed(4)}, Recall@10 ${mean('recall10').toFixed(4)}, MRR@10 ${mean('mrr10').toFixed(4)}`,
      );
    }
  await reader?.close();
  await reranker?.close();
  printTable(rows);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  return 0;
};
