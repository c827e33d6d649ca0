import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchConversations } from '@main/store/conversationSearch';
import { listConversations } from '@main/store/conversations';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { percentile } from '../quality/metrics';
import { keyReads } from './baselines';
import { type Figure, figure } from './figures';
import { createWriter } from './searchBench';

const conversations = 10_000;
const messagesEach = 20;

/** The list and the search over 10,000 conversations with 200,000 messages. */
export const benchConversations = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const { db, close } = openStore({ dataFolder });
  try {
    const { sentence } = createWriter('resources');
    const ids = fill(db, sentence);
    const list: number[] = [];
    const pages: number[] = [];
    const search: number[] = [];
    const words = Array.from({ length: 60 }, (_, index) =>
      sentence(8)
        .split(' ')
        .filter((word) => word.length > 4)
        .slice(0, 1 + (index % 2))
        .join(' '),
    );
    for (const query of words) {
      list.push(timed(() => listConversations(db, { kind: 'chat', archived: false, cursor: null, limit: 50 })));
      pages.push(timed(() => everyPage(db, 10)));
      search.push(timed(() => searchConversations(db, query, 30)));
    }
    const baseline = keyReads(db, 'conversations', ids.slice(0, 2_000));
    const part = 'conversations';
    const label = '10,000 conversations';
    return [
      figure(part, `list, first page, p50, ${label}`, 'ms', percentile(list, 0.5), baseline),
      figure(part, `list, first page, p95, ${label}`, 'ms', percentile(list, 0.95), baseline),
      figure(part, `list, ten pages, p95, ${label}`, 'ms', percentile(pages, 0.95), baseline),
      figure(part, 'search, p50, 200,000 messages', 'ms', percentile(search, 0.5), baseline),
      figure(part, 'search, p95, 200,000 messages', 'ms', percentile(search, 0.95), baseline),
    ];
  } finally {
    close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const timed = (action: () => unknown): number => {
  const started = performance.now();
  action();
  return performance.now() - started;
};

const everyPage = (db: ReturnType<typeof openStore>['db'], pages: number): void => {
  let cursor: string | null = null;
  for (let page = 0; page < pages; page += 1)
    cursor = listConversations(db, { kind: 'chat', archived: false, cursor, limit: 50 }).nextCursor;
};

const fill = (db: ReturnType<typeof openStore>['db'], sentence: (length: number) => string): string[] => {
  const ids: string[] = [];
  const conversation = db.prepare(
    `INSERT INTO conversations (id, kind, title, settings, active_leaf, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?, ?, ?)`,
  );
  const message = db.prepare(
    `INSERT INTO messages (id, conversation_id, parent_id, role, state, text, at, tz_offset) VALUES (?, ?, ?, ?, 'complete', ?, ?, 0)`,
  );
  const settings = JSON.stringify(defaultConversationSettings);
  db.transaction(() => {
    for (let index = 0; index < conversations; index += 1) {
      const id = newId();
      const messageIds = Array.from({ length: messagesEach }, newId);
      const at = 1_700_000_000_000 + index * 60_000;
      conversation.run(id, sentence(5), settings, messageIds.at(-1), at, at);
      for (const [turn, messageId] of messageIds.entries())
        message.run(messageId, id, messageIds[turn - 1] ?? null, turn % 2 ? 'assistant' : 'user', sentence(turn % 2 ? 60 : 12), at + turn);
      ids.push(id);
    }
  })();
  return ids;
};
