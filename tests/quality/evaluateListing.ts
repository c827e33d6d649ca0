import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chunkText } from '@main/processes/ingest/chunkText';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { z } from 'zod';
import { readEvaluationSet } from './evaluationSet';
import { createLibraryFixture } from './libraryFixture';
import { createPassageReader } from './passageReader';

/** A subject in both languages, with documents that name it, that say it otherwise, and that are only near. */
const topicsSchema = z.array(
  z.object({ en: z.string(), fr: z.string(), words: z.array(z.string()), otherwise: z.array(z.string()), near: z.array(z.string()) }),
);
const kinds = ['words', 'otherwise', 'near'] as const;
const idOf = (topic: number, kind: (typeof kinds)[number], index: number): string => `made/${topic}/${kind}/${index}`;

const usage = `npm run eval:listing [-- --set NAME] [--vectors FOLDER] [--words]
  Lists the documents about each subject of tests/quality/listing in a library of these documents and those of a set of ../shared/eval.
  --words lists by words alone. Even subjects chose the threshold, odd ones did not.`;

/** The command line behind `npm run eval:listing`; returns the exit code. */
export const main = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: { set: { type: 'string' }, vectors: { type: 'string' }, words: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const topics = topicsSchema.parse(JSON.parse(readFileSync('tests/quality/listing/topics.json', 'utf8')));
  const documents = topics.flatMap((topic, at) =>
    kinds.flatMap((kind) => topic[kind].map((text, index) => ({ id: idOf(at, kind, index), title: '', text }))),
  );
  if (values.set) {
    const folder = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'eval', values.set);
    documents.push(...readEvaluationSet(folder).documents.map(({ id, title, text }) => ({ id: `set/${id}`, title, text })));
  }
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-eval-'));
  const library = createLibraryFixture(dataFolder);
  const reader = values.words ? null : await createPassageReader(values.vectors);
  try {
    library.add(documents, ({ text }) => chunkText(text, [], 'page'));
    const ids = documents.map(({ id }) => id);
    const engine = await createSearchEngine({
      dataFolder,
      resourcesFolder: resolve('resources'),
      embedder: { id: 'bundled', kind: 'bundled' },
    });
    for (const versionId of ids) await engine.indexVersion({ versionId });
    await reader?.readUpTo(engine, ids, 1);
    for (const [half, name] of ['even subjects', 'odd subjects'].entries()) {
      let [listed, right, all] = [0, 0, 0];
      for (const [at, topic] of topics.entries()) {
        if (at % 2 !== half) continue;
        const wanted = new Set(kinds.slice(0, 2).flatMap((kind) => topic[kind].map((_, index) => idOf(at, kind, index))));
        for (const text of [topic.en, topic.fr]) {
          const second = (await reader?.question(text)) ?? null;
          const { passages } = await engine.holding({ text, second, offset: 0, limit: ids.length, versionIds: null });
          listed += passages.length;
          right += passages.filter(({ documentId }) => wanted.has(documentId)).length;
          all += wanted.size;
        }
      }
      console.log(
        `${name}: ${listed} listed, precision ${(right / (listed || 1)).toFixed(2)}, recall ${(right / all).toFixed(2)} of ${all}`,
      );
    }
    await engine.close();
    return 0;
  } finally {
    await reader?.close();
    library.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};
