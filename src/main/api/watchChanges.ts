import type { ChangeBus } from '@main/store/changes';
import type { Change } from '@shared/model';

/**
 * Yields changes as they happen, from this call on and until the signal aborts. It listens at once and not with the first read, which
 * comes only after the answer was sent: a change by the next call of the same window would be lost. Changes during a slow read are
 * merged by entity, so that a slow window gets fewer, fuller events and memory stays bounded.
 */
export const watchChanges = (changes: Pick<ChangeBus, 'subscribe'>, signal?: AbortSignal): AsyncGenerator<Change, void, void> => {
  /** Ids by entity; null means "any of them". */
  const waiting = new Map<Change['entity'], Set<string> | null>();
  let wake: () => void = () => {};
  const unsubscribe = changes.subscribe(({ entity, ids }) => {
    const known = waiting.get(entity);
    if (ids.length === 0 || known === null) waiting.set(entity, null);
    else if (known) for (const id of ids) known.add(id);
    else waiting.set(entity, new Set(ids));
    wake();
  });
  const end = (): void => {
    signal?.removeEventListener('abort', end);
    unsubscribe();
    wake();
  };
  // A feed that is never read ends here too: the code below runs only with its first read.
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();

  async function* read(): AsyncGenerator<Change, void, void> {
    try {
      while (!signal?.aborted) {
        if (waiting.size === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        const batch = [...waiting];
        waiting.clear();
        for (const [entity, ids] of batch) yield { entity, ids: [...(ids ?? [])] };
      }
    } finally {
      end();
    }
  }
  return read();
};
