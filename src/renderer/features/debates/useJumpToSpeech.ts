import { showWithin } from '@renderer/lib/showWithin';
import type { Debate } from '@shared/model';
import { type RefObject, useEffect, useRef } from 'react';

interface JumpOptions {
  jumpTo: string | null;
  /** The shown debate: the contribution may come with a later event. */
  debate: Debate;
  scroller: RefObject<HTMLElement | null>;
}

const shownMs = 1_700;

/** Scrolls to the contribution of the address, once. */
export const useJumpToSpeech = ({ jumpTo, debate, scroller }: JumpOptions): void => {
  const reached = useRef<string | null>(null);
  useEffect(() => {
    if (!jumpTo || reached.current === jumpTo || !debate.turns.some(({ message }) => message.id === jumpTo)) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(jumpTo)}"]`);
    if (!element || !scroller.current) return;
    reached.current = jumpTo;
    showWithin(scroller.current, element);
    element.setAttribute('data-jumped', '');
    setTimeout(() => element.removeAttribute('data-jumped'), shownMs);
  }, [jumpTo, debate, scroller]);
};
