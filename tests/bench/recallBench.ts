import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRecall } from '@main/memory/recall/recall';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { RecallAnswer, RecallQuery, SearchApi, SearchInit } from '@main/processes/search/api';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { percentile } from '../quality/metrics';
import { buildHelper } from '../support/buildHelper';
import { type Figure, figure } from './figures';
import { createWriter, machineBaseline } from './searchBench';

const conversations = 1_250;
const messagesEach = 20;
const items = 25_000;
const questions = 200;
const start = Date.UTC(2025, 0, 1);

type Call = (query: RecallQuery) => Promise<RecallAnswer>;
type Store = ReturnType<typeof openStore>['db'];

/** Asks through the recall service, each time with a change of the database in between, as in a turn. Milliseconds. */
const askAll = async (db: Store, call: Call, sentence: (length: number) => string) => {
  const stages = new Map<string, number[]>();
  const noting = async (_: string, query: RecallQuery): Promise<RecallAnswer> => {
    const answer = await call(query);
    for (const [stage, ms] of Object.entries(answer.stages)) stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    return answer;
  };
  const { recall } = createRecall({
    db,
    search: { call: noting } as unknown as Parameters<typeof createRecall>[0]['search'],
    agents: { list: () => [] },
    telemetry: { increment: () => {}, log: console },
    perAgent: () => false,
    zone: () => 'Europe/Paris',
    waitMs: 60_000,
  });
  const ask = async (): Promise<number> => {
    const started = performance.now();
    await recall({ text: `Did I mention ${sentence(10)}?`, conversationId: null, agentId: null, now: start + 400 * 86_400_000 });
    return performance.now() - started;
  };
  const first = await ask();
  for (let index = 0; index < 20; index += 1) await ask();
  stages.clear();
  const times: number[] = [];
  const worked: number[] = [];
  const baselines: number[] = [];
  const touch = db.prepare('UPDATE conversations SET updated_at = updated_at + 1 WHERE n = 1');
  for (let index = 0; index < questions; index += 1) {
    touch.run();
    const spent = process.cpuUsage();
    times.push(await ask());
    const { user, system } = process.cpuUsage(spent);
    worked.push((user + system) / 1_000);
    if (index % 20 === 0) baselines.push(machineBaseline());
  }
  return { first, times, worked, stages, baseline: { what: 'CPU loop', unit: 'ms', value: percentile(baselines, 0.5) } };
};

/** Asks in this process, where the growth in memory and the processor time of all can be seen. */
const askHere = async (db: Store, init: SearchInit, sentence: (length: number) => string) => {
  const engine = await createSearchEngine(init);
  try {
    const before = process.memoryUsage.rss();
    await engine.prepareRecall();
    const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
    return { grown, ...(await askAll(db, (query) => engine.recall(query), sentence)) };
  } finally {
    await engine.close();
  }
};

/** Asks the search process, as the program does: what is sent between the processes counts too. */
const askProcess = async (db: Store, init: SearchInit, sentence: (length: number) => string) => {
  const modulePath = await buildHelper('src/main/processes/search/searchProcess.ts', 'bench-search-process');
  const helper = createHelper<SearchApi>({
    name: 'search',
    log: { debug: () => {}, info: () => {}, warn: console.warn, error: console.error },
    launch: () => forkLauncher(modulePath, { name: 'search' }),
    init: () => init,
  });
  try {
    return await askAll(db, (query) => helper.call('recall', query), sentence);
  } finally {
    helper.stop();
  }
};

/** Recall over 25,000 messages and as many memory items. */
export const benchRecall = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const { db, close } = openStore({ dataFolder });
  const { sentence } = createWriter('resources');
  fill(db, sentence);
  const init: SearchInit = { dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'none', kind: 'none' } };
  try {
    const here = await askHere(db, init, sentence);
    const there = await askProcess(db, init, sentence);
    const label = '25,000 messages and 25,000 items';
    const { baseline } = here;
    return [
      figure('recall', `first question, ${label}`, 'ms', there.first, baseline),
      figure('recall', `growth of the process, ${label}`, 'MB', here.grown, baseline),
      figure('recall', `p50, ${label}`, 'ms', percentile(here.times, 0.5), baseline),
      figure('recall', `p95, ${label}`, 'ms', percentile(here.times, 0.95), baseline),
      figure('recall', `p95 of processor time, ${label}`, 'ms', percentile(here.worked, 0.95), baseline),
      ...[...here.stages].map(([stage, spent]) => figure('recall', `${stage} p95, ${label}`, 'ms', percentile(spent, 0.95), baseline)),
      figure('recall', `p50 from its process, ${label}`, 'ms', percentile(there.times, 0.5), there.baseline),
      figure('recall', `p95 from its process, ${label}`, 'ms', percentile(there.times, 0.95), there.baseline),
    ];
  } finally {
    close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const fill = (db: Store, sentence: (length: number) => string): void => {
  const conversation = db.prepare(`INSERT INTO conversations (id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?)`);
  const message = db.prepare(
    `INSERT INTO messages (id, conversation_id, role, state, text, at, tz_offset) VALUES (?, ?, ?, 'complete', ?, ?, 0)`,
  );
  const item = db.prepare(
    `INSERT INTO memory_items (id, kind, text, normal, subject, subject_key, attribute, value, learned_at, origin, confidence, confirmed,
       protected, muted, vitality, vitality_at, uses, mentions, first_mention_at, last_mention_at, revision, created_at, updated_at)
     VALUES (?, 'fact', ?, '', 'me', 'me', '', '', @at, 'rule', 1, 0, 0, 0, 1, @at, 0, 1, @at, @at, 1, @at, @at)`,
  );
  const settings = JSON.stringify(defaultConversationSettings);
  db.transaction(() => {
    for (let index = 0; index < conversations; index += 1) {
      const id = newId();
      const at = start + index * 3_600_000;
      conversation.run(id, settings, at, at);
      for (let turn = 0; turn < messagesEach; turn += 1)
        message.run(newId(), id, turn % 2 ? 'assistant' : 'user', sentence(turn % 2 ? 60 : 12), at + turn);
    }
    for (let index = 0; index < items; index += 1) item.run(newId(), sentence(12), { at: start + index });
  })();
};
