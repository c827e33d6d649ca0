import type { WritableDb } from '@main/store/database';
import { insertModelCall, type ModelCall } from '@main/store/modelCalls';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type EmergenceError, newId, type Usage } from '@shared/model';
import type { Candidate, GatewayRequest } from './gateway';

/** How one call to a model went. Milliseconds from its start. */
export interface CallOutcome {
  candidate: Candidate;
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

/** Writes a call into the ledger and counts it. */
export const recordCall = (
  { db, telemetry }: { db: WritableDb; telemetry: Telemetry },
  request: GatewayRequest,
  call: CallOutcome,
): void => {
  const { usage, error } = call;
  const { provider, model } = call.candidate;
  insertModelCall(db, {
    id: newId(),
    at: call.at,
    purpose: request.purpose,
    turnId: request.turnId,
    conversationId: request.conversationId,
    agentId: request.agentId,
    provider,
    model,
    promptVersionId: request.promptVersionId,
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
  telemetry.increment('llm_api_calls_total', { provider, model });
  telemetry.observe('llm_latency_seconds', { provider, model }, call.ms / 1000);
  if (call.firstWordMs !== null) telemetry.observe('llm_time_to_first_token_seconds', { provider, model }, call.firstWordMs / 1000);
  const tokens = { input: usage.inputTokens, output: usage.outputTokens, cached: usage.cachedTokens };
  for (const [type, count] of Object.entries(tokens)) if (count > 0) telemetry.increment('llm_tokens_total', { type, model }, count);
  if (usage.costNano) telemetry.increment('llm_cost_total', { provider, model }, usage.costNano / 1e9);
  if (error?.code === 'provider.rate_limited') telemetry.increment('rate_limited_total', { scope: 'provider' });
  const [, prompt, version] = /^(.+)@(.+)$/.exec(request.promptVersionId ?? '') ?? [];
  if (prompt && version) telemetry.increment('prompt_uses_total', { prompt, version });
};
