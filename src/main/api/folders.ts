import type { Folders } from '@main/folders/folders';
import { EmergenceError } from '@shared/model';
import { api } from './base';

export interface FoldersApiDeps {
  folders: Folders;
  /** Electron: turns one-use grants of the dialog into paths. */
  redeemGrants?: ((grants: readonly string[]) => string[]) | undefined;
  /** Electron: shows a file in the system's file manager. */
  reveal?: ((path: string) => void) | undefined;
}

const ok = { ok: true } as const;

/** Handlers of `contract.folders`. */
export const createFoldersApi = ({ folders, redeemGrants, reveal }: FoldersApiDeps) => {
  const routes = api.folders;
  /** The window of Electron never names a path itself. */
  const pathOf = (path: string | undefined, grant: string | undefined): string => {
    const named = redeemGrants ? (grant ? redeemGrants([grant])[0] : undefined) : path;
    if (named === undefined) throw new EmergenceError('input.invalid', { reason: 'path' });
    return named;
  };
  return {
    list: routes.list.handler(() => ({ folders: folders.list(), chooses: redeemGrants !== undefined, reveals: reveal !== undefined })),
    add: routes.add.handler(({ input }) => folders.add(input.id, pathOf(input.path, input.grant))),
    update: routes.update.handler(({ input: { id, ...change } }) => folders.update(id, change)),
    rescan: routes.rescan.handler(({ input }) => {
      folders.rescan(input.id);
      return ok;
    }),
    remove: routes.remove.handler(async ({ input }) => {
      await folders.remove(input.id, input.documents);
      return ok;
    }),
    files: routes.files.handler(({ input }) => folders.files(input.id, input.group, input.limit)),
    restore: routes.restore.handler(({ input }) => folders.restore(input.fileId)),
    takeAgain: routes.takeAgain.handler(({ input }) => {
      folders.takeAgain(input.fileId);
      return ok;
    }),
    origins: routes.origins.handler(({ input }) => folders.origins(input.documentId)),
    note: routes.note.handler(({ input }) => folders.note(input.documentId)),
    reveal: routes.reveal.handler(({ input }) => {
      if (!reveal) throw new EmergenceError('not_found', { what: 'reveal' });
      reveal(folders.pathOf(input.fileId));
      return ok;
    }),
  };
};
