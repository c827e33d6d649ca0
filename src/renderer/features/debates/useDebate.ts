import { useApi, useEngine } from '@renderer/base/client';
import { followStream } from '@renderer/conversation/followStream';
import { isGone } from '@renderer/lib/errors';
import { createFrameBatch } from '@renderer/lib/frameBatch';
import type { Debate, DebateEvent } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { applyDebateEvent, type LiveDebate, nothingYet } from './liveDebate';

export interface FollowedDebate extends LiveDebate {
  /** The reason why nothing can be shown; after a lost connection it is followed again instead. */
  error: unknown;
  /** Follows the debate again after it was resumed, or after an error. */
  follow: () => void;
}

/** A debate as it happens. Every connection begins with the whole state, so that a cut loses and doubles nothing. */
export const useDebate = (id: string): FollowedDebate => {
  const engine = useEngine();
  const [state, apply] = useReducer(
    (live: LiveDebate, events: readonly DebateEvent[]) => events.reduce(applyDebateEvent, live),
    nothingYet,
  );
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const follow = useCallback(() => setAttempt((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` requests another connection
  useEffect(() => {
    const end = new AbortController();
    setError(null);
    const arrived = createFrameBatch<DebateEvent>(apply);
    let known: Debate['state'] = 'running';
    followStream<DebateEvent>({
      whenOpen: engine.whenOpen,
      open: () => engine.client.debates.watch({ id }, { signal: end.signal }),
      onEvent: (event) => {
        arrived.push(event);
        if (event.type === 'state' || event.type === 'ended') known = event.debate.state;
        return undefined;
      },
      isOver: () => known !== 'running',
      signal: end.signal,
    }).catch(setError);
    return () => {
      end.abort();
      arrived.flush();
    };
  }, [engine, id, attempt]);

  useEffect(() => {
    if (state.lost) follow();
  }, [state.lost, follow]);
  const gone = useNews(state.debate, follow);
  return { ...state, error: error ?? gone, follow };
};

/**
 * Follows a finished debate again when the stored one differs from the shown one: resumed in another window, or saved at last.
 * Returns the error of a debate that was deleted, there or here; null while it exists.
 */
const useNews = (shown: Debate | null, follow: () => void): unknown => {
  const api = useApi();
  const over = shown !== null && shown.state !== 'running';
  const { data: stored, error } = useQuery(api.debates.get.queryOptions({ input: { id: shown?.id ?? '' }, enabled: over }));
  // Each answer is checked once: an old one must not count as new while the next is loading.
  const seen = useRef(stored);
  useEffect(() => {
    if (!over || !stored || stored === seen.current) return;
    seen.current = stored;
    if (JSON.stringify(stored) !== JSON.stringify(shown)) follow();
  }, [over, stored, shown, follow]);
  return over && isGone(error) ? error : null;
};
