import { fold } from '@shared/text/fold';
import type { LucideIcon } from 'lucide-react';

export interface PaletteAction {
  id: string;
  icon: LucideIcon;
  label: string;
  shortcut?: string;
  run: () => void;
}

/** Actions whose words all begin some word of the label, accents and case aside; in the order given. */
export const filterActions = <Action extends { label: string }>(actions: readonly Action[], query: string): Action[] => {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  return actions.filter(({ label }) => {
    const words = fold(label).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
};
