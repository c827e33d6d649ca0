import {
  type About,
  aboutSchema,
  type ErrorRecord,
  purposesWhere,
  type Source,
  type Support,
  sourceSchema,
  supportSchema,
  type Usage,
} from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readEntries, readError, readFields } from './json';
import { storedPlaceSchema, withPlace } from './places';
import { listSql, mostCostNano, mostTokens, withinSql } from './usage';

export type TurnKind = 'answer' | 'regenerate' | 'continue' | 'debate';
export type TurnState = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** The sources that a turn found: numbered as the model got them, and kept so that `continue` cites the same numbers. */
export interface TurnSources {
  sources: Source[];
  support: Support | null;
}

/** Facts of a turn that no query needs, and all facts of debates. */
export interface TurnParams {
  /** Set when the planned model failed. */
  replaced?: { from: string; to: string | null; reason: string } | null;
  /** Made for this turn: from now on it replaces the contributions up to the message `upTo`. */
  summary?: { text: string; upTo: string };
  /**
   * Set when the speaker was not given all contributions word for word: how many of the oldest were summarised, and how many left
   * out or cut.
   */
  condensed?: { summarised: number; leftOut: number } | null;
  /** The document at hand when the question was asked. */
  about?: About;
  /** The person said yes to what was to be paid. */
  confirmed?: boolean;
}

export interface Turn {
  id: string;
  conversationId: string;
  questionId: string | null;
  messageId: string;
  kind: TurnKind;
  agentId: string;
  seat: number | null;
  round: number | null;
  state: TurnState;
  error: ErrorRecord | null;
  params: TurnParams;
  createdAt: number;
  endedAt: number | null;
}

interface TurnRow {
  id: string;
  conversation_id: string;
  question_id: string | null;
  message_id: string;
  kind: TurnKind;
  agent_id: string;
  seat: number | null;
  round: number | null;
  state: TurnState;
  error: string | null;
  params: string;
  created_at: number;
  ended_at: number | null;
}

const columns = 'id, conversation_id, question_id, message_id, kind, agent_id, seat, round, state, error, params, created_at, ended_at';

const paramsSchema = z.looseObject({
  replaced: z.object({ from: z.string(), to: z.string().nullable(), reason: z.string() }).nullable().optional(),
  summary: z.object({ text: z.string(), upTo: z.string() }).optional(),
  condensed: z.object({ summarised: z.number().int(), leftOut: z.number().int() }).nullable().optional(),
  about: aboutSchema.optional(),
  confirmed: z.boolean().optional(),
});
const toParams = (text: string, id: string): TurnParams => readFields(paramsSchema, text, {}, `turns ${id}`) ?? {};

const toTurn = (row: TurnRow): Turn => ({
  id: row.id,
  conversationId: row.conversation_id,
  questionId: row.question_id,
  messageId: row.message_id,
  kind: row.kind,
  agentId: row.agent_id,
  seat: row.seat,
  round: row.round,
  state: row.state,
  error: readError(row.error, `turns ${row.id}`),
  params: toParams(row.params, row.id),
  createdAt: row.created_at,
  endedAt: row.ended_at,
});

export type NewTurn = Pick<Turn, 'id' | 'conversationId' | 'questionId' | 'messageId' | 'kind' | 'agentId' | 'createdAt'> &
  Partial<Pick<Turn, 'seat' | 'round'>>;

export const insertTurn = (db: WritableDb, turn: NewTurn): void => {
  db.prepare(
    `INSERT INTO turns(id, conversation_id, question_id, message_id, kind, agent_id, seat, round, state, params, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', '{}', ?)`,
  ).run(
    turn.id,
    turn.conversationId,
    turn.questionId,
    turn.messageId,
    turn.kind,
    turn.agentId,
    turn.seat ?? null,
    turn.round ?? null,
    turn.createdAt,
  );
};

export const findTurn = (db: ReadableDb, id: string): Turn | null => {
  const row = db.prepare<[string], TurnRow>(`SELECT ${columns} FROM turns WHERE id = ?`).get(id);
  return row ? toTurn(row) : null;
};

/** The first turn that answered a question. */
export const firstTurnOfQuestion = (db: ReadableDb, conversationId: string, questionId: string): Turn | null => {
  const row = db
    .prepare<[string, string], TurnRow>(
      `SELECT ${columns} FROM turns INDEXED BY turns_conversation WHERE conversation_id = ? AND question_id = ? ORDER BY created_at LIMIT 1`,
    )
    .get(conversationId, questionId);
  return row ? toTurn(row) : null;
};

/** How many turns of a conversation ended with a complete answer. */
export const countDoneTurns = (db: ReadableDb, conversationId: string): number =>
  db
    .prepare<[string], number>("SELECT count(*) FROM turns INDEXED BY turns_conversation WHERE conversation_id = ? AND state = 'done'")
    .pluck()
    .get(conversationId) ?? 0;

export const runningTurns = (db: ReadableDb): Turn[] =>
  db
    .prepare<[], TurnRow>(`SELECT ${columns} FROM turns INDEXED BY turns_unfinished WHERE state = 'running' ORDER BY created_at`)
    .all()
    .map(toTurn);

export const turnsOfConversation = (db: ReadableDb, conversationId: string): Turn[] =>
  db
    .prepare<[string], TurnRow>(
      `SELECT ${columns} FROM turns INDEXED BY turns_conversation WHERE conversation_id = ? ORDER BY created_at, rowid`,
    )
    .all(conversationId)
    .map(toTurn);

export const saveTurnSources = (db: WritableDb, id: string, found: TurnSources): void => {
  db.prepare('UPDATE turns SET sources = ? WHERE id = ?').run(JSON.stringify(found), id);
};

