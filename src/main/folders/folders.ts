import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { toFileError } from '@main/knowledge/fileErrors';
import type { Library } from '@main/knowledge/library';
import { cleanName } from '@main/knowledge/sources';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { versionText } from '@main/store/parsedVersions';
import {
  countFiles,
  deleteFile,
  documentOf,
  fileByNumber,
  goneBefore,
  listFiles,
  noteNamed,
  originsOf,
  ownFiles,
  setFileState,
} from '@main/store/watchedFiles';
import { deleteFolder, type FolderRow, folderById, insertFolder, listFolders, updateFolder } from '@main/store/watchedFolders';
import {
  type DocumentOrigin,
  EmergenceError,
  type LibraryDocument,
  type Note,
  newId,
  troubleStates,
  type WatchedFile,
  type WatchedFileState,
  type WatchedFolder,
} from '@shared/model';
import type { Follower } from './follower';
import { mostNoteCharacters, readNote } from './notes';
import { folderName, openable } from './paths';
import { rootIdentity } from './root';

/** The document of a vanished file can be restored for this long. */
export const goneKeptMs = 30 * 86_400_000;
const mostFolders = 100;

export interface FoldersDeps {
  db: WritableDb;
  changes: ChangeBus;
  library: Pick<Library, 'createCollection' | 'document' | 'remove' | 'restore' | 'forget'>;
  follower: Follower;
  dataFolder: string;
  now: () => number;
}

const groups: Record<'trouble' | 'gone' | 'other', readonly WatchedFileState[]> = {
  trouble: troubleStates,
  gone: ['gone'],
  other: ['other', 'empty'],
};

/** True when one path is the other, or lies within it. */
const lies = (inner: string, outer: string): boolean => {
  const way = relative(outer, inner);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
};

