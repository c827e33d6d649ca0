import { resolve } from 'node:path';
import { createRecall } from '@main/memory/recall/recall';
import type { RecallAnswer, RecallQuery } from '@main/processes/search/api';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import type { ReadableDb } from '@main/store/database';

const zone = 'UTC';

/** The recall service over the engine that searches a data folder; `heard` gets each answer of the engine. */
export const openRecall = async (dataFolder: string, db: ReadableDb, heard: (answer: RecallAnswer) => void = () => {}) => {
  const engine = await createSearchEngine({ dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'none', kind: 'none' } });
  const call = async (_: string, query: RecallQuery): Promise<RecallAnswer> => {
    const answer = await engine.recall(query);
    heard(answer);
    return answer;
  };
  const { recall } = createRecall({
    db,
    search: { call } as unknown as Parameters<typeof createRecall>[0]['search'],
    agents: { list: () => [] },
    telemetry: { increment: () => {}, log: console },
    perAgent: () => false,
    zone: () => zone,
    waitMs: 60_000,
  });
  return { recall, close: () => engine.close() };
};
