import { fold } from '@shared/text/fold';
import type { LucideIcon } from 'lucide-react';

export interface PaletteAction {
  id: string;
  icon: LucideIcon;
  label: string;
  shortcut?: string;
  run: () => void;
}

/** The actions for which each typed word begins some word of the label, ignoring accents and case; in the given order. */
export const filterActions = <Action extends { label: string }>(actions: readonly Action[], query: string): Action[] => {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  return actions.filter(({ label }) => {
    const words = fold(label).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
};
