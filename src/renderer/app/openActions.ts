import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** Something that can be done with the conversation, debate or document that is open. */
export interface OpenAction {
  id: string;
  icon: LucideIcon;
  label: string;
  run: () => void;
}

const offers: (() => readonly OpenAction[])[] = [];

/** What the open page offers now; nothing where no page does. The palette asks when it opens. */
export const openActions = (): readonly OpenAction[] => offers.at(-1)?.() ?? [];

/** Offers actions for what this component shows, as long as it is shown. They go by their order: the first is named first. */
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
