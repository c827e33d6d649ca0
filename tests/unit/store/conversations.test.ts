import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BranchPlace, branchPage, branchSteps, branchStepsSql } from '@main/store/branches';
import { citationsSql, replaceCitations } from '@main/store/citations';
import { messageSearchSql, searchConversations, titleSearchSql, toMatchExpression } from '@main/store/conversationSearch';
import {
  archivedListSql,
  deletedListSql,
  findConversation,
  insertConversation,
  listConversations,
  liveListSql,
  renameConversation,
  setActiveLeaf,
  setArchivedAt,
  setAutomaticTitle,
  setDeletedAt,
  setPinned,
  touchConversation,
} from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { findDraft, saveDraft } from '@main/store/drafts';
import { findInBranch, findInBranchSql } from '@main/store/findInBranch';
import {
  branchEndingAt,
  branchSql,
  findMessage,
  finishMessage,
  insertMessage,
  interruptStreamingMessage,
  leafBelow,
  reopenMessage,
  rootSiblingsSql,
  savePartial,
  siblingsSql,
} from '@main/store/messages';
import { openStore, type Store } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passage } from '../chat/harness';

let folder: string;
let store: Store;
let db: WritableDb;

const conversation = (id = newId(), now = 1): string => {
  insertConversation(db, { id, kind: 'chat', settings: defaultConversationSettings, now });
  return id;
};
const message = (
  conversationId: string,
  parentId: string | null,
  text: string,
  role: 'user' | 'assistant' = 'user',
  state: 'complete' | 'streaming' = 'complete',
): string => {
  const id = newId();
  insertMessage(db, { id, conversationId, parentId, turnId: null, role, speaker: null, state, text, at: 1 });
  return id;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-store-'));
  store = openStore({ dataFolder: folder });
  db = store.db;
  // Enough rows that a plan without an index would be chosen if it were possible.
  db.transaction(() => {
    for (let index = 0; index < 300; index += 1) {
      const id = conversation(newId(), index);
      let parent: string | null = null;
      for (let turn = 0; turn < 10; turn += 1) parent = message(id, parent, `filler ${index} ${turn}`, turn % 2 ? 'assistant' : 'user');
      if (parent) setActiveLeaf(db, id, parent);
      if (index % 10 === 0) setArchivedAt(db, id, index);
    }
  })();
  db.exec('ANALYZE');
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('query plans', () => {
  it.each([
    ['the list of conversations', liveListSql, ['chat', 2, 1, 'x', 50]],
    ['the archive', archivedListSql, ['chat', 1, 'x', 50]],
    ['the bin', deletedListSql, [1, 1, 50]],
    ['the active branch', branchSql, ['x', 50]],
    ['the steps of a branch', branchStepsSql, ['x']],
    ['find in a branch', findInBranchSql, ['"x"*', 1, 9]],
    ['versions of a message', siblingsSql, ['x']],
    ['versions of a first question', rootSiblingsSql, ['x']],
    ['citations', citationsSql, ['["x"]']],
    ['search in titles', titleSearchSql, ['"x"*', 30]],
    ['search in messages', messageSearchSql, ['"x"*', 90]],
  ])('%s never scans a table or sorts', (_, sql, values) => {
    const plan = (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail);
    const scans = plan.filter((line) => /^SCAN/.test(line) && !/VIRTUAL TABLE|CONSTANT ROW|^SCAN branch\b/.test(line));
    expect(scans).toEqual([]);
    if (/LIMIT|BETWEEN/.test(sql)) expect(plan.filter((line) => /TEMP B-TREE/.test(line))).toEqual([]);
  });
});

describe('conversations', () => {
  it('are listed pinned first, then the latest, in pages without a gap', () => {
    const last = conversation(newId(), 5);
    setPinned(db, last, true);
    const all = listConversations(db, { kind: undefined, archived: false, cursor: null, limit: 1_000 }).items;
    expect(all[0]?.id).toBe(last);
    expect(all).toHaveLength(271);
    expect(all.slice(1).map(({ updatedAt }) => updatedAt)).toEqual(
      all
        .slice(1)
        .map(({ updatedAt }) => updatedAt)
        .sort((a, b) => b - a),
    );
    const paged: string[] = [];
    for (let cursor: string | null = null, more = true; more; ) {
      const page = listConversations(db, { kind: 'chat', archived: false, cursor, limit: 37 });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      more = cursor !== null;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    const archived = listConversations(db, { kind: undefined, archived: true, cursor: null, limit: 20 });
    expect(archived.items).toHaveLength(20);
    expect(listConversations(db, { kind: undefined, archived: true, cursor: archived.nextCursor, limit: 20 }).items).toHaveLength(10);
  });

  it("keep the person's title, and leave the lists when deleted", () => {
    const id = conversation();
    expect(insertConversation(db, { id, kind: 'chat', settings: defaultConversationSettings, now: 9 })).toBe(false);
    expect(setAutomaticTitle(db, id, 'Made')).toBe(true);
    renameConversation(db, id, 'Mine');
    expect(setAutomaticTitle(db, id, 'Made again')).toBe(false);
    expect(findConversation(db, id)).toMatchObject({ title: 'Mine', titleOrigin: 'person', createdAt: 1 });
    touchConversation(db, id, 1_000_000);
    setDeletedAt(db, id, 7);
    expect(listConversations(db, { kind: 'chat', archived: false, cursor: null, limit: 5 }).items.map((item) => item.id)).not.toContain(id);
  });
});

describe('the tree', () => {
  it('is read from the leaf up, in pages', () => {
    const id = conversation();
    const first = message(id, null, 'one');
    const answer = message(id, first, 'two', 'assistant');
    const other = message(id, first, 'other two', 'assistant');
    const last = message(id, answer, 'three');
    expect(branchEndingAt(db, last, 2)).toMatchObject({
      hasMore: true,
      items: [{ text: 'two', siblings: [answer, other] }, { text: 'three' }],
    });
    expect(branchEndingAt(db, answer, 2)).toMatchObject({ hasMore: false, items: [{ text: 'one' }, { text: 'two' }] });
    expect([leafBelow(db, first), leafBelow(db, answer)]).toEqual([other, last]);
  });

  it('is read in pages before, after and around a message or from a position on', () => {
    const id = conversation();
    const ids: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) ids.push(message(id, ids.at(-1) ?? null, `turn ${turn}`, turn % 2 ? 'assistant' : 'user'));
    const other = message(id, ids[4] ?? null, 'another branch', 'assistant');
    const steps = branchSteps(db, ids.at(-1) ?? '');
    expect(steps.map(([, step]) => step)).toEqual(ids);
    const page = (place: BranchPlace, limit = 4) => {
      const found = branchPage(db, steps, place, limit);
      return found && { ...found, items: found.items.map(({ id: item }) => ids.indexOf(item)) };
    };
    const of10 = (items: number[]) => ({
      items,
      hasMore: items[0] !== 0,
      hasNewer: items.at(-1) !== 9,
      start: items[0],
      total: 10,
    });
    expect(page({})).toEqual(of10([6, 7, 8, 9]));
    expect(page({ before: ids[6] })).toEqual(of10([2, 3, 4, 5]));
    expect(page({ before: ids[2] })).toEqual(of10([0, 1]));
    expect(page({ after: null })).toEqual(of10([0, 1, 2, 3]));
    expect(page({ after: ids[3] })).toEqual(of10([4, 5, 6, 7]));
    expect(page({ after: ids[7] })).toEqual(of10([8, 9]));
    expect(page({ around: ids[5] })).toEqual(of10([3, 4, 5, 6]));
    expect(page({ around: ids[0] })).toEqual(of10([0, 1, 2, 3]));
    expect(page({ around: ids[9] })).toEqual(of10([6, 7, 8, 9]));
    expect(page({ around: ids[5] }, 200)).toEqual(of10([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect(page({ before: ids[0] })).toEqual({ items: [], hasMore: false, hasNewer: true, start: 0, total: 10 });
    expect(page({ after: ids[9] })).toEqual({ items: [], hasMore: true, hasNewer: false, start: 10, total: 10 });
    expect(page({ from: 0 })).toEqual(of10([0, 1, 2, 3]));
    expect(page({ from: 7 })).toEqual(of10([7, 8, 9]));
    expect(page({ from: 40 })).toEqual({ items: [], hasMore: true, hasNewer: false, start: 10, total: 10 });
    expect([page({ around: other }), page({ after: other }), page({ before: other })]).toEqual([null, null, null]);
  });

  it('ends where a damaged file has parents in a circle', () => {
    const id = conversation();
    const first = message(id, null, 'round');
    const second = message(id, first, 'and round', 'assistant');
    db.prepare('UPDATE messages SET parent_id = ? WHERE id = ?').run(second, first);
    expect(branchSteps(db, second).map(([, step]) => step)).toEqual([first, second]);
  });

  it('marks citations as current or not', () => {
    const id = conversation();
    const answer = message(id, null, 'See [1]', 'assistant');
    const [documentId, versionId] = [newId(), newId()];
    db.exec(
      `INSERT INTO documents(id, title, source, current_version, created_at, updated_at) VALUES ('${documentId}', 'T', 's', '${versionId}', 1, 1)`,
    );
    replaceCitations(db, answer, [
      { source: { ...passage({ text: 'quote', versionId, documentId }), marker: 1 }, at: { start: 4, end: 7 } },
    ]);
    expect(findMessage(db, answer)?.citations).toMatchObject([{ marker: 1, quote: 'quote', current: true }]);
    db.exec(`UPDATE documents SET current_version = 'new' WHERE id = '${documentId}'`);
    expect(findMessage(db, answer)?.citations).toMatchObject([{ marker: 1, current: false }]);
  });
});

describe('search', () => {
  it.each(['"', "'", '*', '^', 'a AND', 'NEAR(', 'title:x', '-', '(', '"unclosed', 'a OR b', '\0', 'col : x', '😀', ''])(
    'takes %j for words',
    (typed) => {
      expect(() => searchConversations(db, typed, 10)).not.toThrow();
    },
  );

  it('finds words without accents and case, the last by its beginning, and marks them', () => {
    const id = conversation();
    setAutomaticTitle(db, id, 'Élévation du niveau');
    const found = message(id, null, 'La température de l’ébullition dépend de l’altitude du lieu.');
    expect(toMatchExpression(' Ebullition,  ALTI')).toBe('"Ebullition" "ALTI"*');
    const [hit] = searchConversations(db, 'ebullition ALTI', 10);
    expect(hit).toMatchObject({ messageId: found, conversation: { id } });
    expect(hit?.matches.map(([from, to]) => hit.snippet.slice(from, to))).toEqual(['ébullition', 'altitude']);
    expect(searchConversations(db, 'elevation niv', 10)).toMatchObject([
      { messageId: null, conversation: { id }, snippet: 'Élévation du niveau' },
    ]);
    setDeletedAt(db, id, 1);
    expect(searchConversations(db, 'ebullition', 10)).toEqual([]);
  });

  it('finds words in one branch only, in its order and with every place', () => {
    const id = conversation();
    const first = message(id, null, 'The Éléphant walks. An elephant, the elephants!');
    const aside = message(id, first, 'elephant in another branch', 'assistant');
    const answer = message(id, first, 'Nothing here', 'assistant');
    message(conversation(), null, 'elephant of another conversation');
    const last = message(id, answer, 'walks an ELEPHANT and a walk');
    const steps = branchSteps(db, last);
    const find = (query: string) => {
      const { matches, count, more } = findInBranch(db, steps, query);
      expect(count).toBe(matches.reduce((sum, { ranges }) => sum + ranges.length, 0));
      expect(more).toBe(false);
      return matches.map(({ messageId, position, ranges }) => [
        messageId,
        position,
        ranges.map(([from, to]) => (messageId === first ? textOf(first) : textOf(last)).slice(from, to)),
      ]);
    };
    const textOf = (messageId: string): string => findMessage(db, messageId)?.text ?? '';
    expect(find('elephan')).toEqual([
      [first, 0, ['Éléphant', 'elephant', 'elephants']],
      [last, 2, ['ELEPHANT']],
    ]);
    expect(find('an elep')).toEqual([
      [first, 0, ['An elephant']],
      [last, 2, ['an ELEPHANT']],
    ]);
    expect(find('elephant an')).toEqual([[last, 2, ['ELEPHANT and']]]);
    expect(findInBranch(db, branchSteps(db, aside), 'elephant').matches.map(({ position }) => position)).toEqual([0, 1]);
    expect([find('zebra'), find(' ?'), find('"')]).toEqual([[], [], []]);
    expect(findInBranch(db, [], 'elephant').matches).toEqual([]);
  });

  it('reports further matches beyond those listed', () => {
    const id = conversation();
    let leaf: string | null = null;
    db.transaction(() => {
      for (let turn = 0; turn < 1_001; turn += 1) leaf = message(id, leaf, `okapi ${turn}`);
    })();
    const found = findInBranch(db, branchSteps(db, leaf ?? ''), 'okapi');
    expect([found.matches.length, found.count, found.more]).toEqual([1_000, 1_000, true]);
    expect(found.matches.at(-1)?.position).toBe(999);
  });

  it('finds an answer when it has ended, under its last words only', () => {
    const id = conversation();
    const answer = message(id, null, '', 'assistant', 'streaming');
    savePartial(db, answer, 'zebra', null);
    expect(searchConversations(db, 'zebra', 10)).toEqual([]);
    finishMessage(db, answer, { state: 'stopped', text: 'zebra crossing', error: null, info: null, thinking: null });
    expect(searchConversations(db, 'zebra', 10)).toHaveLength(1);
    reopenMessage(db, answer, newId());
    finishMessage(db, answer, { state: 'complete', text: 'giraffe', error: null, info: null, thinking: null });
    expect(searchConversations(db, 'zebra', 10)).toEqual([]);
    expect(searchConversations(db, 'giraffe', 10)).toHaveLength(1);
    expect(() => db.exec("INSERT INTO message_fts(message_fts, rank) VALUES ('integrity-check', 1)")).not.toThrow();
  });
});

it('leaves a continued message open when the turn that a crash left is closed', () => {
  const answer = message(conversation(), null, '', 'assistant', 'streaming');
  const [leftOpen, next] = [newId(), newId()];
  reopenMessage(db, answer, leftOpen);
  reopenMessage(db, answer, next);
  interruptStreamingMessage(db, answer, leftOpen);
  expect(findMessage(db, answer)?.state).toBe('streaming');
  interruptStreamingMessage(db, answer, next);
  expect(findMessage(db, answer)?.state).toBe('interrupted');
});

describe('drafts', () => {
  it('are kept by key until they are emptied', () => {
    saveDraft(db, 'new', 'half a thought', 1);
    saveDraft(db, 'new', 'a thought', 2);
    expect(findDraft(db, 'new')).toBe('a thought');
    saveDraft(db, 'new', '', 3);
    expect(db.prepare("SELECT count(*) AS n FROM drafts WHERE key = 'new'").get()).toEqual({ n: 0 });
    expect(findDraft(db, 'new')).toBe('');
  });
});

describe('a copy made by VACUUM INTO', () => {
  it('still finds titles and messages: full text uses keys that a vacuum keeps', async () => {
    const gone = conversation();
    const id = conversation();
    setAutomaticTitle(db, id, 'Unmistakable');
    message(id, null, 'irreplaceable words');
    db.prepare('DELETE FROM conversations WHERE id = ?').run(gone);
    db.prepare('VACUUM INTO ?').run(join(folder, 'copy.db'));
    const { default: Database } = await import('better-sqlite3');
    const copy = new Database(join(folder, 'copy.db'));
    expect(searchConversations(copy, 'unmistakable', 5)).toMatchObject([{ conversation: { id } }]);
    expect(searchConversations(copy, 'irreplaceable', 5)).toMatchObject([{ conversation: { id } }]);
    copy.close();
  });
});
