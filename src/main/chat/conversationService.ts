import { type BranchPage, type BranchPlace, type BranchStep, branchPage, branchSteps, emptyPage } from '@main/store/branches';
import type { ChangeBus } from '@main/store/changes';
import { scoresOfCitation } from '@main/store/citations';
import { type ConversationHit, searchConversations } from '@main/store/conversationSearch';
import {
  type ConversationPage,
  findConversation,
  insertConversation,
  listConversations,
  listDeletedConversations,
  renameConversation,
  setActiveLeaf,
  setArchivedAt,
  setConversationSettings,
  setDeletedAt,
  setPinned,
} from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { isCurrentVersion } from '@main/store/documentVersions';
import { findDraft, saveDraft } from '@main/store/drafts';
import { emptyLog } from '@main/store/emptyLog';
import { findInBranch } from '@main/store/findInBranch';
import { forgetConversation, secureDeletes } from '@main/store/forget';
import { findMessage, hasMessage, leafBelow, newestMessage } from '@main/store/messages';
import { keptSources } from '@main/turns/findSources';
import {
  type Conversation,
  type ConversationSettings,
  defaultConversationSettings,
  EmergenceError,
  type Message,
  type Source,
} from '@shared/model';
import { joinDraft, splitDraft, withEarly } from '@shared/text/draftParts';
import type { ExportedFile } from './exportConversation';

interface ConversationPatch {
  id: string;
  title?: string | undefined;
  pinned?: boolean | undefined;
  archived?: boolean | undefined;
  settings?: Partial<ConversationSettings> | undefined;
}

export interface Conversations {
  list(page: ConversationPage): { items: Conversation[]; nextCursor: string | null };
  get(id: string): Conversation;
  create(input: { id: string; settings?: Partial<ConversationSettings> | undefined }): Conversation;
  /** A page of the active branch. Throws `not_found` where the branch lacks the message that the place names. */
  messages(input: BranchPlace & { conversationId: string; limit: number }): BranchPage;
  /** Finds words in the active branch. */
  find(input: { conversationId: string; query: string }): ReturnType<typeof findInBranch>;
  /** The parts of the score of a source of an answer; empty where none are kept. */
  scores(messageId: string, marker: number): Record<string, number>;
  /** The kept passages of an answer, without the forgotten ones; none where no passage is kept. */
  passages(messageId: string): (Source & { current: boolean })[];
  update(patch: ConversationPatch): Conversation;
  /** Moves a conversation to the bin and stops its turns or debate. */
  remove(id: string): Promise<void>;
  restore(id: string): Conversation;
  /** The conversations in the bin, of every kind, the last deleted first. */
  deleted(page: { cursor: string | null; limit: number }): { items: Conversation[]; nextCursor: string | null };
  /** Deletes for good. Returns the time until which backups keep it; null when there are none. */
  forget(id: string): Promise<{ backupsUntil: number | null }>;
  search(query: string, limit: number): ConversationHit[];
  selectBranch(conversationId: string, messageId: string): Conversation;
  export(id: string, format: 'markdown' | 'json'): Promise<ExportedFile>;
  draft(key: string): string;
  /** Stores a draft; `isBelow` appends it to the stored one. */
  saveDraft(key: string, text: string, isBelow?: boolean): void;
}

