import { markJumped } from '@renderer/conversation/markJumped';
import type { Place } from '@renderer/conversation/useStickyScroll';
import type { Debate } from '@shared/model';
import { type RefObject, useEffect, useRef } from 'react';

interface JumpOptions {
  jumpTo: string | null;
  /** The shown debate: the contribution may come with a later event. */
  debate: Debate;
  scroller: RefObject<HTMLElement | null>;
  show: (place: Place) => void;
}

/** Scrolls to the contribution of the address, once. */
export const useJumpToSpeech = ({ jumpTo, debate, scroller, show }: JumpOptions): void => {
  const reached = useRef<string | null>(null);
  useEffect(() => {
    if (!jumpTo || reached.current === jumpTo || !debate.turns.some(({ message }) => message.id === jumpTo)) return;
    if (!scroller.current?.querySelector(`[data-message="${CSS.escape(jumpTo)}"]`)) return;
    reached.current = jumpTo;
    show({ message: jumpTo, index: 0, below: 'middle', aim: markJumped });
  }, [jumpTo, debate, scroller, show]);
};
