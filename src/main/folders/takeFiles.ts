import { lstat } from 'node:fs/promises';
import { toFileError } from '@main/knowledge/fileErrors';
import type { Library } from '@main/knowledge/library';
import { cleanSource } from '@main/knowledge/sources';
import type { WritableDb } from '@main/store/database';
import { followVersion } from '@main/store/documentNames';
import {
  deleteFile,
  documentOf,
  type FileRow,
  fileAt,
  fileByNumber,
  filesWithHash,
  filesWithInode,
  liesElsewhere,
  moveFile,
  noteSeen,
  noteTaken,
  setFileState,
} from '@main/store/watchedFiles';
import { type FolderRow, folderById } from '@main/store/watchedFolders';
import type { FileProblem, LibraryDocument } from '@shared/model';
import type { IgnoreRules } from './ignoreRules';
import type { Seen } from './lookThrough';
import { folderName, openable } from './paths';
import { isReachable } from './root';

export interface TakeFilesDeps {
  db: WritableDb;
  library: Pick<Library, 'storeFile' | 'takeIn' | 'remove' | 'restore' | 'document'>;
  now: () => number;
}

/** Brings the library in step with the files of watched folders. */
export const createTakeFiles = ({ db, library, now }: TakeFilesDeps) => {
  const sourceOf = (folder: FolderRow, path: string): string => cleanSource(`${folderName(folder.path)}/${path}`);

  /** True when a file is no longer where it was, while its folder is there; also where only the case of its name changed. */
  const hasLeft = async (row: FileRow, seen: Seen): Promise<boolean> => {
    const folder = folderById(db, row.folderId);
    if (!folder || (row.folderId === seen.folderId && row.key === seen.key) || !(await isReachable(folder))) return false;
    try {
      const there = await lstat(openable(folder.path, row.key), { bigint: true });
      return there.nlink === 1n && `${there.dev}:${there.ino}` === seen.inode;
    } catch (error) {
      return toFileError(error).details.reason === 'missing';
    }
  };

  const firstThatLeft = async (rows: readonly FileRow[], seen: Seen): Promise<FileRow | null> => {
    for (const row of rows) if (await hasLeft(row, seen)) return row;
    return null;
  };

  /** Brings the document of a file back from the bin where it went there with the file. */
  const bringBack = (row: FileRow): void => {
    const document = documentOf(db, row.place);
    if (document && document.deletedAt !== null && row.binned) library.restore(document.id);
  };

  /** A file that was moved or renamed stays the same document, with all that the person did with it. */
  const follow = (row: FileRow, seen: Seen, folder: FolderRow): LibraryDocument | null => {
    const document = documentOf(db, row.place);
    if (!document || (document.deletedAt !== null && !row.binned)) return null;
    bringBack(row);
    db.transaction(() => {
      moveFile(db, row, seen, sourceOf(folder, seen.path));
      followVersion(db, document.id);
    })();
    return library.document(document.id);
  };

  /** The file was read: it is one that moved, one that came back, a new version, or a new document. Synchronous. */
  const decide = (folder: FolderRow, seen: Seen, stored: { hash: string; size: number }, moved: FileRow | null): LibraryDocument => {
    const row = fileAt(db, seen.folderId, seen.key);
    const followed = moved && !row?.hash ? follow(moved, seen, folder) : null;
    if (followed) return followed;
    if (row?.state === 'gone') bringBack(row);
    const before = documentOf(db, seen.place);
    const taken = { ...seen, ...stored };
    return library.takeIn(
      { ...stored, source: sourceOf(folder, seen.path), sourceKey: seen.place, collectionId: folder.collectionId, apart: true },
      () => noteTaken(db, { ...taken, own: before === null }),
    );
  };

  return {
    /**
     * Takes in a file that is new or changed. A file that cannot be read is noted with its reason. Throws only where nothing can be stored
     * any more.
     */
    take: async (folder: FolderRow, seen: Seen): Promise<LibraryDocument | null> => {
      const row = fileAt(db, seen.folderId, seen.key);
      if (row?.hash) {
        const document = documentOf(db, row.place);
        // The person deleted the document: the file stays out of the library, whatever becomes of it.
        if (document ? document.deletedAt !== null && !row.binned : row.state !== 'gone') {
          setFileState(db, row.n, 'left_out');
          return null;
        }
      } else {
        const same = await firstThatLeft(filesWithInode(db, seen), seen);
        const followed = same && follow(same, seen, folder);
        if (followed) return followed;
        if (same && documentOf(db, same.place)) {
          // The person had deleted the document of the file that moved: it stays out.
          moveFile(db, same, seen, sourceOf(folder, seen.path));
          setFileState(db, same.n, 'left_out');
          return null;
        }
      }
      try {
        return await library.storeFile(openable(folder.path, seen.key), async (stored) => {
          const moved = row?.hash ? null : await firstThatLeft(filesWithHash(db, stored.hash), seen);
          return decide(folder, seen, stored, moved);
        });
      } catch (error) {
        const known = toFileError(error);
        if (known.code === 'storage.full' || known.code === 'storage.unwritable') throw known;
        if (known.code !== 'file.unreadable' && known.code !== 'document.too_large') throw error;
        const reason = known.details.reason as FileProblem | undefined;
        // A file that changes while it is read is still being written.
        const state =
          known.code === 'document.too_large' ? 'too_large' : reason === 'changed' || reason === 'busy' ? 'writing' : 'unreadable';
        if (reason !== 'missing') noteSeen(db, { ...seen, state, problem: state === 'unreadable' ? (reason ?? 'other') : null });
        return null;
      }
    },
    /** Notes that a file vanished, unless it was found elsewhere; a document that came with it goes into the bin. */
    lose: async (missed: FileRow, root: string, rules: IgnoreRules): Promise<void> => {
      // Back again since the look, and not because the person ignores it now.
      if (!(await isAbsent(openable(root, missed.key))) && !rules(missed.path)) return;
      const row = fileByNumber(db, missed.n);
      // Found at another place meanwhile.
      if (!row || row.state === 'gone' || row.key !== missed.key || row.folderId !== missed.folderId) return;
      if (row.hash === null) return deleteFile(db, row.n);
      const document = documentOf(db, row.place);
      const binned = row.own === 1 && document?.deletedAt === null && !liesElsewhere(db, document.id, row.place);
      setFileState(db, row.n, 'gone', { goneAt: now(), binned });
      if (binned && document) await library.remove(document.id);
    },
  };
};
export type TakeFiles = ReturnType<typeof createTakeFiles>;

const isAbsent = (path: string | Buffer): Promise<boolean> =>
  lstat(path).then(
    () => false,
    (error: unknown) => toFileError(error).details.reason === 'missing',
  );
