import { create } from 'zustand';

/** Documents that are being deleted: hidden at once, while the call to the engine is still running. */
export const useLeaving = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

export const setLeaving = (ids: readonly string[], leaving: boolean): void =>
  useLeaving.setState((state) => {
    const next = new Set(state.ids);
    for (const id of ids) leaving ? next.add(id) : next.delete(id);
    return { ids: next };
  });
