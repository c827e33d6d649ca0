import { z } from 'zod';
import { documentOriginSchema, documentSchema, idSchema, noteSchema, watchedFileSchema, watchedFolderSchema } from '../model';
import { done, procedure } from './base';

const ignore = z.string().max(20_000);

/** Folders of this machine whose files the library follows. */
export const folders = {
  /** `chooses`: true where the host shows the system's own dialog, so that no path is typed; `reveals`: it can show a file there. */
  list: procedure.output(z.object({ folders: z.array(watchedFolderSchema), chooses: z.boolean(), reveals: z.boolean() })),
  /**
   * Watches a folder, named by a one-use grant of the dialog (Electron) or by its absolute path (headless). The same id again
   * returns the same folder. Refuses with `conflict` a folder within a watched one, or around one.
   */
  add: procedure
    .input(z.object({ id: idSchema, path: z.string().min(1).max(4_096).optional(), grant: z.string().max(200).optional() }))
    .output(watchedFolderSchema),
  update: procedure
    .input(z.object({ id: idSchema, paused: z.boolean().optional(), ignore: ignore.optional() }))
    .output(watchedFolderSchema),
  /** Looks through the folder now. */
  rescan: procedure.input(z.object({ id: idSchema })).output(done),
  /** Stops watching. The folder itself is never touched; its documents stay in the library, or are deleted from it. */
  remove: procedure.input(z.object({ id: idSchema, documents: z.enum(['keep', 'delete']) })).output(done),
  /** The files of a folder in one group of states, by path. */
  files: procedure
    .input(
      z.object({
        id: idSchema,
        group: z.enum(['trouble', 'gone', 'other']),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ items: z.array(watchedFileSchema), total: z.number().int() })),
  /** Brings the document of a vanished file back; it stays in the library without its file. */
  restore: procedure.input(z.object({ fileId: z.number().int() })).output(documentSchema),
  /** Takes a file in again whose document the person had deleted. */
  takeAgain: procedure.input(z.object({ fileId: z.number().int() })).output(done),
  /** The places of a document in watched folders. */
  origins: procedure.input(z.object({ documentId: idSchema })).output(z.array(documentOriginSchema)),
  /** The tags, aliases, properties and links of a note; null for a document that is no Markdown of a watched folder. */
  note: procedure.input(z.object({ documentId: idSchema })).output(noteSchema.nullable()),
  /** Electron: shows a file in the system's own file manager. */
  reveal: procedure.input(z.object({ fileId: z.number().int() })).output(done),
};
