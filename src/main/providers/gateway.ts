import { type CallPurpose, EmergenceError, type ErrorRecord, type ModelRef, type Source, type Support, type Usage } from '@shared/model';
import type { PromptMessage } from './promptMessage';

/** A model that could answer, in the order it would be tried. */
export interface Candidate {
  ref: ModelRef;
  /** Account name for people ("Anthropic"). */
  provider: string;
  model: string;
  /** Null when unknown; the context builder then assumes a small window. */
  contextTokens: number | null;
  local: boolean;
  /** Set on the first candidate when the model that the person chose, for this chat or for its agent, no longer exists. */
  insteadOf?: { from: string; reason: 'model.missing' };
}

/** A candidate's label for people: its model, after its provider's name where `other` has a model of the same name. */
export const candidateLabel = ({ provider, model }: Candidate, other: Candidate): string =>
  model === other.model ? `${provider} · ${model}` : model;

/** The last failure, extended by the reasons why the models before it did not answer. Pure. */
export const withEarlier = (last: EmergenceError, failed: readonly { candidate: Candidate; error: EmergenceError }[]): EmergenceError => {
  const [first] = failed;
  if (!first || last.code === 'cancelled') return last;
  const earlier = failed.map(
    ({ candidate, error }) =>
      `${candidate.provider} · ${candidate.model}: ${error.code}${error.details.said ? ` (${error.details.said})` : ''}`,
  );
  const firstCode = first.error.details.firstCode ?? first.error.code;
  const details = { ...last.details, firstProvider: first.candidate.provider, firstCode, earlier: earlier.join('; ') };
  return new EmergenceError(last.code, details, { message: last.message, action: last.action, cause: last.cause });
};

/** The prompt for one candidate: built per candidate, because windows differ. */
export interface BuiltPrompt {
  system: string;
  messages: PromptMessage[];
  /** `<name>.<language>@<version>` of its template; the ledger keeps the version that was sent. */
  versionId: string;
}

export interface GatewayRequest {
  purpose: CallPurpose;
  turnId: string | null;
  conversationId: string | null;
  agentId: string | null;
  /** From `candidatesFor`; empty means that the passages answer. */
  candidates: Candidate[];
  /** Called once for each candidate when it is called. */
  build: (candidate: Candidate) => BuiltPrompt;
  temperature: number | null;
  maxOutputTokens: number | null;
  signal: AbortSignal;
}

/**
 * The events of the gateway: `attempt` for each model tried, `retry` while it waits, `fallback` when another model takes over,
 * `thinking` and `delta`s, then `finish` with the usage. A `rethink` takes back all deltas of the attempt: they were thinking. A
 * new attempt begins with neither text nor thinking. At the end of a failed call the generator throws an EmergenceError; the deltas
 * yielded before remain valid. After the first delta there is no retry and no fallback.
 */
export type GatewayEvent =
  | { type: 'attempt'; candidate: Candidate; attempt: number }
  | { type: 'retry'; waitMs: number; error: ErrorRecord }
  | { type: 'fallback'; from: Candidate; to: Candidate; error: ErrorRecord }
  | { type: 'delta'; text: string }
  /** Thinking that the provider hides has no text. `ms`: how long the model has thought by then. */
  | { type: 'thinking'; text: string; ms: number }
  | { type: 'rethink'; ms: number }
  | { type: 'finish'; candidate: Candidate; usage: Usage; firstWordMs: number | null; ms: number; truncated: boolean };

/** A text cut by the model's own limit (`truncated`) is not complete: it is stored, and can be continued. */
export const lengthLimit = (): EmergenceError =>
  new EmergenceError('provider.interrupted', { reason: 'length' }, { message: "The answer reached the model's length limit." });

/** All model calls of the program go through here: timeouts, retries, breaker, fallback, ledger, metrics. */
export interface ModelGateway {
  /**
   * The chosen model first (or the agent's, or the first of the list), then, with fallback on, the others in order. Empty when none
   * is configured.
   */
  candidatesFor(choice: { model: ModelRef | null; agentId: string }): Candidate[];
  stream(request: GatewayRequest): AsyncGenerator<GatewayEvent, void, void>;
}

/**
 * Makes an answer without a model: excerpts of the documents as text with `[n]`, best first. With `support` none the text states
 * that the documents do not answer, and cites nothing. Pure.
 */
export type PassagesAnswerer = (input: { excerpts: readonly Source[]; language: 'en' | 'fr'; support: Support }) => string;
