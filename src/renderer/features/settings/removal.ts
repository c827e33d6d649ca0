import { savedBeforeLeaving } from '@renderer/base/leaving';
import { create } from 'zustand';

/**
 * Accounts that are being removed: switched off and hidden at once, really removed (with their key) when Undo is no longer offered.
 */
export const useLeavingAccounts = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

const setLeaving = (id: string, leaving: boolean): void =>
  useLeavingAccounts.setState(({ ids }) => {
    const next = new Set(ids);
    leaving ? next.add(id) : next.delete(id);
    return { ids: next };
  });

export interface Removal {
  undo: () => void;
  /** To be called when Undo is no longer offered. */
  finish: () => void;
}

/** Hides an account until `finish` removes it, which closing the window also does, or `undo` shows it again. */
export const beginRemoval = (id: string, remove: () => Promise<boolean>): Removal => {
  let over = false;
  const end = (): boolean => {
    if (over) return false;
    over = true;
    removeEventListener('pagehide', finish);
    return true;
  };
  const finish = (): void => {
    // It stays hidden: the list still contains it for a moment after it was removed.
    if (end()) void savedBeforeLeaving(remove()).then((removed) => removed || setLeaving(id, false));
  };
  setLeaving(id, true);
  addEventListener('pagehide', finish);
  return {
    undo: () => {
      if (end()) setLeaving(id, false);
    },
    finish,
  };
};
