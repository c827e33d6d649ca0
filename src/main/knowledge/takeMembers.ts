import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { addToCollection } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { addMember } from '@main/store/documentMembers';
import { firstPlace } from '@main/store/documentPlaces';
import { documentById } from '@main/store/documents';
import type { Logger } from '@main/telemetry/telemetry';
import { type EmergenceError, isReadableName, type LibraryDocument } from '@shared/model';
import { toFileError } from './fileErrors';
import type { FoundMembers } from './ingestStages';
import type { TakeIn } from './intake';
import { cleanSource } from './sources';
import { isHiddenName } from './walkFiles';

/** An archive in an archive in an archive is opened; one deeper is only named. */
const deepest = 3;

/** The key of a file within a document: its place is the place of that document and its name there, at some depth. */
const keyOfMember = (parent: string, depth: number, name: string): string =>
  `member:${depth}:${createHash('sha256').update(`${parent}\n${name}`).digest('hex')}`;
const depthOf = (key: string): number => Number(/^member:(\d+):/.exec(key)?.[1] ?? 0);

export interface TakeMembersDeps {
  db: WritableDb;
  log: Pick<Logger, 'warn'>;
  /** Copies a file into the library and takes it in. */
  takeFile: (path: string, file: Omit<TakeIn, 'hash' | 'size'>) => Promise<LibraryDocument>;
  /** Shows the person a file that could not be taken in, with the reason. */
  turnDown: (source: string, collectionId: string | null, error: EmergenceError) => void;
}

/**
 * Makes documents of the files within a document, in its collections, under its name as their folder. A file that was there before
 * stays the same document; a changed one is its new version. Files of a kind that cannot be read, and hidden ones, are left out; they
 * are named in the text of the document. Throws where nothing can be stored any more.
 */
export const createTakeMembers =
  ({ db, log, takeFile, turnDown }: TakeMembersDeps) =>
  async ({ documentId, versionId, folder, members }: FoundMembers): Promise<void> => {
    const place = firstPlace(db, versionId);
    const parent = documentById(db, documentId);
    if (!place || !parent) return;
    const depth = depthOf(place.key) + 1;
    if (depth > deepest) return;
    for (const { name, file } of members) {
      const cleaned = cleanSource(name);
      if (!isReadableName(cleaned) || cleaned.split('/').some(isHiddenName)) continue;
      const source = cleanSource(`${place.source}/${cleaned}`);
      const [first = null, ...others] = parent.collectionIds;
      try {
        const taken = await takeFile(join(folder, file), {
          source,
          sourceKey: keyOfMember(place.key, depth, cleaned),
          collectionId: first,
        });
        for (const collectionId of others) addToCollection(db, taken.id, collectionId);
        addMember(db, documentId, taken.id);
      } catch (error) {
        const known = toFileError(error);
        if (known.code === 'storage.full' || known.code === 'storage.unwritable') throw known;
        log.warn({ err: error, versionId }, 'a file within a document could not be taken in');
        turnDown(source, first, known);
      }
    }
  };
