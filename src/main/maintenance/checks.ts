import { join } from 'node:path';
import type { IndexCheck } from '@main/processes/search/api';
import { isNeeded, listBlobs, titlesOfOriginals } from '@main/store/blobOwners';
import { checkDatabase } from '@main/store/checkDatabase';
import { checkStore, type StoreCheck } from '@main/store/checkStore';
import type { WritableDb } from '@main/store/database';
import { documentById } from '@main/store/documents';
import { searchableVersions } from '@main/store/libraryRoom';
import { areOfIndexes, isLeftOver } from '@main/store/mendStore';
import type { Finding } from '@shared/model';
import type { MaintenanceDeps } from './deps';

/** Everything that a check knows: a repair acts on it, the person reads the findings. */
export interface Checked {
  store: StoreCheck;
  indexProblems: string[];
  index: IndexCheck;
  missing: string[];
  unnamed: number;
}

const titlesShown = 3;
const nothingCompared: IndexCheck = { differing: [], left: 0, strayVectors: 0 };

/** Runs all checks, each reported when it begins. */
export const runChecks = async (
  { db, dataFolder, search, originals, blobs }: Pick<MaintenanceDeps, 'db' | 'dataFolder' | 'search' | 'originals' | 'blobs'>,
  signal: AbortSignal,
  onStep: (share: number) => void,
): Promise<Checked> => {
  onStep(0);
  const store = await checkStore(db.name, signal);
  onStep(0.4);
  const indexProblems = await checkDatabase(join(dataFolder, 'index.db'));
  signal.throwIfAborted();
  onStep(0.6);
  // A damaged index is made again as a whole: it is not compared.
  const index = indexProblems.length > 0 ? nothingCompared : await search.call('verify', undefined, { signal });
  onStep(0.8);
  const missing = await blobs.missing(listBlobs(db).filter(({ hash }) => isNeeded(db, hash)));
  signal.throwIfAborted();
  const unnamed = await originals.unnamed();
  onStep(1);
  return { store, indexProblems, index, missing, unnamed };
};

/** The findings of a check as the person reads them. */
export const findingsOf = (db: WritableDb, { store, indexProblems, index, missing, unnamed }: Checked): Finding[] => {
  const sum = store.orphans.reduce((count, orphan) => count + orphan.count, 0);
  const titles = new Map(searchableVersions(db).map(({ versionId, title }) => [versionId, title]));
  const titlesOf = (ids: readonly string[], titleOf: (id: string) => string | undefined): string[] =>
    ids.slice(0, titlesShown).flatMap((id) => titleOf(id) ?? []);
  const all: Finding[] = [
    { kind: 'database', count: store.problems.length, mendable: areOfIndexes(store.problems), titles: [] },
    { kind: 'references', count: sum, mendable: store.orphans.every(({ table }) => isLeftOver(db, table)), titles: [] },
    { kind: 'fullText', count: store.fullText, mendable: true, titles: [] },
    {
      kind: 'texts',
      count: store.textless.length,
      mendable: true,
      titles: titlesOf(store.textless, (id) => documentById(db, id)?.title),
    },
    { kind: 'index', count: indexProblems.length, mendable: true, titles: [] },
    {
      kind: 'passages',
      count: index.differing.length + index.left,
      mendable: true,
      titles: titlesOf(index.differing, (id) => titles.get(id)),
    },
    { kind: 'vectors', count: index.strayVectors, mendable: true, titles: [] },
    { kind: 'missing', count: missing.length, mendable: false, titles: titlesOfOriginals(db, missing, titlesShown) },
    { kind: 'unnamed', count: unnamed, mendable: true, titles: [] },
    { kind: 'owners', count: store.owners, mendable: true, titles: [] },
  ];
  return all.filter(({ count }) => count > 0);
};
