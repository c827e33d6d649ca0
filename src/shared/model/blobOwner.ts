import { z } from 'zod';
import { idSchema } from './ids';

/** The kinds of things that own bytes of files: an original is kept while one of them does. */
export const blobOwnerKinds = ['version'] as const;
export type BlobOwnerKind = (typeof blobOwnerKinds)[number];

export const blobOwnerSchema = z.object({ kind: z.enum(blobOwnerKinds), id: idSchema });
export type BlobOwner = z.infer<typeof blobOwnerSchema>;
