import type { ReadableDb } from '@main/store/database';
import { uploadById } from '@main/store/uploads';
import type { BlobOwner, BlobOwnerKind } from '@shared/model';
import { need } from './libraryContext';

/** The files of one kind of owner: hands out its bytes, and receives the bytes that were announced for it. */
export interface OwnerFiles<File> {
  originalFile(id: string): File | Promise<File>;
  receiveUpload(uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<unknown>;
}

/** The files of all kinds of owners, for the hosts: an address names the owner, and an upload is announced for a kind. */
export const createOwnedFiles = <File>({ db, owners }: { db: ReadableDb; owners: Record<BlobOwnerKind, OwnerFiles<File>> }) => ({
  /** Throws `not_found`. */
  originalFile: ({ kind, id }: BlobOwner): File | Promise<File> => owners[kind].originalFile(id),
  /** Throws `not_found` for an upload that nobody announced, or whose kind of owner is unknown. */
  receiveUpload: async (uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<unknown> => {
    const { ownerKind } = need(uploadById(db, uploadId), { uploadId });
    const files = need((owners as Partial<typeof owners>)[ownerKind] ?? null, { uploadId });
    return files.receiveUpload(uploadId, bytes, announced);
  },
});
