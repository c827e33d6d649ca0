import type { Page, Worker } from 'tesseract.js';
import type { RecognisedPage, RecognitionLanguage } from './api';
import { type Word, wordsOf } from './keepWords';
import type { PageImage } from './pageImage';
import { startTesseract } from './tesseractThread';

const paragraphsOf = ({ blocks }: Pick<Page, 'blocks'>): Word[][][] =>
  (blocks ?? []).flatMap(({ paragraphs }) => paragraphs.map(({ lines }) => lines.map(({ words }) => words)));

/** Tesseract in a thread of its own, with the languages of the last call; their data lies in the folder. */
export const createTesseract = (languagesFolder: string) => {
  let ready: { key: string; worker: Promise<Worker> } | null = null;
  let onProgress = (_progress: number): void => {};

  const workerFor = async (languages: readonly RecognitionLanguage[]): Promise<Worker> => {
    const key = languages.join('+');
    if (ready?.key === key) return ready.worker;
    await ready?.worker.then((worker) => worker.terminate());
    ready = {
      key,
      worker: startTesseract(languages, { folder: languagesFolder, isOlder: false, onProgress: (progress) => onProgress(progress) }),
    };
    return ready.worker;
  };

  return {
    read: async (
      image: PageImage,
      languages: readonly RecognitionLanguage[],
      report: (progress: number) => void,
    ): Promise<RecognisedPage> => {
      onProgress = report;
      const worker = await workerFor(languages);
      const { data } = await worker.recognize(image.pgm, {}, { blocks: true, text: false });
      return { ...wordsOf(paragraphsOf(data), image), engine: `tesseract ${data.version} ${languages.join('+')}` };
    },
    /** Ends the thread. */
    close: async (): Promise<void> => {
      await ready?.worker.then((worker) => worker.terminate());
      ready = null;
    },
  };
};
export type Tesseract = ReturnType<typeof createTesseract>;
