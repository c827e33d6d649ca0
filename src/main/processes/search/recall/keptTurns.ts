import { setImmediate } from 'node:timers/promises';
import type { MemoryReader, RecallConversation, RecallItem, RecallMessage } from '@main/store/memoryReader';
import { knowsNothing, onlyAsks } from '@main/text/asking';
import type { Language } from '@main/text/languages';
import { selfSubject } from '@shared/model';
import { createPassageVectors, type PassageVectors } from '../passageVectors';
import { quantise } from '../quantise';
import type { StaticModel } from '../staticModel';
import { createWorkspace, type Workspace, withPlace } from './columns';
import { createTurnIndex, type TurnIndex } from './turnIndex';
import { signsOfTurn, thePerson } from './turnSigns';
import { languageOfTurn, termsOfTurn } from './turnTerms';

/** A message or an item that the index holds. */
export interface KeptTurn {
  kind: 'message' | 'item';
  /** The number of its row. */
  n: number;
  id: string;
  /** The number of its conversation; null for items. */
  conversation: number | null;
  /** An id of an agent or a name; `thePerson` for the person. Items: of whom they speak. */
  speaker: string;
  at: number;
  language: Language;
  asks: boolean;
  isDated: boolean;
  tellsPast: boolean;
  /** True for questions of the person and nothing else. */
  onlyAsks: boolean;
  /** True for an answer to those that only says that nothing is known. */
  refuses: boolean;
}

/** The facts of all turns that every question weighs, by slot: arrays that are longer than the index, and replaced when it grows. */
export interface TurnColumns {
  /** `signs` in bits; 0 for a slot whose turn is gone. */
  signs: Uint8Array;
  /** The number of the speaker in `speakers`. */
  speaker: Int32Array;
  at: Float64Array;
  /** 0 for an item. */
  conversation: Int32Array;
}
export const signs = { held: 1, item: 2, dated: 4, past: 8, asks: 16, question: 32, refusal: 64 } as const;

export interface KeptTurns {
  readonly columns: TurnColumns;
  /** The speakers of messages and the subjects of items, each once. */
  readonly speakers: readonly string[];
  /** The numbers of those that sent a message: an item's subject only speaks where it is one of them. */
  readonly senders: ReadonlySet<number>;
  readonly index: TurnIndex;
  /** For the figures of one question at a time. */
  readonly workspace: Workspace;
  readonly vectors: PassageVectors;
  /** By slot; undefined for a slot whose turn is gone. */
  readonly turns: readonly (KeptTurn | undefined)[];
  readonly conversations: ReadonlyMap<number, RecallConversation>;
}

/** Rows that are read and indexed at once, before other calls get their turn. */
const rowsAtOnce = 200;
/** Characters of a text that its vector represents. */
const embedded = 2_000;
/** The index is made again when more slots than this are free, and more than a third of all. */
const mostFree = 5_000;

/**
 * The messages and items of `emergence.db` in memory, read at the first call and kept in step from then on: what is new by its number,
 * what a turn wrote by the turn, items by their time of change. Only complete messages are held.
 */
