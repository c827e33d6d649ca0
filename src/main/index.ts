import { join } from 'node:path';
import { app, BrowserWindow, dialog, shell } from 'electron';
import { compose } from './compose';
import { registerAppScheme, serveAppProtocol } from './electron/appProtocol';
import { denyForeignDownloads, denyNavigation, denyPermissions, stopSpellChecker } from './electron/denials';
import { serveDesktopVerbs } from './electron/desktopVerbs';
import { askToOpenExternal } from './electron/externalLinks';
import { createKeychainSecrets } from './electron/keychainSecrets';
import { createLocalApi } from './electron/localApi';
import { focusMainWindow, openMainWindow } from './electron/mainWindow';
import { setApplicationMenu } from './electron/menu';
import { servePorts } from './electron/rpcPort';
import { createSystemProxies } from './electron/systemProxies';
import { utilityLauncher } from './electron/utilityLauncher';
import type { ComposeOptions, Engine } from './engine';
import { loadAccess } from './host/access';
import { createBattery } from './host/battery';
import { readCommandLine } from './host/commandLine';
import { describeCrash, hearCrashes } from './host/crashes';
import { createFileGrants } from './host/fileGrants';
import { describeHolder, takeInstanceLock } from './host/instanceLock';
import { keepPrivate } from './host/keepPrivate';
import { keepHeapLean } from './host/leanHeap';
import { closingLimitMs } from './host/onInterrupt';
import { describeStartFailure, startChoices } from './host/startFailure';
import { createHttpHost } from './http/httpHost';
import { createOriginalAnswers } from './http/originalAnswers';
import { createSealedFileSecrets } from './settings/sealedFileSecrets';
import type { Logger } from './telemetry/telemetry';

/** The desktop program: one window around the engine. */
keepPrivate();
keepHeapLean();
const { dataFolder, token, restore, startEmpty, port: wantedPort } = readOptions();
const windowFolder = join(dataFolder, 'window');
const rendererFolder = join(import.meta.dirname, '..', 'renderer');
const preload = join(import.meta.dirname, '..', 'preload', 'index.cjs');
/** The language of the window, once it has reported it. */
let chosenLanguage: 'en' | 'fr' | null = null;
const language = (): 'en' | 'fr' => chosenLanguage ?? (app.getLocale().startsWith('fr') ? 'fr' : 'en');
/** Set as soon as a logger exists. */
let log: Logger | null = null;
/** The exit code of the program. */
let exitCode = 0;
hearCrashes({
  log: (trace, message) => (log ? log.error(trace, message) : console.error(message, trace)),
  end: () => {
    exitCode = 1;
    dialog.showErrorBox('Emergence', describeCrash(language()));
    app.quit();
  },
});

// One window for each data folder, which also holds Chromium's data for the page.
app.setPath('userData', windowFolder);
if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  denyNavigation((address) => void askToOpenExternal(address, language()));
  app.on('second-instance', focusMainWindow);
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: Electron is ready only after this module was evaluated.
  app.whenReady().then(start).catch(failToStart);
} else app.quit();

async function start(): Promise<void> {
  const taken = takeInstanceLock(dataFolder, 'electron');
  if (!('lock' in taken)) {
    dialog.showErrorBox('Emergence', describeHolder(dataFolder, taken.holder));
    return app.exit(0);
  }
  const grants = createFileGrants();
  const engine = await composeAsking({
    host: 'electron',
    dataFolder,
    restore,
    startEmpty,
    resourcesFolder: app.isPackaged ? join(process.resourcesPath, 'resources') : join(app.getAppPath(), 'resources'),
    helpersFolder: import.meta.dirname,
    launcher: utilityLauncher,
    batteryIsLow: createBattery(),
    secrets: await openSecrets(),
    grants,
    reveal: (path) => shell.showItemInFolder(path),
    proxyFor: createSystemProxies(),
  });
  if (!engine) return app.exit(1);
  log = engine.log;
  const access = loadAccess(dataFolder);
  const localApi = createLocalApi({
    wanted: () => engine.settings.get().programs.localApi,
    create: () => createHttpHost({ ...engine, token: token ?? access.token, windows: access.windows, rendererFolder }),
    port: wantedPort ?? access.port,
    onTaken: access.renew,
    onClosed: access.close,
    onListening: (port) => {
      const address = `http://127.0.0.1:${port}/#token=${encodeURIComponent(token ?? access.token)}`;
      engine.diskRoom.write('keep the port', () => access.save(port));
      engine.diskRoom.write('tell where we are', () => taken.lock.announce(address));
    },
    log: engine.log,
  });
  engine.changes.subscribe(({ entity }) => void (entity === 'settings' && localApi.sync()));
  closeOnQuit(async () => {
    await localApi.close();
    await engine.close();
    taken.lock.release();
  });

  denyPermissions();
  denyForeignDownloads();
  stopSpellChecker();
  serveAppProtocol({ rendererFolder, originals: createOriginalAnswers(engine), files: engine.files, log: engine.log });
  servePorts({ router: engine.router, context: { log: engine.log } });
  serveDesktopVerbs({
    grants,
    setLanguage: (chosen) => {
      chosenLanguage = chosen;
      setApplicationMenu(chosen, app.isPackaged);
    },
  });
  setApplicationMenu(language(), app.isPackaged);
  const open = () => openMainWindow({ preload, boundsFile: join(windowFolder, 'bounds.json') });
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && void open());
  await open();
  await localApi.sync();
  console.log('Emergence is ready');
}

/** Builds the engine; where the data cannot be opened, asks the person how to start. Null when the person wants to quit. */
async function composeAsking(options: ComposeOptions): Promise<Engine | null> {
  try {
    return await compose(options);
  } catch (error) {
    const choices = startChoices(error, dataFolder, language());
    if (choices.length === 0) throw error;
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Emergence',
      message: describeStartFailure(error, dataFolder, language()),
      buttons: choices.map(({ label }) => label),
      cancelId: choices.length - 1,
      noLink: true,
    });
    const start = choices[response]?.start ?? null;
    return start && composeAsking({ ...options, restore: null, startEmpty: false, ...start });
  }
}

function readOptions(): ReturnType<typeof readCommandLine> {
  try {
    return readCommandLine(process.argv.slice(1), process.env, false);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

/** The keychain where the system has one that works, else the sealed file that the headless host uses. */
async function openSecrets() {
  try {
    const keychain = await createKeychainSecrets(join(dataFolder, 'keychain.json'));
    if (keychain) return keychain;
  } catch (error) {
    console.warn(`The system's keychain cannot be used (${(error as Error).message}); keys are kept in a sealed file.`);
  }
  return createSealedFileSecrets({ folder: dataFolder, secretKey: process.env.EMERGENCE_SECRET_KEY });
}

/** Delays the end of the program until everything is written. */
function closeOnQuit(close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    setTimeout(() => app.exit(1), closingLimitMs).unref();
    close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        state = 'closed';
        if (exitCode === 0) app.quit();
        else app.exit(exitCode);
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}

function failToStart(error: unknown): void {
  const reason = describeStartFailure(error, dataFolder, language());
  console.error(reason);
  dialog.showErrorBox('Emergence', reason);
  app.exit(1);
}
