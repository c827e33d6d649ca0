/** Every limit around a model call, in one place. In milliseconds unless stated otherwise. */
export interface CallLimits {
  /** From sending the request to the response's headers. */
  responseMs: number;
  /** Silence between two pieces of a response. */
  idleMs: number;
}

export interface Policies {
  remote: CallLimits;
  /** A model server on this machine may have to load the model and read the prompt before it sends anything. */
  local: CallLimits;
  listing: CallLimits;
  /** A whole list, with its pages and the requests for each model. */
  listingMs: number;
  /** The whole small chat that tests an account, at a provider and on this machine, where the model may have to be loaded first. */
  testMs: { remote: number; local: number };
  /** How long the call waits for the usage after the end of an answer. */
  settleMs: number;
  retry: {
    /** Tries after the first one, before the first token only. */
    retries: number;
    /** First wait; doubled each time, times a random factor of 1 to 2. */
    minWaitMs: number;
    /** The call does not wait for a longer Retry-After: it fails and reports the delay. */
    maxRetryAfterMs: number;
  };
  circuit: {
    /** Failures in a row that open the circuit of a model. */
    failures: number;
    halfOpenAfterMs: number;
  };
}

/**
 * The most that a provider may send for one answer, after decompression. Past a limit the call ends in `provider.too_much`, and the
 * text so far is kept. A short answer comes in many events, so the whole stream may be far larger than its text.
 */
export const answerLimits = {
  answerCharacters: 2_000_000,
  thinkingCharacters: 2_000_000,
  /** One line of a stream, or an answer that comes as one document. */
  lineCharacters: 8_388_608,
  streamBytes: 268_435_456,
  /** Three lines for each event; a stream with more carries little text but costs time. */
  streamLines: 6_000_000,
  /** How much of the body of an error is read; its beginning names the error. */
  errorBytes: 65_536,
  /** A larger count of tokens for one call is not believed. */
  tokens: 100_000_000,
  /** How many requests one call may make, one more for each field that the server refuses. */
  requests: 6,
} as const;

/** A limit per month needs no longer wait: a longer one is a mistake. */
export const longestWaitMs = 31 * 24 * 3_600_000;

/** Decision 8 gives the reasons for the numbers of retries and of the circuit. */
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