export const createKeptTurns = ({ reader, model }: { reader: MemoryReader; model: Pick<StaticModel, 'dimensions' | 'embed'> }) => {
  const empty = () => ({
    index: createTurnIndex(),
    vectors: createPassageVectors(model.dimensions),
    turns: [] as (KeptTurn | undefined)[],
    columns: {
      signs: new Uint8Array(),
      speaker: new Int32Array(),
      at: new Float64Array(),
      conversation: new Int32Array(),
    } as TurnColumns,
    workspace: createWorkspace(),
    speakers: [] as string[],
    speakerNumbers: new Map<string, number>(),
    senders: new Set<number>(),
    conversations: new Map<number, RecallConversation>(),
    numbers: new Map<string, number>(),
    /** The last slot of each conversation, by its number. */
    ends: new Map<number, number>(),
    messageSlots: new Map<number, number>(),
    itemSlots: new Map<number, number>(),
    /** Messages that are not complete yet. */
    open: new Set<number>(),
    highest: { message: 0, turn: 0, item: 0 },
    itemsFrom: 0,
    free: 0,
  });
  let held = empty();
  let version: unknown = null;
  let running: Promise<void> | null = null;

  const numberOf = (speaker: string): number => {
    const known = held.speakerNumbers.get(speaker);
    if (known !== undefined) return known;
    held.speakerNumbers.set(speaker, held.speakers.length);
    return held.speakers.push(speaker) - 1;
  };
  const note = (slot: number, turn: KeptTurn): void => {
    const { columns } = held;
    columns.signs = withPlace(columns.signs, slot);
    columns.speaker = withPlace(columns.speaker, slot);
    columns.at = withPlace(columns.at, slot);
    columns.conversation = withPlace(columns.conversation, slot);
    columns.signs[slot] =
      signs.held |
      (turn.kind === 'item' ? signs.item : 0) |
      (turn.isDated ? signs.dated : 0) |
      (turn.tellsPast ? signs.past : 0) |
      (turn.asks ? signs.asks : 0) |
      (turn.onlyAsks ? signs.question : 0) |
      (turn.refuses ? signs.refusal : 0);
    const speaker = numberOf(turn.speaker);
    columns.speaker[slot] = speaker;
    if (turn.kind === 'message') held.senders.add(speaker);
    columns.at[slot] = turn.at;
    columns.conversation[slot] = turn.conversation ?? 0;
  };
  const add = (turn: KeptTurn, text: string, terms: readonly string[], before: number): number => {
    const last = before >= 0 ? held.turns[before] : undefined;
    const continues = last !== undefined && last.speaker === turn.speaker && last.kind === turn.kind;
    const slot = held.index.add({ terms, asks: turn.asks, continues }, before);
    held.turns[slot] = turn;
    note(slot, turn);
    held.vectors.add(slot, quantise(model.embed(text.slice(0, embedded))));
    return slot;
  };
  const drop = (slot: number | undefined): void => {
    const turn = slot === undefined ? undefined : held.turns[slot];
    if (slot === undefined || !turn) return;
    const { conversation } = turn;
    if (conversation !== null && held.ends.get(conversation) === slot) held.ends.set(conversation, held.index.before(slot));
    held.index.remove(slot);
    held.vectors.remove(slot);
    held.turns[slot] = undefined;
    held.columns.signs[slot] = 0;
    (turn.kind === 'message' ? held.messageSlots : held.itemSlots).delete(turn.n);
    held.free += 1;
  };

  const addMessage = (message: RecallMessage): void => {
    drop(held.messageSlots.get(message.n));
    held.open.delete(message.n);
    if (message.state !== 'complete') {
      if (message.state === 'streaming') held.open.add(message.n);
      return;
    }
    const conversation = held.numbers.get(message.conversationId);
    if (conversation === undefined || message.text.trim() === '') return;
    // An answer that ends late stands where it began.
    const end = held.ends.get(conversation) ?? -1;
    let before = end;
    while (before >= 0 && (held.turns[before]?.n ?? 0) > message.n) before = held.index.before(before);
    const language = languageOfTurn(message.text, held.turns[before]?.language ?? 'other');
    const speaker = message.speaker ?? (message.role === 'user' ? thePerson : 'assistant');
    const { n, id, at } = message;
    const asked = before >= 0 ? held.turns[before] : undefined;
    const turn: KeptTurn = {
      ...{ kind: 'message', n, id, conversation, speaker, at, language },
      ...signsOfTurn(message.text),
      onlyAsks: speaker === thePerson && onlyAsks(message.text),
      refuses:
        message.role === 'assistant' && asked?.onlyAsks === true && knowsNothing(message.text, () => reader.message(asked.n)?.text ?? ''),
    };
    const slot = add(turn, message.text, termsOfTurn(message.text, language), before);
    held.messageSlots.set(n, slot);
    if (before === end) held.ends.set(conversation, slot);
  };
  const addItem = ({ n, id, text, subject, updatedAt }: RecallItem): void => {
    drop(held.itemSlots.get(n));
    const whole = subject === selfSubject || text.includes(subject) ? text : `${subject}: ${text}`;
    const language = languageOfTurn(whole, 'other');
    const speaker = subject === selfSubject ? thePerson : subject;
    const turn: KeptTurn = {
      ...{ kind: 'item', n, id, conversation: null, speaker, at: updatedAt, language },
      ...{ ...signsOfTurn(text), asks: false, onlyAsks: false, refuses: false },
    };
    held.itemSlots.set(n, add(turn, whole, termsOfTurn(whole, language), -1));
    held.itemsFrom = Math.max(held.itemsFrom, updatedAt);
  };

  const readConversations = (): void => {
    const rows = reader.conversations();
    held.conversations = new Map(rows.map((row) => [row.n, row]));
    held.numbers = new Map(rows.map((row) => [row.id, row.n]));
    for (const [n, end] of held.ends) {
      if (held.conversations.has(n)) continue;
      for (let slot = end; slot >= 0; ) {
        const before = held.index.before(slot);
        drop(slot);
        slot = before;
      }
      held.ends.delete(n);
    }
  };
  const readMessages = async (): Promise<void> => {
    // Read first: a turn that begins meanwhile is read again by the next call.
    const written = reader.writtenByTurns(held.highest.turn);
    for (const n of new Set([...held.open, ...written.messages])) {
      const message = n <= held.highest.message ? reader.message(n) : null;
      if (message) addMessage(message);
      else held.open.delete(n);
    }
    held.highest.turn = written.highest;
    for (;;) {
      const rows = reader.messagesAfter(held.highest.message, rowsAtOnce);
      for (const row of rows) addMessage(row);
      held.highest.message = rows.at(-1)?.n ?? held.highest.message;
      if (rows.length < rowsAtOnce) return;
      await setImmediate();
    }
  };
  const readItems = async (): Promise<void> => {
    for (const item of held.itemSlots.size > 0 ? reader.itemsChangedFrom(held.itemsFrom) : []) {
      const slot = held.itemSlots.get(item.n);
      if (slot !== undefined && held.turns[slot]?.at !== item.updatedAt) addItem(item);
    }
    for (;;) {
      const rows = reader.itemsAfter(held.highest.item, rowsAtOnce);
      for (const row of rows) addItem(row);
      held.highest.item = rows.at(-1)?.n ?? held.highest.item;
      if (rows.length < rowsAtOnce) break;
      await setImmediate();
    }
    if (reader.itemCount() === held.itemSlots.size) return;
    const living = new Set(reader.itemNumbers());
    for (const [n, slot] of held.itemSlots) if (!living.has(n)) drop(slot);
  };

  const follow = async (): Promise<void> => {
    const now = reader.version();
    if (now === version) return;
    if (held.free > mostFree && held.free > held.index.size / 3) held = empty();
    readConversations();
    await readMessages();
    await readItems();
    version = now;
  };

  return {
    /** Brings the index in step with the database; a small change takes a moment, the first call reads everything. */
    inStep: async (): Promise<KeptTurns> => {
      // Two calls share one reading; a change after its begin is found by the next.
      running ??= follow().finally(() => {
        running = null;
      });
      await running;
      return held;
    },
    working: () => running !== null,
  };
};
