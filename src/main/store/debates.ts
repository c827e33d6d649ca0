import {
  type Debate,
  type DebateConfig,
  debateConfigSchema,
  debateSeatSchema,
  debateStates,
  type ErrorRecord,
  purposesWhere,
  type Usage,
} from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readError, readFields, readValue } from './json';
import { durationSql, listSql, mostCostNano, mostTokens, withinSql } from './usage';

export type DebateState = Debate['state'];

export interface DebateRecord {
  conversationId: string;
  config: DebateConfig;
  round: number;
  state: DebateState;
  error: ErrorRecord | null;
  createdAt: number;
  updatedAt: number;
}

interface DebateRow {
  conversation_id: string;
  topic: string;
  config: string;
  round: number;
  state: DebateState;
  error: string | null;
  created_at: number;
  updated_at: number;
}

/**
 * The configuration of a debate. Where it cannot be read, its speakers come from the turns, so that their contributions stay
 * readable.
 */
const configOf = (db: ReadableDb, row: DebateRow): DebateConfig => {
  const spoke = db
    .prepare<[string], { seat: number; agentId: string }>(
      'SELECT DISTINCT seat, agent_id AS agentId FROM turns INDEXED BY turns_conversation WHERE conversation_id = ? AND seat IS NOT NULL',
    )
    .all(row.conversation_id);
  const agentOf = (seat: number): string => spoke.find((turn) => turn.seat === seat)?.agentId ?? '';
  const seats = spoke.some(({ seat }) => seat === 2) ? [0, 1, 2] : [0, 1];
  return {
    topic: row.topic.slice(0, 4000).padEnd(3),
    debaters: seats.map((seat) => ({ agentId: agentOf(seat), part: 'debater', side: '', model: null })),
    mediator: { agentId: agentOf(-1), part: 'mediator', side: '', model: null },
    rounds: Math.min(5, Math.max(1, row.round)),
    documents: false,
    collectionIds: [],
  };
};

const storedSeatSchema = debateSeatSchema.extend({
  side: debateSeatSchema.shape.side.catch(''),
  model: debateSeatSchema.shape.model.catch(null),
});
const storedConfigSchema = debateConfigSchema.extend({ debaters: z.array(storedSeatSchema).min(2).max(3), mediator: storedSeatSchema });

const toRecord = (db: ReadableDb, row: DebateRow): DebateRecord => {
  const entry = `debates ${row.conversation_id}`;
  const spoken = configOf(db, row);
  return {
    conversationId: row.conversation_id,
    config: readFields(storedConfigSchema, row.config, spoken, entry) ?? spoken,
    round: row.round,
    state: readValue(z.enum(debateStates), row.state, 'interrupted', entry),
    error: readError(row.error, entry),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
};

export const insertDebate = (db: WritableDb, debate: { conversationId: string; config: DebateConfig; now: number }): void => {
  db.prepare(
    "INSERT INTO debates(conversation_id, topic, config, round, state, created_at, updated_at) VALUES (?, ?, ?, 1, 'running', ?, ?)",
  ).run(debate.conversationId, debate.config.topic, JSON.stringify(debate.config), debate.now, debate.now);
};

export const findDebate = (db: ReadableDb, conversationId: string): DebateRecord | null => {
  const row = db.prepare<[string], DebateRow>('SELECT * FROM debates WHERE conversation_id = ?').get(conversationId);
  return row ? toRecord(db, row) : null;
};

export const runningDebates = (db: ReadableDb): DebateRecord[] =>
  db
    .prepare<[], DebateRow>("SELECT * FROM debates INDEXED BY debates_running WHERE state = 'running'")
    .all()
    .map((row) => toRecord(db, row));

export const saveDebateState = (
  db: WritableDb,
  conversationId: string,
  change: { state: DebateState; round: number; error: ErrorRecord | null; now: number },
): void => {
  db.prepare('UPDATE debates SET state = ?, round = ?, error = ?, updated_at = ? WHERE conversation_id = ?').run(
    change.state,
    change.round,
    change.error && JSON.stringify(change.error),
    change.now,
    conversationId,
  );
};

export interface SeatCost {
  /** The seat of the speaker; -1 is the mediator. */
  seat: number;
  provider: string;
  model: string;
  usage: Usage;
  ms: number;
}

const mediatorsPurposes = listSql(purposesWhere(({ debate }) => debate === 'mediator'));

/**
 * Cost by seat from the ledger, failed and stopped calls included. The model is the one that answered last. Summaries count for the
 * mediator.
 */
export const debateCosts = (db: ReadableDb, conversationId: string): SeatCost[] =>
  db
    .prepare<
      [string],
      {
        seat: number;
        provider: string;
        model: string;
        calls: number;
        tin: number;
        tout: number;
        cached: number;
        estimated: number;
        cost: number | null;
        priced: number;
        ms: number;
        latest: number;
      }
    >(
      // With one max() among the aggregates SQLite takes the bare columns (provider, model) from the row of that maximum.
      `SELECT CASE WHEN m.purpose IN (${mediatorsPurposes}) THEN -1 ELSE t.seat END AS seat, m.provider AS provider, m.model AS model, count(*) AS calls, sum(${withinSql('m.tokens_in', mostTokens)}) AS tin,
         sum(${withinSql('m.tokens_out', mostTokens)}) AS tout, sum(${withinSql('m.tokens_cached', mostTokens)}) AS cached, max(m.estimated) AS estimated,
         sum(${withinSql('m.cost_nano', mostCostNano)}) AS cost, count(m.cost_nano) AS priced, sum(${durationSql('m.ms')}) AS ms,
         max(m.at) AS latest
       FROM turns t INDEXED BY turns_conversation JOIN model_calls m INDEXED BY model_calls_turn ON m.turn_id = t.id
       WHERE t.conversation_id = ? AND t.seat IS NOT NULL GROUP BY 1`,
    )
    .all(conversationId)
    .map((row) => ({
      seat: row.seat,
      provider: row.provider,
      model: row.model,
      usage: {
        inputTokens: row.tin,
        outputTokens: row.tout,
        cachedTokens: row.cached,
        estimated: row.estimated > 0,
        costNano: row.priced === row.calls ? row.cost : null,
      },
      ms: row.ms,
    }));
