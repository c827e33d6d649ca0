import type { StoredModel } from '@main/store/providerAccounts';
import type { PresetId } from '@shared/model';
import type { PromptMessage } from './gateway';
import type { ModelHabits } from './habits';

/** One request to one model, in no protocol's words. */
export interface ChatRequest {
  model: string;
  /** Empty: none. */
  system: string;
  messages: PromptMessage[];
  temperature: number | null;
  maxOutputTokens: number | null;
  /** The window the prompt was built for, in tokens; null when unknown. */
  contextTokens: number | null;
  /** The fields that the model's server does not take. */
  habits: ModelHabits;
}

/** Tokens as the provider counted them, each null where it did not say. `inputTokens` includes the cached ones. */
export interface ReportedUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  cachedTokens: number | null;
}

/** `length`: cut at the output limit. `filtered`: the provider refused to go on. `tool`: the model asked for a tool it was not given. */
export type EndReason = 'stop' | 'length' | 'filtered' | 'tool';

/**
 * What a stream is made of. Without an `end` the answer is not complete, whatever the connection says; with several the last
 * one holds, because some servers put one on every piece.
 */
export type ChatPiece =
  | { type: 'text'; text: string }
  /** The model's thinking, where it comes apart from the text; empty where the provider keeps its words to itself. */
  | { type: 'thinking'; text: string }
  | { type: 'usage'; usage: ReportedUsage }
  /** `bare`: it came with nothing else, so that nothing but the usage is expected after it. */
  | { type: 'end'; reason: EndReason; bare: boolean };

/** Reads the events of one answer in one protocol's form. */
export interface AnswerReader {
  /** Throws the failure that the event tells, after the pieces that it holds. */
  take(event: Record<string, unknown>): Iterable<ChatPiece>;
  /** The rest. `done`: the server said that its stream is over. */
  end(done: boolean): ChatPiece[];
}

/** A model as the provider lists it. Prices in USD per million tokens; null is unknown. */
export interface ListedModel {
  id: string;
  name: string;
  contextTokens: number | null;
  priceInput: number | null;
  priceOutput: number | null;
  priceCached: number | null;
  /** Absent: it chats, or may. */
  kind?: StoredModel['kind'];
  /** A model of a local server that runs elsewhere. */
  remote?: boolean;
}

/** Where a client connects to. Nothing is read from the environment. */
export interface Connection {
  preset: PresetId;
  baseUrl: string;
  key: string | null;
  /** Bound to one call: obeys its signal and its time limits (`wire.ts`). */
  fetch: typeof globalThis.fetch;
}

/** One per wire protocol. Throws our errors for what the provider said, and what `fetch` throws for a broken connection. */
export interface ProtocolClient {
  stream(request: ChatRequest): AsyncIterable<ChatPiece>;
}

/** `client` with what it throws run through `named`. */
export const withNamedErrors = (named: (error: unknown) => unknown, client: ProtocolClient): ProtocolClient => ({
  stream: async function* (request) {
    try {
      yield* client.stream(request);
    } catch (error) {
      throw named(error);
    }
  },
});

export const listedModel = (id: string, facts: Partial<ListedModel> = {}): ListedModel => ({
  id,
  name: id,
  contextTokens: null,
  priceInput: null,
  priceOutput: null,
  priceCached: null,
  ...facts,
});
