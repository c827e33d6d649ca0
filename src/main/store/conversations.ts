import type { Conversation, ConversationKind, ConversationSettings } from '@shared/model';
import { conversationKinds, conversationSchema, conversationSettingsSchema, defaultConversationSettings } from '@shared/model';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import type { ReadableDb, WritableDb } from './database';
import { readFields, readRow } from './json';

interface ConversationRow {
  id: string;
  kind: ConversationKind;
  title: string;
  title_origin: Conversation['titleOrigin'];
  active_leaf: string | null;
  settings: string;
  pinned: number;
  archived_at: number | null;
  deleted_at: number | null;
  created_at: number;
  updated_at: number;
  answering: number;
}

/** Columns of a conversation; `answering` reads two partial indexes that hold only running answers. */
export const conversationColumns = `c.id, c.kind, c.title, c.title_origin, c.active_leaf, c.settings, c.pinned, c.archived_at, c.deleted_at,
  c.created_at, c.updated_at,
  (EXISTS (SELECT 1 FROM turns t INDEXED BY turns_unfinished WHERE t.state = 'running' AND t.conversation_id = c.id)
   OR EXISTS (SELECT 1 FROM debates d INDEXED BY debates_running WHERE d.state = 'running' AND d.conversation_id = c.id)) AS answering`;

/** Null for a row that cannot be read. */
export const toConversation = (row: ConversationRow): Conversation | null => {
  const entry = `conversations ${row.id}`;
  const conversation: Conversation = {
    id: row.id,
    kind: row.kind,
    title: row.title,
    titleOrigin: row.title_origin,
    activeLeaf: row.active_leaf,
    settings: readFields(conversationSettingsSchema, row.settings, defaultConversationSettings, entry) ?? defaultConversationSettings,
    pinned: row.pinned === 1,
    archivedAt: row.archived_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    answering: row.answering === 1,
  };
  return readRow(conversationSchema, conversation, entry, {
    kind: 'chat',
    titleOrigin: 'none',
    activeLeaf: null,
    archivedAt: 0,
    deletedAt: 0,
    createdAt: 0,
    updatedAt: 0,
  });
};

/** Inserts a conversation unless the id exists; true when it was new. */
export const insertConversation = (
  db: WritableDb,
  conversation: { id: string; kind: ConversationKind; settings: ConversationSettings; now: number },
): boolean =>
  db
    .prepare('INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING')
    .run(conversation.id, conversation.kind, JSON.stringify(conversation.settings), conversation.now, conversation.now).changes === 1;

export const findConversation = (db: ReadableDb, id: string): Conversation | null => {
  const row = db.prepare<[string], ConversationRow>(`SELECT ${conversationColumns} FROM conversations c WHERE c.id = ?`).get(id);
  return row ? toConversation(row) : null;
};

export interface ConversationPage {
  kind: ConversationKind | undefined;
  archived: boolean;
  cursor: string | null;
  limit: number;
}

/**
 * One page of conversations: the live ones pinned first then the latest, the archived ones by the time of archiving. The cursor is
 * the sort key of the last row, so that a page stays right while conversations are added and deleted. Throws `input.invalid` for a
 * cursor of another list.
 */
export const listConversations = (db: ReadableDb, page: ConversationPage): { items: Conversation[]; nextCursor: string | null } => {
  const kinds = page.kind ? [page.kind] : conversationKinds;
  const rows = kinds.flatMap((kind) => (page.archived ? archivedRows(db, kind, page) : liveRows(db, kind, page)));
  const key = page.archived ? archivedKey : liveKey;
  if (kinds.length > 1) rows.sort((a, b) => compareKeys(key(b), key(a)));
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items: items.flatMap((row) => toConversation(row) ?? []),
    nextCursor: last && rows.length > page.limit ? encodeCursor(key(last)) : null,
  };
};

const liveKey = (row: ConversationRow): (number | string)[] => [row.pinned, row.updated_at, row.id];
const archivedKey = (row: ConversationRow): (number | string)[] => [row.archived_at ?? 0, row.id];

const compareKeys = (a: (number | string)[], b: (number | string)[]): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index] as number | string;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
};

const liveKeySchema = z.tuple([z.number(), z.number(), z.string()]);
const archivedKeySchema = z.tuple([z.number(), z.string()]);
/** Every row of a first page compares as smaller than these. */
const beforeLive: z.infer<typeof liveKeySchema> = [2, Number.MAX_SAFE_INTEGER, ''];
const beforeArchived: z.infer<typeof archivedKeySchema> = [Number.MAX_SAFE_INTEGER, ''];

