import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compose } from '@main/compose';
import type { Engine } from '@main/engine';
import { forkLauncher } from '@main/processes/forkLauncher';
import { createSealedFileSecrets } from '@main/settings/sealedFileSecrets';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Contract } from '@shared/contract';
import { newId } from '@shared/model';
import { watchHandles } from './leaks';
import { fillFromPrepared } from './preparedFolder';

export interface TestEngine extends Engine {
  /** Calls without a wire. */
  client: ContractRouterClient<Contract>;
  /** A folder with a page, like the built renderer. */
  rendererFolder: string;
  dataFolder: string;
  addProvider(provider: { baseUrl: string; model: string }): Promise<void>;
  /** Closes the engine and opens another on the same folder. */
  restart(): Promise<void>;
  /** Waits until the document of this source is ingested; returns its version. */
  readyVersion(source: string): Promise<string>;
}

/** The folder in which `npm test` built the helper processes; a test that needs them fails with an explanation without it. */
const helpersFolder = resolve('out', 'main');

/**
 * The whole engine, with real processes and a real database, on a folder of its own, with the guide ready, that `close` deletes. `close`
 * rejects where it leaves anything open.
 */
export const startTestEngine = async (): Promise<TestEngine> => {
  if (!existsSync(join(helpersFolder, 'search.js')))
    throw new Error('These tests start the built helper processes: run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'emergence-engine-'));
  const dataFolder = join(folder, 'data');
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Emergence</title>');
  await fillFromPrepared(dataFolder);
  const handles = watchHandles();
  const open = (): Promise<Engine> =>
    compose({
      host: 'headless',
      dataFolder,
      resourcesFolder: resolve('resources'),
      helpersFolder,
      launcher: forkLauncher,
      secrets: createSealedFileSecrets({ folder: dataFolder }),
    });
  const clientOf = (engine: Engine) => createRouterClient(engine.router, { context: { log: engine.log } });
  let engine = await open();
  let client = clientOf(engine);
  await client.settings.update({ providers: { detectLocal: false }, search: { secondModel: false } });
  const test: TestEngine = {
    ...engine,
    client,
    rendererFolder,
    dataFolder,
    addProvider: async ({ baseUrl, model }) => {
      const { id } = await client.providers.add({ id: newId(), preset: 'custom', baseUrl, key: 'test-key' });
      await client.providers.update({ id, defaultModel: model });
    },
    readyVersion: async (source) => {
      for (;;) {
        const { items } = await client.library.documents({});
        const document = items.find((item) => item.source === source);
        if (document?.state === 'failed') throw new Error(`${source} failed: ${document.error?.code}`);
        if (document?.state === 'ready') return document.versionId;
        await new Promise((wait) => setTimeout(wait, 50));
      }
    },
    restart: async () => {
      await engine.close();
      engine = await open();
      client = clientOf(engine);
      Object.assign(test, { ...engine, client, close: test.close });
    },
    close: async () => {
      await engine.close();
      // The turns end with the engine, and it leaves nothing open in this process.
      if ((await client.chat.active()).length > 0) throw new Error('A turn outlived its engine.');
      await handles.settled();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return test;
};
