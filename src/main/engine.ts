import type { Health } from '@shared/model';
import type { AppRouter } from './api/router';
import type { FileGrants } from './host/fileGrants';
import type { LibraryFiles } from './http/files';
import type { UrlSigner } from './http/urlSigner';
import type { ProxyFor } from './network/proxies';
import type { HelperLauncher } from './processes/port';
import type { Policies } from './providers/policies';
import type { Secrets } from './settings/secrets';
import type { SettingsService } from './settings/settings';
import type { ChangeBus } from './store/changes';
import type { DiskRoom } from './store/diskRoom';
import type { StorePart } from './store/part';
import type { Logger } from './telemetry/telemetry';

export interface ComposeOptions {
  host: 'electron' | 'headless';
  dataFolder: string;
  /** The program's `resources` folder. */
  resourcesFolder: string;
  /** The folder of the helper processes' built entries, `search.js`, `ingest.js`, `encode.js` and `rerank.js`. */
  helpersFolder: string;
  launcher: HelperLauncher;
  secrets: Secrets;
  /** The data, where the host opened it before; else it is opened as the next two fields say. */
  data?: StorePart;
  /** The name of a backup to restore first; the present database is kept beside it. */
  restore?: string | null;
  /** Begin with an empty database where the old one is gone; its files are set aside. */
  startEmpty?: boolean;
  /** Electron: the one-use names of files the person dropped or chose. */
  grants?: FileGrants;
  /** Electron: shows a file in the system's file manager. */
  reveal?: (path: string) => void;
  /** Electron: the system's proxies; else those of the environment. */
  proxyFor?: ProxyFor;
  /** True while the battery is low; never where the host does not know. */
  batteryIsLow?: () => boolean;
  now?: () => number;
  policies?: Policies;
}

/** The program without a host: the services with which an entry serves it. */
export interface Engine {
  router: AppRouter;
  files: LibraryFiles;
  signer: UrlSigner;
  settings: SettingsService;
  changes: ChangeBus;
  health: () => Promise<Health>;
  metricsText: () => Promise<string>;
  version: string;
  log: Logger;
  /** For the host's own writes at start: done now, or as soon as the disk has room. */
  diskRoom: Pick<DiskRoom, 'write'>;
  /** Saves running work, ends the helpers, closes the store. */
  close(): Promise<void>;
}
