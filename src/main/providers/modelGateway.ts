import { setTimeout as delay } from 'node:timers/promises';
import type { SettingsService } from '@main/settings/settings';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type Agent, callPurposes, EmergenceError, type ErrorCode, type ModelInfo, toEmergenceError } from '@shared/model';
import pRetry from 'p-retry';
import type { CallTransport } from './callTransport';
import { chooseCandidates } from './candidates';
import { createChannel } from './channel';
import type { Circuits } from './circuits';
import { connectionError, failureOf, keepFailure, quietCause } from './failure';
import { type BuiltPrompt, type Candidate, type GatewayEvent, type GatewayRequest, type ModelGateway, withEarlier } from './gateway';
import { createHabitBook, habitsAfter, type ModelHabits } from './habits';
import { createHearing } from './hearing';
import type { Ledger } from './ledger';
import type { LocalServers } from './localServers';
import { answerLimits, type Policies } from './policies';
import { messageText } from './promptMessage';
import type { ProviderAccounts } from './providerAccounts';
import { estimatePromptTokens, estimateTokens, tokensOfBytes, usageOf } from './tokens';

export interface ModelGatewayDeps {
  db: WritableDb;
  accounts: ProviderAccounts;
  /** The models that the person chose for agents. */
  agents: { list(): Pick<Agent, 'id' | 'model'>[] };
  settings: Pick<SettingsService, 'get'>;
  circuits: Circuits;
  policies: Policies;
  telemetry: Telemetry;
  ledger: Ledger;
  now: () => number;
  /** Servers that were found automatically. */
  localServers: Pick<LocalServers, 'isAbsent' | 'confirm'>;
}

/** Errors that are worth a retry: the cause may be gone in a moment. */
const retryable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.interrupted',
  'provider.rate_limited',
]);

/** True when another model may answer where this one did not. Content that a provider refused is not sent to another one. */
const mayFallBack = ({ code }: EmergenceError, { purpose }: GatewayRequest): boolean =>
  (code.startsWith('provider.') || code === 'model.missing' || code.startsWith('secrets.')) &&
  code !== 'provider.content_filtered' &&
  (code !== 'provider.no_answer' || callPurposes[purpose].worthAnother);

const window = 40;

/** The provider's message up to where it quotes the conversation. Pure. */
const withoutPrompt = (said: string, { system, messages }: BuiltPrompt): string => {
  const texts = [system, ...messages.map(messageText)].map((text) => text.trim()).filter((text) => text.length >= 4);
  const short = texts.filter((text) => text.length <= window).reduce((left, text) => left.replaceAll(text, '…'), said);
  const long = texts.filter((text) => text.length > window);
  for (let start = 0; start + window <= short.length; start += window / 4)
    if (long.some((text) => text.includes(short.slice(start, start + window)))) return `${short.slice(0, start)}…`;
  return short;
};

/** After shown text a broken answer can only be continued. */
const withAction = (error: EmergenceError, shown: boolean): EmergenceError => {
  if (!shown && error.action === 'continue') return new EmergenceError(error.code, error.details, { action: 'retry', cause: error.cause });
  if (shown && error.action === 'retry') return new EmergenceError(error.code, error.details, { action: 'continue', cause: error.cause });
  return error;
};

const pricesOf = (accounts: ProviderAccounts, candidate: Candidate): ModelInfo | null =>
  accounts.get(candidate.ref.accountId).models.find(({ id }) => id === candidate.model) ?? null;

