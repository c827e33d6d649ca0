import { join } from 'node:path';
import { compose } from './compose';
import type { Engine } from './engine';
import type { Access } from './host/access';
import { createBattery } from './host/battery';
import type { ExchangeCodes } from './http/exchangeCodes';
import type { HttpDoor } from './http/httpDoor';
import { createHttpHost } from './http/httpHost';
import { forkLauncher } from './processes/forkLauncher';
import { createSealedFileSecrets } from './settings/sealedFileSecrets';
import type { StorePart } from './store/part';

export interface ServeEngineOptions {
  dataFolder: string;
  /** The folder of the built entries. */
  built: string;
  data: StorePart;
  door: HttpDoor;
  codes: ExchangeCodes;
  token: string;
  windows: Access['windows'];
}

export interface ServedEngine {
  engine: Engine;
  close(): Promise<void>;
}

/** Builds the engine on the opened data and serves it, and the built renderer, through the door. Throws as `compose` does. */
export const serveEngine = async ({ dataFolder, built, data, ...served }: ServeEngineOptions): Promise<ServedEngine> => {
  const engine = await compose({
    host: 'headless',
    dataFolder,
    data,
    resourcesFolder: join(built, '..', '..', 'resources'),
    helpersFolder: built,
    launcher: forkLauncher,
    batteryIsLow: createBattery(),
    secrets: createSealedFileSecrets({ folder: dataFolder, secretKey: process.env.EMERGENCE_SECRET_KEY }),
  });
  const host = createHttpHost({ ...engine, ...served, rendererFolder: join(built, '..', 'renderer') });
  return {
    engine,
    close: async () => {
      await host.close();
      await engine.close();
    },
  };
};
