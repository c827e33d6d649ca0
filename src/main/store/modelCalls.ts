import type { CallPurpose, ErrorCode } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

/** One call to a model, as the ledger keeps it. No content. */
export interface ModelCall {
  id: string;
  at: number;
  purpose: CallPurpose;
  turnId: string | null;
  conversationId: string | null;
  agentId: string | null;
  /** Account name. */
  provider: string;
  model: string;
  promptVersionId: string | null;
  /** 1-based within its candidate. */
  attempt: number;
  outcome: 'done' | 'stopped' | 'failed';
  tokensIn: number;
  tokensOut: number;
  tokensCached: number;
  estimated: boolean;
  /** 1e-9 USD; null when the price is unknown. */
  costNano: number | null;
  firstWordMs: number | null;
  ms: number;
  errorCode: ErrorCode | null;
}

export const insertModelCall = (db: WritableDb, call: ModelCall): void => {
  db.prepare(
    `INSERT INTO model_calls (id, at, purpose, turn_id, conversation_id, agent_id, provider, model, prompt_version_id, attempt, outcome,
       tokens_in, tokens_out, tokens_cached, estimated, cost_nano, first_word_ms, ms, error_code)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    call.id,
    call.at,
    call.purpose,
    call.turnId,
    call.conversationId,
    call.agentId,
    call.provider,
    call.model,
    call.promptVersionId,
    call.attempt,
    call.outcome,
    call.tokensIn,
    call.tokensOut,
    call.tokensCached,
    Number(call.estimated),
    call.costNano,
    call.firstWordMs,
    call.ms,
    call.errorCode,
  );
};

type Row = Omit<ModelCall, 'estimated'> & { estimated: number };

const columns = `id, at, purpose, turn_id AS turnId, conversation_id AS conversationId, agent_id AS agentId, provider, model,
  prompt_version_id AS promptVersionId, attempt, outcome, tokens_in AS tokensIn, tokens_out AS tokensOut, tokens_cached AS tokensCached,
  estimated, cost_nano AS costNano, first_word_ms AS firstWordMs, ms, error_code AS errorCode`;

const toCall = (row: Row): ModelCall => ({ ...row, estimated: row.estimated === 1 });

/** The calls of a turn, oldest first. */
export const modelCallsOfTurn = (db: ReadableDb, turnId: string): ModelCall[] =>
  db.prepare<[string], Row>(`SELECT ${columns} FROM model_calls WHERE turn_id = ? ORDER BY at, id`).all(turnId).map(toCall);
