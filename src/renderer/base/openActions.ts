import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** An action on the open conversation, debate or document. */
export interface OpenAction {
  id: string;
  icon: LucideIcon;
  label: string;
  run: () => void;
}

const offers: (() => readonly OpenAction[])[] = [];

/** The actions of the open page; none where the page has none. The palette reads them when it opens. */
export const openActions = (): readonly OpenAction[] => offers.at(-1)?.() ?? [];

/** Offers actions for the content of this component while it is shown, in their order. */
export const useOpenActions = (actions: readonly OpenAction[]): void => {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const offer = (): readonly OpenAction[] => latest.current;
    offers.push(offer);
    return () => {
      offers.splice(offers.indexOf(offer), 1);
    };
  }, []);
};
