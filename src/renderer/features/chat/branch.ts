import type { Message } from '@shared/model';

/** Messages requested at a time. */
export const pageSize = 40;
/** More pages are not kept, apart from the end of the branch, which always is. */
const mostPages = 8;
/** This many messages before and after the visible ones are loaded ahead. */
const ahead = 20;

/** A stretch of the active branch as the engine returns it. */
export interface MessagePage {
  items: Message[];
  hasMore: boolean;
  hasNewer: boolean;
  /** The position of the first message in the branch, from 0. */
  start: number;
  total: number;
}

/** The active branch by positions, of which some stretches are loaded. The position of a message is its depth and never changes. */
export interface Branch {
  total: number;
  /** Undefined for a message that is not loaded. */
  at: (position: number) => Message | undefined;
  /** -1 for a message that is not loaded. */
  positionOf: (messageId: string) => number;
  /** Its last messages, oldest first. */
  tail: readonly Message[];
}

const none: readonly Message[] = [];

/** Joins the loaded parts. The tail decides the length of the branch, and replaces messages of the pages at the same positions. */
export const createBranch = (tail: MessagePage | undefined, pages: readonly MessagePage[]): Branch => {
  const messages = new Map<number, Message>();
  const positions = new Map<string, number>();
  const total = tail?.total ?? 0;
  for (const { start, items } of tail ? [...pages, tail] : []) {
    for (const [index, message] of items.entries()) if (start + index < total) messages.set(start + index, message);
  }
  for (const [position, { id }] of messages) positions.set(id, position);
  return { total, at: (position) => messages.get(position), positionOf: (id) => positions.get(id) ?? -1, tail: tail?.items ?? none };
};

/**
 * The numbers of the pages to load when the positions from `first` to `last` are visible: those needed, and those seen last. The
 * tail begins at `tailStart`. Returns the same array where nothing changes.
 */
export const pagesToHave = (before: readonly number[], first: number, last: number, tailStart: number): readonly number[] => {
  const from = Math.max(0, first - ahead);
  const to = Math.min(last + ahead, tailStart - 1);
  const needed: number[] = [];
  for (let page = Math.floor(from / pageSize); page * pageSize <= to; page += 1) needed.push(page);
  if (needed.every((page) => before.includes(page))) return before;
  return [...needed, ...before.filter((page) => !needed.includes(page))].slice(0, mostPages);
};

/** The tail with messages replaced by their newer form; those after its end are appended. */
export const withMessages = (tail: MessagePage, messages: readonly Message[]): MessagePage => {
  const newer = new Map(messages.map((message) => [message.id, message]));
  const items = tail.items.map((message) => newer.get(message.id) ?? message);
  const known = new Set(items.map(({ id }) => id));
  for (const message of messages) {
    if (!known.has(message.id) && message.parentId === (items.at(-1)?.id ?? null)) items.push(message);
  }
  return { ...tail, items, total: tail.total + items.length - tail.items.length };
};