/** Everything between a use case and a provider: candidates, retries, breaker, fallback, ledger, metrics. */
export const createModelGateway = (deps: ModelGatewayDeps): ModelGateway => {
  const { db, accounts, agents, settings, circuits, policies, telemetry, ledger, now } = deps;
  const book = createHabitBook(db, now);
  type Push = (event: GatewayEvent) => void;

  /** Names the error, with facts. The transport knows the causes that the SDK hides: the program's time limits and Retry-After. */
  const named = (
    error: unknown,
    transport: CallTransport | null,
    { candidate, request, prompt }: { candidate: Candidate; request: GatewayRequest; prompt: BuiltPrompt },
  ): EmergenceError => {
    if (request.signal.aborted) return new EmergenceError('cancelled');
    const known = transport?.timeout ?? (error instanceof EmergenceError ? error : connectionError(error, transport?.opened ?? false));
    const retryAfterMs = known.details.retryAfterMs ?? transport?.retryAfterMs ?? null;
    const facts = {
      ...known.details,
      ...(typeof known.details.said === 'string' && { said: withoutPrompt(known.details.said, prompt) }),
      provider: candidate.provider,
      model: candidate.model,
      ...(retryAfterMs !== null && { retryAfterMs }),
    };
    return new EmergenceError(known.code, facts, { message: known.message, action: known.action, cause: quietCause(error) });
  };

  /** Makes one call, from request to end, and writes its row into the ledger however it ends. */
  const callOnce = async (
    request: GatewayRequest,
    candidate: Candidate,
    prompt: BuiltPrompt,
    { attempt, habits }: { attempt: number; habits: ModelHabits },
    push: Push,
  ): Promise<void> => {
    const at = now();
    const started = performance.now();
    const prices = pricesOf(accounts, candidate);
    let transport: CallTransport | null = null;
    let settle: NodeJS.Timeout | undefined;
    const elapsed = (): number => Math.round(performance.now() - started);
    const hearing = createHearing({ push, elapsed, stopped: () => request.signal.aborted });

    const record = (error: EmergenceError | null): void => {
      const { text, reported, firstWordMs } = hearing;
      // A provider that failed before its first word charges nothing; one that was stopped has read the prompt.
      const read = error === null || hearing.began || (error.code === 'cancelled' && transport?.opened === true);
      const estimate = {
        inputTokens: read ? estimatePromptTokens(prompt) : 0,
        outputTokens: estimateTokens(text) + tokensOfBytes(hearing.thinkingBytes),
        cachedTokens: 0,
      };
      const usage = usageOf({ reported, complete: error === null, estimate, prices });
      ledger.record(request, { candidate, promptVersionId: prompt.versionId, attempt, at, usage, firstWordMs, ms: elapsed(), error });
      if (error === null) push({ type: 'finish', candidate, usage, firstWordMs, ms: elapsed(), truncated: hearing.end === 'length' });
    };

    try {
      const { temperature, maxOutputTokens } = request;
      await deps.localServers.confirm(candidate.ref.accountId);
      const connection = await accounts.connect(candidate.ref.accountId, { signal: request.signal });
      transport = connection.transport;
      const pieces = connection.client.stream({
        model: candidate.model,
        system: prompt.system,
        messages: prompt.messages,
        temperature,
        maxOutputTokens,
        contextTokens: candidate.contextTokens,
        habits,
      });
      try {
        for await (const piece of pieces) {
          await hearing.take(piece);
          if (request.signal.aborted) break;
          // The answer is complete: usage may still follow, but the call waits only a short time for it.
          if (hearing.isOver) settle ??= setTimeout(transport.close, policies.settleMs);
          else clearTimeout(settle);
        }
      } catch (error) {
        // A connection that breaks after the end of the answer loses nothing of it.
        if (!hearing.isWhole || request.signal.aborted) throw error;
      } finally {
        hearing.close();
      }
      request.signal.throwIfAborted();
      const verdict = hearing.verdict();
      if (verdict) throw verdict;
    } catch (error) {
      const failure = withAction(named(error, transport, { candidate, request, prompt }), hearing.text !== '');
      record(failure);
      throw keepFailure(failure, error);
    } finally {
      clearTimeout(settle);
      transport?.close();
    }
    record(null);
  };

  /** Calls one candidate with its retries. There is no retry once a word was shown. */
  const callCandidate = (request: GatewayRequest, candidate: Candidate, shown: () => boolean, push: Push): Promise<void> => {
    const { retry } = policies;
    const prompt = request.build(candidate);
    const { accountId } = candidate.ref;
    const account = accounts.get(accountId);
    const place = { accountId, address: account.baseUrl, model: candidate.model };
    const known = book.of(place);
    let habits = known;
    let calls = 0;
    const waitOf = (error: EmergenceError): number => Number(error.details.retryAfterMs ?? 0);
    const retries = (error: unknown): error is EmergenceError =>
      error instanceof EmergenceError &&
      !shown() &&
      retryable.has(error.code) &&
      // A server that was probed and is not running will not start during a pause.
      error.details.reason !== 'not_running' &&
      waitOf(error) <= retry.maxRetryAfterMs;

    /** Calls, and calls again at once without the fields that the server refuses; they are remembered once it has answered. */
    const ask = async (): Promise<void> => {
      for (let refused = 0; ; refused += 1) {
        calls += 1;
        push({ type: 'attempt', candidate, attempt: calls });
        try {
          await circuits.run({ accountId, provider: candidate.provider, model: candidate.model, signal: request.signal }, () =>
            callOnce(request, candidate, prompt, { attempt: calls, habits }, push),
          );
          if (habits !== known) book.keep(place, habits);
          return;
        } catch (error) {
          const told = failureOf(error);
          const next =
            told && !shown() && refused + 1 < answerLimits.requests
              ? habitsAfter(told, { ...request, system: prompt.system, habits }, account)
              : null;
          if (!next || !(error instanceof EmergenceError)) throw error;
          telemetry.increment('llm_retries_total', { provider: candidate.provider, reason: error.code });
          habits = next;
        }
      }
    };

    return pRetry(ask, {
      retries: retry.retries,
      minTimeout: retry.minWaitMs,
      randomize: true,
      signal: request.signal,
      onFailedAttempt: async ({ error, retriesLeft, retryDelay }) => {
        if (!retries(error) || retriesLeft === 0) return;
        const waitMs = Math.max(retryDelay, waitOf(error));
        telemetry.increment('llm_retries_total', { provider: candidate.provider, reason: error.code });
        push({ type: 'retry', waitMs, error: error.toRecord() });
        // p-retry waits its own delay afterwards; this waits only the part by which Retry-After exceeds it.
        await sleep(waitMs - retryDelay, request.signal);
      },
      shouldRetry: ({ error }) => retries(error),
    });
  };

  /** Calls the candidates in order, until one answers or one has shown text. */
  const callAll = async (request: GatewayRequest, push: Push): Promise<void> => {
    let shown = false;
    const failed: { candidate: Candidate; error: EmergenceError }[] = [];
    const watched: Push = (event) => {
      if (event.type === 'delta') shown = true;
      // The shown text turned out to be thinking.
      if (event.type === 'rethink') shown = false;
      push(event);
    };
    for (const [index, candidate] of request.candidates.entries()) {
      try {
        return await callCandidate(request, candidate, () => shown, watched);
      } catch (error) {
        const failure = request.signal.aborted ? new EmergenceError('cancelled', {}, { cause: error }) : toEmergenceError(error);
        const next = request.candidates[index + 1];
        if (shown || !next || !mayFallBack(failure, request)) throw withEarlier(failure, failed);
        failed.push({ candidate, error: failure });
        const name = ({ provider, model }: Candidate): string => `${provider}/${model}`;
        telemetry.increment('llm_fallbacks_total', { from: name(candidate), to: name(next), reason: failure.code });
        push({ type: 'fallback', from: candidate, to: next, error: failure.toRecord() });
      }
    }
  };

  return {
    candidatesFor: ({ model, agentId }) =>
      chooseCandidates({
        accounts: accounts.list(),
        wanted: [model, agents.list().find(({ id }) => id === agentId)?.model ?? null],
        fallback: settings.get().providers.fallback,
        mayLeave: settings.get().providers.localFallback,
        isAbsent: deps.localServers.isAbsent,
      }),
    stream: async function* (request) {
      if (request.candidates.length === 0) throw new EmergenceError('provider.none');
      // A reader that stops reading must end the request just as its signal does.
      const abandoned = new AbortController();
      const channel = createChannel<GatewayEvent>();
      const call = { ...request, signal: AbortSignal.any([request.signal, abandoned.signal]) };
      const running = callAll(call, channel.push).then(channel.close, channel.fail);
      try {
        yield* channel.read();
      } finally {
        abandoned.abort();
        await running;
      }
    },
  };
};

const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  if (ms <= 0) return;
  await delay(ms, undefined, { signal });
};
