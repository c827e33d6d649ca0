import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, type Worker } from 'tesseract.js';

const resolvePackage = createRequire(import.meta.url).resolve;

/** In an installed program a thread reads real files only. */
const unpacked = (path: string): string => path.replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked');
const workerPath = (): string =>
  unpacked(join(dirname(resolvePackage('tesseract.js/package.json')), 'src', 'worker-script', 'node', 'index.js'));

/**
 * Starts Tesseract in a thread of its own, with data that lie in the folder. Directions are found by its older models, which only the
 * older engine reads.
 */
export const startTesseract = (
  data: readonly string[],
  { folder, isOlder, onProgress = () => {} }: { folder: string; isOlder: boolean; onProgress?: (progress: number) => void },
): Promise<Worker> =>
  createWorker([...data], isOlder ? OEM.TESSERACT_ONLY : OEM.LSTM_ONLY, {
    langPath: unpacked(folder),
    cacheMethod: 'none',
    gzip: true,
    workerPath: workerPath(),
    legacyCore: isOlder,
    legacyLang: isOlder,
    // Without a handler an error is thrown where nobody can catch it; the call rejects with it, too.
    errorHandler: () => {},
    logger: ({ progress }) => onProgress(progress),
  });