export const liveListSql = `SELECT ${conversationColumns} FROM conversations c INDEXED BY conversations_live
  WHERE c.deleted_at IS NULL AND c.archived_at IS NULL AND c.kind = ? AND (c.pinned, c.updated_at, c.id) < (?, ?, ?)
  ORDER BY c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?`;

const liveRows = (db: ReadableDb, kind: ConversationKind, page: ConversationPage): ConversationRow[] => {
  const after = page.cursor === null ? beforeLive : decodeCursor(page.cursor, liveKeySchema);
  return db.prepare<[string, number, number, string, number], ConversationRow>(liveListSql).all(kind, ...after, page.limit + 1);
};

export const archivedListSql = `SELECT ${conversationColumns} FROM conversations c INDEXED BY conversations_archived
  WHERE c.deleted_at IS NULL AND c.archived_at IS NOT NULL AND c.kind = ? AND (c.archived_at, c.id) < (?, ?)
  ORDER BY c.archived_at DESC, c.id DESC LIMIT ?`;

const archivedRows = (db: ReadableDb, kind: ConversationKind, page: ConversationPage): ConversationRow[] => {
  const after = page.cursor === null ? beforeArchived : decodeCursor(page.cursor, archivedKeySchema);
  return db.prepare<[string, number, string, number], ConversationRow>(archivedListSql).all(kind, ...after, page.limit + 1);
};

export const deletedListSql = `SELECT ${conversationColumns}, c.n FROM conversations c INDEXED BY conversations_deleted
  WHERE c.deleted_at IS NOT NULL AND (c.deleted_at, c.n) < (?, ?) ORDER BY c.deleted_at DESC, c.n DESC LIMIT ?`;
const deletedKeySchema = z.tuple([z.number(), z.number()]);
const beforeDeleted: z.infer<typeof deletedKeySchema> = [Number.MAX_SAFE_INTEGER, 0];

/** One page of the deleted conversations of every kind, the last deleted first. Throws `input.invalid` for a cursor of another list. */
export const listDeletedConversations = (
  db: ReadableDb,
  { cursor, limit }: Pick<ConversationPage, 'cursor' | 'limit'>,
): { items: Conversation[]; nextCursor: string | null } => {
  const after = cursor === null ? beforeDeleted : decodeCursor(cursor, deletedKeySchema);
  const rows = db.prepare<[number, number, number], ConversationRow & { n: number }>(deletedListSql).all(...after, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.flatMap((row) => toConversation(row) ?? []),
    nextCursor: last && rows.length > limit ? encodeCursor([last.deleted_at ?? 0, last.n]) : null,
  };
};

export const renameConversation = (db: WritableDb, id: string, title: string): void => {
  db.prepare("UPDATE conversations SET title = ?, title_origin = 'person' WHERE id = ?").run(title, id);
};

/** Sets a title made by the program, unless the person gave one. True when the title was set. */
export const setAutomaticTitle = (db: WritableDb, id: string, title: string): boolean =>
  db.prepare("UPDATE conversations SET title = ?, title_origin = 'auto' WHERE id = ? AND title_origin <> 'person'").run(title, id)
    .changes === 1;

export const setPinned = (db: WritableDb, id: string, pinned: boolean): void => {
  db.prepare('UPDATE conversations SET pinned = ? WHERE id = ?').run(pinned ? 1 : 0, id);
};

/** Archives a conversation; null brings it back. */
export const setArchivedAt = (db: WritableDb, id: string, at: number | null): void => {
  db.prepare('UPDATE conversations SET archived_at = ? WHERE id = ?').run(at, id);
};

export const setConversationSettings = (db: WritableDb, id: string, settings: ConversationSettings): void => {
  db.prepare('UPDATE conversations SET settings = ? WHERE id = ?').run(JSON.stringify(settings), id);
};

/** Makes the branch ending in `leaf` the active one. */
export const setActiveLeaf = (db: WritableDb, id: string, leaf: string): void => {
  db.prepare('UPDATE conversations SET active_leaf = ? WHERE id = ?').run(leaf, id);
};

export const touchConversation = (db: WritableDb, id: string, now: number): void => {
  db.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?').run(now, id);
};

/** Moves a conversation to the bin; null restores it. */
export const setDeletedAt = (db: WritableDb, id: string, at: number | null): void => {
  db.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ?').run(at, id);
};