/** The actions of the person on watched folders. */
export const createFolders = ({ db, changes, library, follower, dataFolder, now }: FoldersDeps) => {
  const shown = (row: FolderRow): WatchedFolder => {
    const counts = countFiles(db, row.id);
    const sum = (states: readonly WatchedFileState[]): number => states.reduce((all, state) => all + (counts[state] ?? 0), 0);
    const { live, ...progress } = follower.stateOf(row.id);
    return {
      id: row.id,
      path: row.path,
      name: cleanName(folderName(row.path)),
      collectionId: row.collectionId,
      ignore: row.ignore,
      paused: row.paused === 1,
      lookedAt: row.lookedAt,
      lookedMs: row.lookedMs,
      live,
      documents: sum(['document']),
      others: sum(groups.other),
      gone: sum(groups.gone),
      troubles: sum(groups.trouble),
      seen: progress.seen,
      toTake: progress.toTake,
      taken: progress.taken,
      state: row.paused === 1 ? 'paused' : (progress.state ?? row.state),
    };
  };
  const need = (id: string): FolderRow => {
    const row = folderById(db, id);
    if (!row) throw new EmergenceError('not_found', { folderId: id });
    return row;
  };
  const needFile = (n: number) => {
    const row = fileByNumber(db, n);
    if (!row) throw new EmergenceError('not_found', { fileId: n });
    return row;
  };

  /** Refuses a folder that is watched already, in whole or in part, and one within the program's own data. */
  const refuseOverlap = (path: string): void => {
    const other = listFolders(db).find((row) => lies(path, row.path) || lies(row.path, path));
    if (other) throw new EmergenceError('conflict', { reason: 'folder_watched', path: other.path });
    if (lies(path, resolve(dataFolder))) throw new EmergenceError('conflict', { reason: 'folder_own' });
    if (listFolders(db).length >= mostFolders) throw new EmergenceError('conflict', { reason: 'folder_many', most: mostFolders });
  };

  return {
    list: (): WatchedFolder[] => listFolders(db).map(shown),
    /** Begins to watch a folder, whose documents get a collection of its name. Throws `file.unreadable` and `conflict`. */
    add: async (id: string, given: string): Promise<WatchedFolder> => {
      const known = folderById(db, id);
      if (known) return shown(known);
      if (!isAbsolute(given)) throw new EmergenceError('conflict', { reason: 'folder_relative' });
      let path: string;
      let root: string;
      try {
        path = await realpath(given);
        root = await rootIdentity(path);
      } catch (error) {
        throw toFileError(error);
      }
      refuseOverlap(path);
      const collection = library.createCollection({ id: newId(), name: cleanName(folderName(path)).slice(0, 120) || path });
      insertFolder(db, { id, path, root, collectionId: collection.id }, now());
      changes.publish('folder', id);
      follower.begin(id);
      return shown(need(id));
    },
    update: (id: string, change: { paused?: boolean | undefined; ignore?: string | undefined }): WatchedFolder => {
      need(id);
      updateFolder(db, id, {
        ...(change.paused === undefined ? {} : { paused: change.paused ? 1 : 0 }),
        ...(change.ignore === undefined ? {} : { ignore: change.ignore }),
      });
      if (change.paused) follower.end(id);
      else follower.begin(id);
      changes.publish('folder', id);
      return shown(need(id));
    },
    rescan: (id: string): void => {
      need(id);
      follower.begin(id);
    },
    /** Stops watching. `delete` moves the documents that came from the folder to the bin. */
    remove: async (id: string, documents: 'keep' | 'delete'): Promise<void> => {
      need(id);
      await follower.end(id);
      const came = documents === 'delete' ? ownFiles(db, id).map((row) => documentOf(db, row.place)) : [];
      deleteFolder(db, id);
      changes.publish('folder', id);
      for (const document of came) if (document && document.deletedAt === null) await library.remove(document.id);
    },
    files: (id: string, group: keyof typeof groups, limit: number): { items: WatchedFile[]; total: number } => {
      need(id);
      const counts = countFiles(db, id);
      return {
        items: listFiles(db, id, groups[group], limit, goneKeptMs),
        total: groups[group].reduce((all, state) => all + (counts[state] ?? 0), 0),
      };
    },
    restore: (fileId: number): LibraryDocument => {
      const row = needFile(fileId);
      const document = documentOf(db, row.place);
      if (!document) throw new EmergenceError('not_found', { fileId });
      const restored = library.restore(document.id);
      // From now on it is a document without a file, and stays.
      if (row.state === 'gone') deleteFile(db, row.n);
      changes.publish('folder', row.folderId);
      return restored;
    },
    takeAgain: (fileId: number): void => {
      const row = needFile(fileId);
      const document = documentOf(db, row.place);
      if (document && document.deletedAt !== null) {
        library.restore(document.id);
        setFileState(db, row.n, 'document');
      } else deleteFile(db, row.n);
      changes.publish('folder', row.folderId);
      follower.begin(row.folderId);
    },
    origins: (documentId: string): DocumentOrigin[] =>
      originsOf(db, library.document(documentId).id).map(({ root, key: _key, ...origin }) => ({
        ...origin,
        folderName: cleanName(folderName(root)),
        fullPath: join(root, origin.path),
      })),
    /** Reads a note as Obsidian and Logseq do. A link leads to the note of that path or name in the same folder. */
    note: (documentId: string): Note | null => {
      const { id, format, versionId } = library.document(documentId);
      const [origin] = originsOf(db, id);
      if (format !== 'markdown' || !origin) return null;
      const { links, ...note } = readNote(versionText(db, versionId, 0, mostNoteCharacters));
      return { ...note, links: links.map((link) => ({ ...link, documentId: noteNamed(db, origin.folderId, link.target) })) };
    },
    /** The path of a file, for the host to show. */
    pathOf: (fileId: number): string => {
      const row = needFile(fileId);
      return openable(need(row.folderId).path, row.key).toString();
    },
    /** Deletes for good what vanished more than 30 days ago, unless the person restored it. */
    dropLongGone: async (): Promise<void> => {
      for (const row of goneBefore(db, now() - goneKeptMs)) {
        const document = documentOf(db, row.place);
        if (row.binned && document && document.deletedAt !== null) await library.forget(document.id);
        deleteFile(db, row.n);
      }
    },
  };
};
export type Folders = ReturnType<typeof createFolders>;
