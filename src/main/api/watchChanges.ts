import type { ChangeBus } from '@main/store/changes';
import type { Change } from '@shared/model';

/**
 * Yields changes as they happen, until the signal aborts. Changes during a slow read are merged by entity, so that a slow window
 * gets fewer, fuller events and memory stays bounded.
 */
export async function* watchChanges(changes: Pick<ChangeBus, 'subscribe'>, signal?: AbortSignal): AsyncGenerator<Change, void, void> {
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
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
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
    signal?.removeEventListener('abort', onAbort);
    unsubscribe();
  }
}
