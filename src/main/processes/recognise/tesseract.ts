import type { RecognisedLines } from '@shared/model';
import type { Page, Worker } from 'tesseract.js';
import type { RecognisedPage, RecognitionLanguage } from './api';
import { limits } from './limits';
import type { PageImage } from './pageImage';
import { startTesseract } from './tesseractThread';

/** Rules and stains that are taken for signs, and blanks. */
const strokes = /^[\s|\\_~^`]*$/;
const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** The words of a page without the noise that pictures and stains give. Pure. */
export const wordsOf = (
  page: Pick<Page, 'blocks'>,
  { width, height }: Pick<PageImage, 'width' | 'height'>,
): Omit<RecognisedPage, 'engine'> => {
  const lines: RecognisedLines = [];
  let [weight, sum, longest, count] = [0, 0, 0, 0];
  for (const { paragraphs } of page.blocks ?? [])
    for (const paragraph of paragraphs) {
      const kept = paragraph.lines
        .map(({ words }) => words.filter(({ text, confidence }) => !strokes.test(text) && confidence >= limits.wordConfidence))
        .filter((words) => words.length > 0);
      const words = kept.flat();
      const own = words.reduce((all, { text }) => all + text.length, 0);
      const sure = words.reduce((all, { text, confidence }) => all + text.length * confidence, 0);
      const ownLongest = Math.max(0, ...words.map(({ text }) => lettersIn(text)));
      if (ownLongest === 0 || sure / own < limits.paragraphConfidence) continue;
      if (count + words.length > limits.words) break;
      [weight, sum, longest, count] = [weight + own, sum + sure, Math.max(longest, ownLongest), count + words.length];
      for (const [index, line] of kept.entries())
        lines.push({
          words: line.map(({ text, bbox }) => ({
            text: text.trim(),
            box: [bbox.x0 / width, bbox.y0 / height, bbox.x1 / width, bbox.y1 / height],
          })),
          ends: index === kept.length - 1,
        });
    }
  return longest < limits.lettersOfWord ? { lines: [], confidence: 0 } : { lines, confidence: sum / weight };
};

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
      return { ...wordsOf(data, image), engine: `tesseract ${data.version} ${languages.join('+')}` };
    },
    /** Ends the thread. */
    close: async (): Promise<void> => {
      await ready?.worker.then((worker) => worker.terminate());
      ready = null;
    },
  };
};
export type Tesseract = ReturnType<typeof createTesseract>;
