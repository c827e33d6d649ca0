import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type TurnHead, useTurns } from './turnStore';

/** Words that come within this many milliseconds came faster than anyone can read. */
const atOnceMs = 1_000;
/** A question that takes more of the view than this would leave no room for its answer. */
const mostOfView = 0.4;

interface ReadFromTopOptions {
  turn: TurnHead | null;
  scroller: RefObject<HTMLElement | null>;
  inner: RefObject<HTMLElement | null>;
  toTopOf: (element: HTMLElement) => void;
  fromTopToEnd: (element: HTMLElement) => void;
}

/**
 * Shows an answer from its beginning, together with its question where both fit. If it is still being written after a moment, its
 * end is followed instead: an answer that comes at once must not scroll to its end and back.
 */
export const useReadFromTop = ({ turn, scroller, inner, toTopOf, fromTopToEnd }: ReadFromTopOptions): void => {
  const { turnId = null, messageId = null, begun = false } = turn ?? {};
  /** The turn that was seen before its first words: one that is joined later is followed at its end. */
  const awaited = useRef<string | null>(null);
  // Runs before the new words are painted, and before anything scrolls to their end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first words matter
  useLayoutEffect(() => {
    if (turnId === null) return;
    if (!begun) {
      awaited.current = turnId;
      return;
    }
    if (awaited.current !== turnId) return;
    awaited.current = null;
    const answer = inner.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(messageId ?? turnId)}"]`);
    if (!answer) return;
    const question = answer.closest('[data-index]')?.previousElementSibling?.querySelector<HTMLElement>('[data-message]');
    const together = question && question.offsetHeight < (scroller.current?.clientHeight ?? 0) * mostOfView;
    const first = together ? question : answer;
    toTopOf(first);
    setTimeout(() => {
      if (useTurns.getState().turns[turnId]?.end === null) fromTopToEnd(first);
    }, atOnceMs);
  }, [turnId, begun]);
};
