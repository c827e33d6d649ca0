import type { ChangeBus } from '@main/store/changes';
import type { backupSchema, systemInfoSchema } from '@shared/contract/system';
import type { Health } from '@shared/model';
import type { z } from 'zod';
import { api } from './base';
import { watchChanges } from './watchChanges';

export type SystemInfo = z.infer<typeof systemInfoSchema>;
/** The facts of a restore before it happens. */
export interface RestorePlan {
  missingOriginals: number;
}
export type BackupInfo = z.infer<typeof backupSchema>;

export interface SystemApiDeps {
  info: () => SystemInfo | Promise<SystemInfo>;
  health: () => Health | Promise<Health>;
  changes: Pick<ChangeBus, 'subscribe'>;
  backups: {
    list(): BackupInfo[] | Promise<BackupInfo[]>;
    create(): BackupInfo | Promise<BackupInfo>;
    /** Restores the named backup at the next start. Throws `not_found` and `storage.backup_damaged`. */
    restoreAtNextStart(name: string): RestorePlan | Promise<RestorePlan>;
  };
}

export const createSystemApi = ({ info, health, changes, backups }: SystemApiDeps) => ({
  info: api.system.info.handler(() => info()),
  health: api.system.health.handler(() => health()),
  changes: api.system.changes.handler(({ signal }) => watchChanges(changes, signal)),
  backups: api.system.backups.handler(() => backups.list()),
  backup: api.system.backup.handler(() => backups.create()),
  restoreBackup: api.system.restoreBackup.handler(({ input }) => backups.restoreAtNextStart(input.name)),
});
