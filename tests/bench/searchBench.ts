import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createSearchEngine, type SearchEngineOptions } from '@main/processes/search/searchEngine';
import { loadStaticModel } from '@main/processes/search/staticModel';
import { createLibraryFixture } from '../quality/libraryFixture';
import { percentile } from '../quality/metrics';

/** One measured figure beside the time for a fixed piece of work in the same run. */
export interface BenchFigure {
  name: string;
  unit: string;
  value: number;
  baseline: number;
}

/** Milliseconds of a fixed piece of work (ten million multiplications and additions): the present speed of the machine. */
export const machineBaseline = (): number => {
  const values = Float32Array.from({ length: 100_000 }, (_, index) => Math.sin(index));
  const started = performance.now();
  let sum = 0;
  for (let round = 0; round < 100; round++) for (let index = 0; index < values.length; index++) sum += (values[index] as number) * round;
  const spent = performance.now() - started;
  return Number.isFinite(sum) ? spent : Number.NaN;
};

/** A small fast generator with a seed, so that every run measures the same text. */
const createRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/**
 * Writes text with the statistics of real text: words of the model's vocabulary drawn by Zipf's law, with function words between.
 */
export const createWriter = (resourcesFolder: string) => {
  const random = createRandom(1);
  const words = readFileSync(join(resourcesFolder, 'models', 'static-fr-en', 'vocab.txt'), 'utf8')
    .split('\n')
    .filter((word) => /^[a-z]{3,}$/.test(word));
  const functionWords = ['the', 'of', 'and', 'to', 'in', 'is', 'that', 'for', 'with', 'as', 'was', 'on'];
  const word = (): string => words[Math.floor(words.length ** random()) - 1] ?? (words[0] as string);
  const sentence = (length: number): string =>
    Array.from({ length }, () => (random() < 0.4 ? (functionWords[Math.floor(random() * functionWords.length)] as string) : word())).join(
      ' ',
    );
  return { sentence, passage: () => `${Array.from({ length: 8 }, () => sentence(16)).join('. ')}.` };
};

const passagesInDocument = 50;

export const benchEncoder = async (resourcesFolder = resolve('resources')): Promise<BenchFigure[]> => {
  const model = await loadStaticModel(join(resourcesFolder, 'models', 'static-fr-en'));
  const { passage } = createWriter(resourcesFolder);
  const passages = Array.from({ length: 2_000 }, passage);
  for (const text of passages) model.embed(text);
  const baseline = machineBaseline();
  const started = performance.now();
  for (const text of passages) model.embed(text);
  return [{ name: 'encoder', unit: 'passages/s', value: (passages.length / (performance.now() - started)) * 1_000, baseline }];
};

/** Writes `chunks` passages into a library, as documents of `inDocument` each; returns their ids. */
export const fillLibrary = (
  library: ReturnType<typeof createLibraryFixture>,
  { sentence, passage }: ReturnType<typeof createWriter>,
  chunks: number,
  inDocument = passagesInDocument,
): string[] => {
  const ids = Array.from({ length: Math.ceil(chunks / inDocument) }, (_, index) => `document-${index}`);
  function* written() {
    for (const id of ids) {
      const passages = Array.from({ length: inDocument }, passage);
      yield { id, title: sentence(4), text: passages.join('\n') };
    }
  }
  // A passage is a line.
  library.add(written(), ({ text }) => {
    let start = 0;
    return text.split('\n').map((line) => {
      const range = { start, end: start + line.length };
      start += line.length + 1;
      return range;
    });
  });
  return ids;
};

/** From this number of passages on the bench builds a graph over the vectors, to compare it with the exact scan. */
const graphFrom = 20_000;
const longestBuildMs = 900_000;

type Engine = Awaited<ReturnType<typeof createSearchEngine>>;

/** Waits until the engine has built what it builds in the background; returns the kind of index that answers from then on. */
const indexThatAnswers = async (engine: Engine): Promise<'exact scan' | 'HNSW graph'> => {
  const deadline = performance.now() + longestBuildMs;
  while (!engine.settled()) {
    if (performance.now() > deadline) throw new Error('The graph was not built in time.');
    await setTimeout(50);
  }
  return (await engine.status()).vectors.kind === 'hnsw' ? 'HNSW graph' : 'exact scan';
};

/** Asks the questions, and returns p50 and p95 in all and by stage, beside the median of baselines taken in between. */
const askAll = async (engine: Engine, questions: readonly string[], label: string): Promise<BenchFigure[]> => {
  const stages = new Map<string, number[]>();
  const ask = (query: string) => engine.search({ query, mode: 'hybrid', limit: 10, versionIds: null });
  for (const query of questions.slice(0, 10)) await ask(query);
  const baselines = [machineBaseline()];
  for (const [asked, query] of questions.slice(10).entries()) {
    const answer = await ask(query);
    for (const [stage, ms] of Object.entries(answer.stages)) stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    if (asked % 10 === 9) baselines.push(machineBaseline());
  }
  const baseline = percentile(baselines, 0.5);
  return [...stages].flatMap(([stage, times]) =>
    (
      [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const
    ).map(([name, share]) => ({ name: `search ${stage} ${name}, ${label}`, unit: 'ms', value: percentile(times, share), baseline })),
  );
};

/**
 * Indexes `chunks` passages and asks questions. Measures indexing in chunks a second, and search p50 and p95 in all and by stage:
 * by the exact scan, then, for many passages, by the graph. Each row says which index answered.
 */
export const benchSearch = async (chunks: number, questions = 100, resourcesFolder = resolve('resources')): Promise<BenchFigure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const library = createLibraryFixture(dataFolder);
  try {
    const { sentence, passage } = createWriter(resourcesFolder);
    const ids = fillLibrary(library, { sentence, passage }, chunks);
    const baseline = machineBaseline();
    const open = (more: Pick<SearchEngineOptions, 'exactOnly' | 'graph'>): Promise<Engine> =>
      createSearchEngine({ dataFolder, resourcesFolder, embedder: { id: 'bundled', kind: 'bundled' }, ...more });
    const engine = await open({ exactOnly: true });
    const started = performance.now();
    const spent = { embedding: 0, indexing: 0 };
    for (const versionId of ids) {
      const { embedMs, indexMs } = await engine.indexVersion({ versionId });
      spent.embedding += embedMs;
      spent.indexing += indexMs;
    }
    const total = performance.now() - started;
    const label = `${chunks} chunks`;
    const figures: BenchFigure[] = [
      { name: `index, ${label}`, unit: 'chunks/s', value: (chunks / total) * 1_000, baseline },
      ...Object.entries(spent).map(([stage, ms]) => ({
        name: `index ${stage}, ${label}`,
        unit: 'chunks/s',
        value: (chunks / ms) * 1_000,
        baseline,
      })),
    ];
    await engine.close();
    const asked = Array.from({ length: questions + 10 }, () => `${sentence(12)}?`);
    const kinds = chunks >= graphFrom ? [{ exactOnly: true }, { graph: { threshold: graphFrom } }] : [{ exactOnly: true }];
    for (const kind of kinds) {
      const reopened = await open(kind);
      figures.push(...(await askAll(reopened, asked, `${label}, ${await indexThatAnswers(reopened)}`)));
      await reopened.close();
    }
    return figures;
  } finally {
    library.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};
