import { create } from 'zustand';

/** Documents that are being deleted: hidden at once, while the call to the engine is still running. */
export const useDeletedSoon = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

export const setDeletedSoon = (ids: readonly string[], isHidden: boolean): void =>
  useDeletedSoon.setState((state) => {
    const next = new Set(state.ids);
    for (const id of ids) isHidden ? next.add(id) : next.delete(id);
    return { ids: next };
  });
