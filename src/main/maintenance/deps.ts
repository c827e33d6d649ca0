import type { Blobs } from '@main/knowledge/blobs';
import type { IngestQueue } from '@main/knowledge/ingestQueue';
import type { Originals } from '@main/knowledge/originals';
import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { Store } from '@main/store/open';
import type { Logger } from '@main/telemetry/telemetry';

export interface MaintenanceDeps {
  db: WritableDb;
  dataFolder: string;
  changes: ChangeBus;
  search: Pick<Helper<SearchApi>, 'call'>;
  queue: Pick<IngestQueue, 'add' | 'wake' | 'reindex' | 'idle'>;
  originals: Pick<Originals, 'unnamed' | 'putInOrder'>;
  blobs: Pick<Blobs, 'missing'>;
  backup: Store['backup'];
  log: Logger;
  now: () => number;
}
