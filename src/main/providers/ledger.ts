import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { insertModelCall, type ModelCall } from '@main/store/modelCalls';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type EmergenceError, newId, toEmergenceError, type Usage } from '@shared/model';
import type { Candidate, GatewayRequest } from './gateway';

/** The purpose of a call: ids and names only. */
export type CallReason = Pick<GatewayRequest, 'purpose' | 'turnId' | 'conversationId' | 'agentId'>;

/** The outcome of one call to a model. Milliseconds from its start. */
export interface CallOutcome {
  candidate: Pick<Candidate, 'provider' | 'model'>;
  /** The version of the prompt that was sent; null for one without a template. */
  promptVersionId: string | null;
  attempt: number;
  at: number;
  usage: Usage;
  firstWordMs: number | null;
  ms: number;
  /** Null when the answer is complete; `cancelled` when it was stopped. */
  error: EmergenceError | null;
}

const outcomeOf = (error: EmergenceError | null): ModelCall['outcome'] =>
  error === null ? 'done' : error.code === 'cancelled' ? 'stopped' : 'failed';

/** Records the cost of every call to a model, however it ended. */
export interface Ledger {
  /** Stores a call and counts it. If the disk is full, the call is stored once there is room; the answer stays valid. */
  record(request: CallReason, call: CallOutcome): void;
}

export const createLedger = ({
  db,
  telemetry,
  diskRoom,
}: {
  db: WritableDb;
  telemetry: Telemetry;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
}): Ledger => {
  /** Calls that could not be stored yet, oldest first. */
  let unwritten: ModelCall[] = [];

  const insert = (rows: readonly ModelCall[]): void => {
    db.transaction(() => {
      for (const row of rows) insertModelCall(db, row);
    })();
    unwritten = [];
  };
  const writeUnwritten = (): void => insert(unwritten);

  const write = (row: ModelCall): void => {
    const rows = [...unwritten, row];
    try {
      insert(rows);
    } catch (cause) {
      if (toEmergenceError(cause).code !== 'storage.full') throw cause;
      unwritten = rows;
      diskRoom.retryLater('write calls into the ledger', writeUnwritten, { cause });
    }
  };

  return {
    record: (request, call) => {
      write(rowOf(request, call));
      count(telemetry, call);
    },
  };
};

const rowOf = (request: CallReason, { candidate, promptVersionId, usage, error, ...call }: CallOutcome): ModelCall => ({
  id: newId(),
  at: call.at,
  purpose: request.purpose,
  turnId: request.turnId,
  conversationId: request.conversationId,
  agentId: request.agentId,
  provider: candidate.provider,
  model: candidate.model,
  promptVersionId,
  attempt: call.attempt,
  outcome: outcomeOf(error),
  tokensIn: usage.inputTokens,
  tokensOut: usage.outputTokens,
  tokensCached: usage.cachedTokens,
  estimated: usage.estimated,
  costNano: usage.costNano,
  firstWordMs: call.firstWordMs,
  ms: call.ms,
  errorCode: error?.code ?? null,
});

const count = (telemetry: Telemetry, { candidate, promptVersionId, usage, error, ...call }: CallOutcome): void => {
  const { provider, model } = candidate;
  telemetry.increment('llm_api_calls_total', { provider, model });
  telemetry.observe('llm_latency_seconds', { provider, model }, call.ms / 1000);
  if (call.firstWordMs !== null) telemetry.observe('llm_time_to_first_token_seconds', { provider, model }, call.firstWordMs / 1000);
  const tokens = { input: usage.inputTokens, output: usage.outputTokens, cached: usage.cachedTokens };
  for (const [type, count] of Object.entries(tokens)) if (count > 0) telemetry.increment('llm_tokens_total', { type, model }, count);
  if (usage.costNano) telemetry.increment('llm_cost_total', { provider, model }, usage.costNano / 1e9);
  if (error?.code === 'provider.rate_limited') telemetry.increment('rate_limited_total', { scope: 'provider' });
  const [, prompt, version] = /^(.+)@(.+)$/.exec(promptVersionId ?? '') ?? [];
  if (prompt && version) telemetry.increment('prompt_uses_total', { prompt, version });
};
