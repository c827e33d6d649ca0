import type { HealthProbe, Part } from '@main/parts/part';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { Logger } from '@main/telemetry/telemetry';
import type { Secrets } from './secrets';
import { createSettings } from './settings';

export const createSettingsPart = ({
  db,
  changes,
  secrets,
  log,
}: {
  db: WritableDb;
  changes: ChangeBus;
  secrets: Pick<Secrets, 'kind'>;
  log: Logger;
}) => {
  const keychain: HealthProbe = () => ({ state: secrets.kind === 'weak' ? 'degraded' : 'ok', data: { kind: secrets.kind } });
  return { api: createSettings({ db, changes, log }), health: { keychain } } satisfies Part<unknown>;
};
