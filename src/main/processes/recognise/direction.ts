import type { Worker } from 'tesseract.js';
import { limits } from './limits';
import type { PageImage } from './pageImage';
import { startTesseract } from './tesseractThread';
import type { Turn } from './turns';

const turns: ReadonlySet<number> = new Set([90, 180, 270]);

/** Finds how a page lies, by Tesseract's data on the directions of scripts, in a thread that starts with the first page. */
export const createDirection = (folder: string) => {
  let ready: Promise<Worker> | null = null;
  return {
    /** The turn that brings the text of a page upright; null where it is upright, and where too few letters tell. */
    turnOf: async ({ pgm }: PageImage): Promise<Turn | null> => {
      ready ??= startTesseract(['osd'], { folder, isOlder: true });
      const worker = await ready;
      // It rejects for a page with too few letters.
      const found = await worker.detect(pgm).catch(() => null);
      const { orientation_degrees: degrees, orientation_confidence: sure } = found?.data ?? {};
      if (degrees == null || sure == null || sure < limits.directionConfidence || !turns.has(degrees)) return null;
      return degrees as Turn;
    },
    /** Ends the thread. */
    close: async (): Promise<void> => {
      await ready?.then((worker) => worker.terminate());
      ready = null;
    },
  };
};
export type Direction = ReturnType<typeof createDirection>;