/** The citations of a complete answer hold their quotes, and it will not be continued, so the other sources found are dropped. */
export const dropSourcesOfMessage = (db: WritableDb, messageId: string): void => {
  db.prepare('UPDATE turns INDEXED BY turns_message SET sources = NULL WHERE message_id = ?').run(messageId);
};

export const dropSourcesOfConversation = (db: WritableDb, conversationId: string): void => {
  db.prepare('UPDATE turns INDEXED BY turns_conversation SET sources = NULL WHERE conversation_id = ?').run(conversationId);
};

/** The sources of the latest turn that wrote this message and had any. */
export const sourcesOfMessage = (db: ReadableDb, messageId: string): TurnSources | null => {
  const sources = db
    .prepare<[string], string>(
      'SELECT sources FROM turns INDEXED BY turns_message WHERE message_id = ? AND sources IS NOT NULL ORDER BY created_at DESC LIMIT 1',
    )
    .pluck()
    .get(messageId);
  return sources ? readSources(sources, `turns of message ${messageId}`) : null;
};

const storedSourcesSchema = z.object({ sources: z.array(z.unknown()), support: supportSchema.nullable() });

/** A source needs only its number, its words and its place. */
const sourceDefaults: Partial<Source> = { title: '', score: 0, scores: {} };
const storedSourceSchema = sourceSchema.extend({ place: storedPlaceSchema });

/** Sources are read one by one, so that those that can be read keep their numbers. Null where nothing can be read. */
const readSources = (text: string, entry: string): TurnSources | null => {
  const found = readFields(storedSourcesSchema, text, { support: null }, entry);
  return found && { sources: readEntries(storedSourceSchema, found.sources.map(withPlace), sourceDefaults, entry), support: found.support };
};

/** Changes the sources of a version in all turns. There is no index on them: such changes are rare, so a scan will do. */
const changeSourcesOfVersion = (
  db: WritableDb,
  versionId: string,
  change: (source: Source) => Source,
  ifUnreadable: (turnId: string) => void,
): void => {
  const turns = db
    .prepare<[string], { id: string; sources: string }>('SELECT id, sources FROM turns WHERE instr(sources, ?) > 0')
    .all(versionId);
  for (const turn of turns) {
    const found = readSources(turn.sources, `turns ${turn.id}`);
    if (!found) {
      ifUnreadable(turn.id);
      continue;
    }
    const sources = found.sources.map((source) => (source.versionId === versionId ? change(source) : source));
    saveTurnSources(db, turn.id, { ...found, sources });
  }
};

/** Deletes the words of a forgotten version from the sources of turns. */
export const forgetSourcesOfVersion = (db: WritableDb, versionId: string): void =>
  changeSourcesOfVersion(
    db,
    versionId,
    (source) => ({ ...source, text: '', title: '', place: { ...source.place, label: '', headings: [] } }),
    // Unreadable sources cannot be filtered by version, so all of them are deleted.
    (turnId) => void db.prepare('UPDATE turns SET sources = NULL WHERE id = ?').run(turnId),
  );

/** Moves the sources of a version to another document along with the version. */
export const moveSourcesOfVersion = (db: WritableDb, versionId: string, documentId: string): void =>
  changeSourcesOfVersion(
    db,
    versionId,
    (source) => ({ ...source, documentId }),
    () => {},
  );

const paramsWith = (db: ReadableDb, id: string, more: TurnParams): string => JSON.stringify({ ...findTurn(db, id)?.params, ...more });

/** Adds facts to a turn. */
export const addTurnParams = (db: WritableDb, id: string, more: TurnParams): void => {
  db.prepare('UPDATE turns SET params = ? WHERE id = ?').run(paramsWith(db, id, more), id);
};

/** Ends a turn and adds `params` to its facts. */
export const finishTurn = (
  db: WritableDb,
  id: string,
  end: { state: Exclude<TurnState, 'running'>; error: ErrorRecord | null; params?: TurnParams; at: number },
): void => {
  db.prepare('UPDATE turns SET state = ?, error = ?, params = ?, ended_at = ? WHERE id = ?').run(
    end.state,
    end.error && JSON.stringify(end.error),
    paramsWith(db, id, end.params ?? {}),
    end.at,
    id,
  );
};

const purposesBeside = listSql(purposesWhere(({ beside }) => beside));

/**
 * The usage of a turn's own calls in the ledger, failed and stopped ones included; null without any. An unknown price makes the sum
 * unknown.
 */
export const ledgerUsage = (db: ReadableDb, turnId: string): Usage | null => {
  const row = db
    .prepare<
      [string],
      { calls: number; tin: number; tout: number; cached: number; estimated: number; cost: number | null; priced: number }
    >(
      `SELECT count(*) AS calls, sum(${withinSql('tokens_in', mostTokens)}) AS tin,
         sum(${withinSql('tokens_out', mostTokens)}) AS tout, sum(${withinSql('tokens_cached', mostTokens)}) AS cached, max(estimated) AS estimated,
         sum(${withinSql('cost_nano', mostCostNano)}) AS cost, count(cost_nano) AS priced
       FROM model_calls INDEXED BY model_calls_turn WHERE turn_id = ? AND purpose NOT IN (${purposesBeside})`,
    )
    .get(turnId);
  if (!row || row.calls === 0) return null;
  return {
    inputTokens: row.tin,
    outputTokens: row.tout,
    cachedTokens: row.cached,
    estimated: row.estimated === 1,
    costNano: row.priced === row.calls ? row.cost : null,
  };
};
