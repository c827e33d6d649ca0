/** Every limit around a model call, in one place. Milliseconds unless said. */
export interface CallLimits {
  /** From sending the request to the response's headers. */
  responseMs: number;
  /** Silence between two pieces of a response. */
  idleMs: number;
}

export interface Policies {
  remote: CallLimits;
  /** A model server on this machine may have to load the model and read the prompt before it says anything. */
  local: CallLimits;
  listing: CallLimits;
  /** A list in all, with its pages and what is asked of each model. */
  listingMs: number;
  /** The small chat that tests an account: in all, at a provider and on this machine, where the model may have to be loaded first. */
  testMs: { remote: number; local: number };
  /** After the end of an answer: how long its usage is waited for. */
  settleMs: number;
  retry: {
    /** Tries after the first one, before the first token only. */
    retries: number;
    /** First wait; doubled each time, times 1 to 2 by chance. */
    minWaitMs: number;
    /** A longer Retry-After is not waited for: the call fails and says how long. */
    maxRetryAfterMs: number;
  };
  circuit: {
    /** Failures in a row that open the circuit of a model. */
    failures: number;
    halfOpenAfterMs: number;
  };
}

/**
 * How much a provider may send for one answer, after decompression. Past a bound the call ends in `provider.too_much`, with the
 * text so far kept. A short answer comes in many events: the whole stream may be far larger than what it says.
 */
export const answerLimits = {
  answerCharacters: 2_000_000,
  thinkingCharacters: 2_000_000,
  /** One line of a stream, or an answer that comes as one document. */
  lineCharacters: 8_388_608,
  streamBytes: 268_435_456,
  /** Three for each event; more say next to nothing each, and take their time. */
  streamLines: 6_000_000,
  /** The beginning of an error's body that is read; it names the error. */
  errorBytes: 65_536,
  /** A provider that counts more tokens for one call is not believed. */
  tokens: 100_000_000,
  /** Requests that one call may take, one more for each thing that the server refuses. */
  requests: 6,
} as const;

/** A longer wait than a month's limit asks for is a mistake. */
export const longestWaitMs = 31 * 24 * 3_600_000;

/** Retries and circuit follow REFERENCE.md "Errors on the wire". */
export const defaultPolicies: Policies = {
  remote: { responseMs: 60_000, idleMs: 90_000 },
  local: { responseMs: 300_000, idleMs: 180_000 },
  listing: { responseMs: 15_000, idleMs: 15_000 },
  listingMs: 60_000,
  testMs: { remote: 20_000, local: 30_000 },
  settleMs: 3_000,
  retry: { retries: 3, minWaitMs: 500, maxRetryAfterMs: 60_000 },
  circuit: { failures: 5, halfOpenAfterMs: 30_000 },
};