export const createConversations = ({
  db,
  changes,
  nameOf,
  stopConversation,
  isAnswering,
  backupsUntil,
  now,
}: {
  db: WritableDb;
  changes: ChangeBus;
  /** The name of an agent. */
  nameOf: (agentId: string) => string;
  /** Stops the turns and the debate of a conversation and resolves when they have ended. */
  stopConversation: (conversationId: string) => Promise<void>;
  /** True while a turn or a debate of the conversation runs in this program. */
  isAnswering: (conversationId: string) => boolean;
  /** Notes that something is forgotten; returns when the last backup that exists now will be dropped, null without backups. */
  backupsUntil: () => number | null;
  now: () => number;
}): Conversations => {
  /** Conversations forgotten in this run. */
  const forgotten = new Set<string>();
  // Set before the first row is written, so that `forget` leaves nothing behind.
  secureDeletes(db);

  /** A turn that has ended but could not be saved yet (a full disk) still runs according to the store, but is over. */
  const asItIs = (conversation: Conversation): Conversation => ({
    ...conversation,
    answering: conversation.answering && isAnswering(conversation.id),
  });
  const get = (id: string): Conversation => {
    const conversation = findConversation(db, id);
    if (!conversation) throw new EmergenceError('not_found');
    return asItIs(conversation);
  };
  const changed = (id: string): Conversation => {
    changes.publish('conversation', id);
    return get(id);
  };
  /** A damaged end must not hide the conversation: it then ends at its newest message. */
  const endOf = ({ id, activeLeaf }: Conversation): string | null =>
    activeLeaf !== null && hasMessage(db, activeLeaf) ? activeLeaf : newestMessage(db, id);
  /** The active branch of a conversation. */
  const branchOf = (id: string): BranchStep[] => {
    const end = endOf(get(id));
    return end === null ? [] : branchSteps(db, end);
  };
  const messageIn = (conversationId: string, messageId: string): Message => {
    const message = findMessage(db, messageId);
    if (message?.conversationId !== conversationId) throw new EmergenceError('not_found');
    return message;
  };

  return {
    list: (page) => {
      const { items, nextCursor } = listConversations(db, page);
      return { items: items.map(asItIs), nextCursor };
    },
    get,
    create: ({ id, settings }) => {
      const isNew = insertConversation(db, { id, kind: 'chat', settings: { ...defaultConversationSettings, ...settings }, now: now() });
      return isNew ? changed(id) : get(id);
    },
    messages: ({ conversationId, limit, ...place }) => {
      const steps = branchOf(conversationId);
      const page = branchPage(db, steps, place, limit);
      if (page) return page;
      // Another branch was chosen meanwhile: the messages before a message are still the same.
      if (place.before === undefined) throw new EmergenceError('not_found');
      return branchPage(db, branchSteps(db, messageIn(conversationId, place.before).id), place, limit) ?? emptyPage;
    },
    find: ({ conversationId, query }) => findInBranch(db, branchOf(conversationId), query),
    scores: (messageId, marker) =>
      scoresOfCitation(db, messageId, marker) ??
      keptSources(db, messageId)?.sources.find((source) => source.marker === marker)?.scores ??
      {},
    passages: (messageId) =>
      (keptSources(db, messageId)?.sources ?? []).map((source) => ({ ...source, current: isCurrentVersion(db, source.versionId) })),
    update: ({ id, title, pinned, archived, settings }) => {
      const conversation = get(id);
      db.transaction(() => {
        if (title !== undefined) renameConversation(db, id, title);
        if (pinned !== undefined) setPinned(db, id, pinned);
        if (archived !== undefined && archived !== (conversation.archivedAt !== null)) setArchivedAt(db, id, archived ? now() : null);
        if (settings !== undefined) setConversationSettings(db, id, { ...conversation.settings, ...settings });
      })();
      return changed(id);
    },
    remove: async (id) => {
      get(id);
      // First moved to the bin, where nothing new begins; then the running work is stopped.
      setDeletedAt(db, id, now());
      await stopConversation(id);
      changes.publish('conversation', id);
    },
    deleted: (page) => listDeletedConversations(db, page),
    restore: (id) => {
      get(id);
      setDeletedAt(db, id, null);
      return changed(id);
    },
    forget: async (id) => {
      get(id);
      setDeletedAt(db, id, now());
      forgotten.add(id);
      await stopConversation(id);
      const until = backupsUntil();
      await forgetConversation(db, id, now());
      changes.publish('conversation', id);
      changes.publish('memory');
      return { backupsUntil: until };
    },
    search: (query, limit) => searchConversations(db, query, limit).map((hit) => ({ ...hit, conversation: asItIs(hit.conversation) })),
    selectBranch: (conversationId, messageId) => {
      messageIn(conversationId, messageId);
      setActiveLeaf(db, conversationId, leafBelow(db, messageId));
      return changed(conversationId);
    },
    // Loaded at need: its reader of Markdown is a tenth of the program's code.
    export: async (id, format) => (await import('./exportConversation')).exportConversation({ db, nameOf }, id, format),
    draft: (key) => findDraft(db, key),
    saveDraft: (key, text, isBelow = false) => {
      // A window in which the person typed saves a moment later: the draft of a forgotten conversation must not come back.
      if (forgotten.has(key)) return;
      const whole = isBelow ? joinDraft(withEarly(splitDraft(findDraft(db, key)), splitDraft(text))) : text;
      saveDraft(db, key, whole, now());
      // No file may keep a draft that was deleted.
      if (text === '') void emptyLog(db);
    },
  };
};
