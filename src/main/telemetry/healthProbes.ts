import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchStatus } from '@main/processes/search/api';
import type { ReadableDb } from '@main/store/database';
import type { HealthPart, ProviderAccount } from '@shared/model';
import type { HealthPartId, HealthProbe } from './health';

type PartState = Omit<HealthPart, 'id'>;
/** Below this much room, saving is at risk. */
const lowDiskBytes = 1024 ** 3;

export interface HealthFacts {
  db: ReadableDb;
  /** What the check after a crash found; a database that fails it is down, whatever a single query says. */
  databaseProblems: () => readonly string[];
  /** How many stored entries could not be read and were left out. */
  unreadableEntries: () => number;
  /** Originals that documents need, and those of them that are lost or altered, with the names of some documents. */
  originals: () => { total: number; missing: number; altered: number; names: string[] };
  /** Why the last daily backup could not be made; null when it was. */
  backupFailure: () => string | null;
  dataFolder: string;
  /** The search process's own word; rejects while it is restarting. */
  searchStatus: () => Promise<SearchStatus>;
  /** Documents waiting and being read. */
  ingestQueue: () => { queued: number; running: number };
  providers: () => ProviderAccount[];
  /** Stored accounts that this version cannot read. */
  unreadableProviders: () => number;
  secretsKind: () => 'keychain' | 'secret-key' | 'sealed-file' | 'weak';
  /** Time of the last backup, UTC milliseconds; null when there is none yet. */
  lastBackupAt: () => number | null;
}

/** Probes for every part, from what the services say. Search is asked once for the three parts that live in its process. */
export const createHealthProbes = (facts: HealthFacts): Record<HealthPartId, HealthProbe> => {
  let asked: { at: number; status: Promise<SearchStatus> } | null = null;
  const searchStatus = (): Promise<SearchStatus> => {
    if (!asked || performance.now() - asked.at > 200) asked = { at: performance.now(), status: facts.searchStatus() };
    return asked.status;
  };

  return {
    database: (): PartState => {
      const problems = facts.databaseProblems().length;
      if (problems > 0) return { state: 'down', data: { problems } };
      const started = performance.now();
      facts.db.prepare('SELECT count(*) FROM settings').get();
      const unreadable = facts.unreadableEntries();
      const backupFailure = facts.backupFailure();
      return {
        state: unreadable > 0 || backupFailure !== null ? 'degraded' : 'ok',
        data: { ms: Math.round(performance.now() - started), lastBackupAt: facts.lastBackupAt(), unreadable, backupFailure },
      };
    },
    search: async () => {
      const { chunks, bytes } = await searchStatus();
      return { state: 'ok', data: { chunks, bytes } };
    },
    ingest: () => {
      const { queued, running } = facts.ingestQueue();
      return { state: queued + running > 0 ? 'busy' : 'ok', data: { queued, running } };
    },
    embedder: async () => embedderPart((await searchStatus()).embedder),
    vectors: async () => {
      const { kind, count, pending } = (await searchStatus()).vectors;
      return { state: kind === 'none' ? 'off' : pending > 0 ? 'busy' : 'ok', data: { kind, count, pending } };
    },
    originals: () => {
      const { total, missing, altered, names } = facts.originals();
      return { state: missing + altered > 0 ? 'degraded' : 'ok', data: { total, missing, altered, names: names.join(', ') } };
    },
    disk: async () => {
      const { bavail, bsize } = await statfs(facts.dataFolder);
      const free = bavail * bsize;
      const refused = (await Promise.all(folders.map((name) => isRefused(join(facts.dataFolder, name))))).map((is, at) =>
        is ? folders[at] : '',
      );
      const names = refused.filter((name) => name !== '').join(', ');
      return { state: free < lowDiskBytes || names !== '' ? 'degraded' : 'ok', data: { freeBytes: free, refused: names } };
    },
    providers: () => {
      const enabled = facts.providers().filter((account) => account.enabled);
      const troubled = enabled.filter(({ circuit, lastTest }) => circuit !== 'closed' || lastTest?.ok === false);
      const unreadable = facts.unreadableProviders();
      return {
        state: troubled.length > 0 || unreadable > 0 ? 'degraded' : enabled.length === 0 ? 'off' : 'ok',
        data: { configured: enabled.length, troubled: troubled.map(({ name }) => name).join(', '), ...(unreadable > 0 && { unreadable }) },
      };
    },
    keychain: () => {
      const kind = facts.secretsKind();
      return { state: kind === 'weak' ? 'degraded' : 'ok', data: { kind } };
    },
  };
};

/** The folders that everything is kept in. */
const folders = ['.', 'blobs', 'backups'] as const;
/** Whether nothing can be written there; a folder that is not made yet will be. */
const isRefused = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  if (!found) return false;
  return (
    !found.isDirectory() ||
    (await access(path, constants.W_OK).then(
      () => false,
      () => true,
    ))
  );
};

const embedderPart = ({ id, state, dimensions }: SearchStatus['embedder']): PartState => {
  const data = { id, dimensions };
  switch (state) {
    case 'ready':
      return { state: 'ok', data };
    case 'loading':
      return { state: 'busy', data };
    case 'missing':
      return { state: id === 'none' ? 'off' : 'degraded', data };
    case 'failed':
      return { state: 'degraded', data };
  }
};
