import type { Change } from '@shared/model';

export interface ChangeBus {
  publish(entity: Change['entity'], ...ids: string[]): void;
  /** Returns the unsubscribe function. */
  subscribe(listener: (change: Change) => void): () => void;
}

/** Notifies listeners of the stored things that changed. Synchronous and in order. */
export const createChangeBus = (): ChangeBus => {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish: (entity, ...ids) => {
      for (const listener of listeners) listener({ entity, ids });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
