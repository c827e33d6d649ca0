import { listBlobs } from '@main/store/blobOwners';
import { documentById } from '@main/store/documents';
import { setVersionState } from '@main/store/documentVersions';
import { mendFullText } from '@main/store/fullText';
import { areOfIndexes, deleteOrphans, mendIndexes, newestVersion } from '@main/store/mendStore';
import { bringBackOriginals } from '@main/store/originals';
import { EmergenceError } from '@shared/model';
import type { Checked } from './checks';
import type { MaintenanceDeps } from './deps';

/** Repairs what a check found, as far as it can be repaired. Nothing that the person made is deleted. */
export const mend = async (
  { db, dataFolder, search, queue, originals }: MaintenanceDeps,
  { store, indexProblems, index, missing, unnamed }: Checked,
  signal: AbortSignal,
  onStep: (share: number) => void,
): Promise<void> => {
  if (store.problems.length > 0 && areOfIndexes(store.problems)) mendIndexes(db, store.problems);
  if (store.orphans.length > 0)
    deleteOrphans(
      db,
      store.orphans.map(({ table }) => table),
    );
  if (store.fullText > 0) mendFullText(db, ['message_fts']);
  signal.throwIfAborted();

  onStep(0.2);
  const sizes = new Map(listBlobs(db).map(({ hash, size }) => [hash, size]));
  bringBackOriginals(
    dataFolder,
    missing.map((hash) => [hash, sizes.get(hash) ?? 0]),
  );
  if (missing.length + unnamed + store.owners > 0) await originals.putInOrder();
  signal.throwIfAborted();

  onStep(0.3);
  if (store.textless.length > 0) {
    db.transaction(() => {
      for (const id of store.textless) {
        const [document, versionId] = [documentById(db, id), newestVersion(db, id)];
        if (!document || !versionId) continue;
        setVersionState(db, versionId, 'pending', null);
        queue.add(versionId, id, document.title);
      }
    })();
    queue.wake();
    await queue.idle();
    signal.throwIfAborted();
  }

  onStep(0.5);
  if (indexProblems.length > 0) {
    // The index holds nothing of its own: it is created again, and every document is indexed from its stored text.
    await search.call('beginAnew', undefined).catch((error: unknown) => {
      if (!(error instanceof EmergenceError) || error.code !== 'process.died') throw error;
    });
  }
  if (index.left > 0) await search.call('reconcile', undefined, { signal });
  if (index.strayVectors > 0) await search.call('dropStrayVectors', undefined, { signal });
  const wanted = indexProblems.length > 0 ? (await search.call('verify', undefined, { signal })).differing : index.differing;
  for (const [done, versionId] of wanted.entries()) {
    signal.throwIfAborted();
    onStep(0.5 + (0.5 * done) / wanted.length);
    await queue.reindex(versionId);
  }
};
