import type { Part } from '@main/parts/part';
import type { MaintenanceDeps } from './deps';
import { createMaintenance } from './maintenance';

/** Checks, repairs and measures the stored library. */
export const createMaintenancePart = (deps: MaintenanceDeps) => {
  const maintenance = createMaintenance(deps);
  return {
    api: { maintenance },
    startWrites: [{ what: 'end the maintenance that the last run left', write: maintenance.endStray }],
    stop: maintenance.stop,
  } satisfies Part<unknown>;
};
