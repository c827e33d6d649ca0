import type { Debate, DebateConfig, ErrorRecord, Usage } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

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
  config: string;
  round: number;
  state: DebateState;
  error: string | null;
  created_at: number;
  updated_at: number;
}

const toRecord = (row: DebateRow): DebateRecord => ({
  conversationId: row.conversation_id,
  config: JSON.parse(row.config) as DebateConfig,
  round: row.round,
  state: row.state,
  error: row.error ? (JSON.parse(row.error) as ErrorRecord) : null,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const insertDebate = (db: WritableDb, debate: { conversationId: string; config: DebateConfig; now: number }): void => {
  db.prepare(
    "INSERT INTO debates(conversation_id, topic, config, round, state, created_at, updated_at) VALUES (?, ?, ?, 1, 'running', ?, ?)",
  ).run(debate.conversationId, debate.config.topic, JSON.stringify(debate.config), debate.now, debate.now);
};

export const findDebate = (db: ReadableDb, conversationId: string): DebateRecord | null => {
  const row = db.prepare<[string], DebateRow>('SELECT * FROM debates WHERE conversation_id = ?').get(conversationId);
  return row ? toRecord(row) : null;
};

export const runningDebates = (db: ReadableDb): DebateRecord[] =>
  db.prepare<[], DebateRow>("SELECT * FROM debates INDEXED BY debates_running WHERE state = 'running'").all().map(toRecord);

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
  /** -1 is the mediator. */
  seat: number;
  provider: string;
  model: string;
  usage: Usage;
  ms: number;
}

/** Cost by seat from the ledger, failed and stopped calls included; the model is the one that answered last. Summaries are the mediator's. */
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
      `SELECT CASE m.purpose WHEN 'debate_summary' THEN -1 ELSE t.seat END AS seat, m.provider AS provider, m.model AS model, count(*) AS calls, sum(m.tokens_in) AS tin, sum(m.tokens_out) AS tout,
         sum(m.tokens_cached) AS cached, sum(m.estimated) AS estimated, sum(m.cost_nano) AS cost, count(m.cost_nano) AS priced, sum(m.ms) AS ms,
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
