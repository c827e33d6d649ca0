import type { StoredModel } from '@main/store/providerAccounts';
import type { PresetId } from '@shared/model';
import type { ModelHabits } from './habits';
import type { PromptMessage } from './promptMessage';

/** One request to one model, independent of the protocol. */
export interface ChatRequest {
  model: string;
  /** Empty means none. */
  system: string;
  messages: PromptMessage[];
  temperature: number | null;
  maxOutputTokens: number | null;
  /** The window for which the prompt was built, in tokens; null when unknown. */
  contextTokens: number | null;
  /** The fields that the model's server refuses. */
  habits: ModelHabits;
}

/** Tokens as the provider counted them, each null where it gave none. `inputTokens` includes the cached ones. */
export interface ReportedUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  cachedTokens: number | null;
}

/**
 * `length`: cut at the output limit. `filtered`: the provider refused to continue. `tool`: the model called a tool it was not
 * given.
 */
export type EndReason = 'stop' | 'length' | 'filtered' | 'tool';

/**
 * The pieces of a stream. Without an `end` the answer is not complete, whatever the connection reports; of several the last one
 * counts, because some servers put one on every piece.
 */
export type ChatPiece =
  | { type: 'text'; text: string }
  /** The model's thinking, where it comes apart from the text; empty where the provider hides its words. */
  | { type: 'thinking'; text: string }
  | { type: 'usage'; usage: ReportedUsage }
  /** `bare`: the end came without other content, so that only the usage may follow. */
  | { type: 'end'; reason: EndReason; bare: boolean };

/** Reads the events of one answer in one protocol's form. */
export interface AnswerReader {
  /** Returns the pieces of the event. After them throws the failure that the event reports. */
  take(event: Record<string, unknown>): Iterable<ChatPiece>;
  /** The remaining pieces. `done`: the server marked the end of its stream. */
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
  /** Absent: the model chats, or may chat. */
  kind?: StoredModel['kind'];
  /** A model of a local server that runs elsewhere. */
  remote?: boolean;
}

/** The target of a client's calls. Nothing is read from the environment. */
export interface Connection {
  preset: PresetId;
  baseUrl: string;
  key: string | null;
  /** Bound to one call: obeys its signal and its time limits (`callTransport.ts`). */
  fetch: typeof globalThis.fetch;
}

/**
 * One per wire protocol. Throws the program's typed errors for failures that the provider reports, and the errors of `fetch` for a
 * broken connection.
 */
export interface ProtocolClient {
  stream(request: ChatRequest): AsyncIterable<ChatPiece>;
}

/** `client`, with every error it throws mapped by `named`. */
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
