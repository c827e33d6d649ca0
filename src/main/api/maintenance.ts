import type { Maintenance } from '@main/maintenance/maintenance';
import { api } from './base';

const ok = { ok: true } as const;

export interface MaintenanceApiDeps {
  maintenance: Maintenance;
}

export const createMaintenanceApi = ({ maintenance }: MaintenanceApiDeps) => ({
  room: api.maintenance.room.handler(() => maintenance.room()),
  state: api.maintenance.state.handler(() => maintenance.state()),
  start: api.maintenance.start.handler(({ input }) => {
    maintenance.start(input.task);
    return ok;
  }),
  cancel: api.maintenance.cancel.handler(async () => {
    await maintenance.cancel();
    return ok;
  }),
});
