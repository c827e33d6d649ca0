import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFoldersPart } from '@main/folders/part';
import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import { newId, type WatchedFolder } from '@shared/model';
import { onTestFinished } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { plainDiskRoom } from '../../support/diskRoom';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from '../ingest/libraryFixture';

/** Never answers, and ends when it is told to: what comes in stays in the queue. */
const silentIngest: Helper<IngestApi> = {
  call: (_method, _input, options) =>
    new Promise((_resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(new DOMException('ended', 'AbortError')), { once: true });
    }),
  stop: () => {},
} as Partial<Helper<IngestApi>> as Helper<IngestApi>;

export interface OpenOptions {
  dataFolder?: string;
  now?: () => number;
  /** The built ingest process; without it, no file is read. */
  ingestPath?: string;
}

let searchPath = '';
/** To be called before the tests of a file. */
export const buildSearch = async (name: string): Promise<void> => {
  searchPath = await buildHelper('src/main/processes/search/searchProcess.ts', `search-${name}`);
};

/** Real folders beside a real library, in which nothing is read: the tests are about which files come in. */
export const openFolders = ({ dataFolder = temporaryFolder(), now = Date.now, ingestPath }: OpenOptions = {}) => {
  const house = openLibrary({
    dataFolder,
    searchPath,
    embedder: 'none',
    ...(ingestPath ? { ingestPath } : { ingestPath: '', ingest: silentIngest }),
  });
  const { log } = house.telemetry;
  const part = createFoldersPart({ ...house, log, diskRoom: plainDiskRoom(), now });
  return { house, part, ...part.api };
};
export type OpenFolders = ReturnType<typeof openFolders>;

/** Closes at the end of the test. */
export const openForTest = (options?: OpenOptions): OpenFolders => {
  const open = openFolders(options);
  onTestFinished(async () => {
    await open.part.stop();
    await open.house.close();
  });
  return open;
};

/** Writes a file that rested for a while; each call gives it another time. */
let minutes = 0;
export const put = (root: string, path: string, content: string | Uint8Array): string => {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  minutes += 1;
  const at = new Date(Date.UTC(2026, 0, 1, 0, minutes));
  utimesSync(full, at, at);
  return full;
};

/** Watches a folder and waits for the first look. */
export const watch = async ({ folders, idle }: OpenFolders, root: string): Promise<WatchedFolder> => {
  const { id } = await folders.add(newId(), root);
  await idle();
  return lookOf(folders, id);
};

export const lookOf = (folders: OpenFolders['folders'], id: string): WatchedFolder => {
  const found = folders.list().find((folder) => folder.id === id);
  if (!found) throw new Error('the folder is not watched');
  return found;
};

/** Looks again at all of a folder, and waits. */
export const again = async ({ folders, idle }: OpenFolders, id: string): Promise<WatchedFolder> => {
  folders.rescan(id);
  await idle();
  return lookOf(folders, id);
};

/** Live documents by their source: id and number of versions. */
export const documents = (house: LibraryFixture): Record<string, { id: string; versions: number }> =>
  Object.fromEntries(
    house.db
      .prepare<[], { source: string; id: string; versions: number }>(
        `SELECT d.source, d.id, (SELECT count(*) FROM document_versions WHERE document_id = d.id) AS versions
         FROM documents d WHERE d.deleted_at IS NULL ORDER BY d.source`,
      )
      .all()
      .map(({ source, ...rest }) => [source, rest]),
  );
