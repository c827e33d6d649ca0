import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRecall } from '@main/memory/recall/recall';
import type { RecallAnswer, RecallQuery } from '@main/processes/search/api';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { percentile } from '../quality/metrics';
import { type Figure, figure } from './figures';
import { createWriter, machineBaseline } from './searchBench';

const conversations = 1_250;
const messagesEach = 20;
const items = 25_000;
const questions = 200;
const start = Date.UTC(2025, 0, 1);

/** Recall over 25,000 messages and as many memory items, each time with a change of the database in between, as in a turn. */
export const benchRecall = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const { db, close } = openStore({ dataFolder });
  const { sentence } = createWriter('resources');
  fill(db, sentence);
  const engine = await createSearchEngine({ dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'none', kind: 'none' } });
  try {
    const stages = new Map<string, number[]>();
    const call = async (_: string, query: RecallQuery): Promise<RecallAnswer> => {
      const answer = await engine.recall(query);
      for (const [stage, ms] of Object.entries(answer.stages)) stages.set(stage, [...(stages.get(stage) ?? []), ms]);
      return answer;
    };
    const { recall } = createRecall({
      db,
      search: { call } as unknown as Parameters<typeof createRecall>[0]['search'],
      agents: { list: () => [] },
      telemetry: { increment: () => {}, log: console },
      perAgent: () => false,
      zone: () => 'Europe/Paris',
    });
    const before = process.memoryUsage.rss();
    const ask = async (): Promise<number> => {
      const started = performance.now();
      await recall({ text: `Did I mention ${sentence(10)}?`, conversationId: null, agentId: null, now: start + 400 * 86_400_000 });
      return performance.now() - started;
    };
    const first = await ask();
    const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
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
    const baseline = { what: 'CPU loop', unit: 'ms', value: percentile(baselines, 0.5) };
    const label = '25,000 messages and 25,000 items';
    return [
      figure('recall', `first question, ${label}`, 'ms', first, baseline),
      figure('recall', `growth of the process, ${label}`, 'MB', grown, baseline),
      figure('recall', `p50, ${label}`, 'ms', percentile(times, 0.5), baseline),
      figure('recall', `p95, ${label}`, 'ms', percentile(times, 0.95), baseline),
      figure('recall', `p95 of processor time, ${label}`, 'ms', percentile(worked, 0.95), baseline),
      ...[...stages].map(([stage, spent]) => figure('recall', `${stage} p95, ${label}`, 'ms', percentile(spent, 0.95), baseline)),
    ];
  } finally {
    await engine.close();
    close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const fill = (db: ReturnType<typeof openStore>['db'], sentence: (length: number) => string): void => {
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
