import type { RecognisedPage, RecognitionLanguage } from './api';
import type { Direction } from './direction';
import { limits } from './limits';
import type { Paddle } from './paddle/paddle';
import type { PageImage } from './pageImage';
import type { Tesseract } from './tesseract';
import { linesBefore, type Turn, turned } from './turns';

type Report = (progress: number) => void;

export interface ReadPageDeps {
  tesseract: Pick<Tesseract, 'read'>;
  direction: Pick<Direction, 'turnOf'>;
  /** Absent where it is not installed. */
  paddle?: Pick<Paddle, 'read'> | undefined;
}

/** A reading of the picture as it lies, or turned. */
interface Reading {
  page: RecognisedPage;
  image: PageImage;
  turn: Turn | null;
}

/**
 * Reads a page in the ways that may help, and returns the reading that is surest: by Tesseract as it lies; below
 * `limits.pageConfidence` also upright, where it was found to be turned; and still below it by PaddleOCR.
 */
export const createReadPage = ({ tesseract, direction, paddle }: ReadPageDeps) => {
  const upright = async (first: Reading, languages: readonly RecognitionLanguage[], report: Report): Promise<Reading> => {
    const turn = await direction.turnOf(first.image);
    if (turn === null) return first;
    const image = turned(first.image, turn);
    const page = await tesseract.read(image, languages, report);
    return page.confidence > first.page.confidence ? { page, image, turn } : first;
  };
  return async (image: PageImage, languages: readonly RecognitionLanguage[], report: Report): Promise<RecognisedPage> => {
    let best: Reading = { page: await tesseract.read(image, languages, report), image, turn: null };
    if (best.page.confidence < limits.pageConfidence) best = await upright(best, languages, report);
    if (paddle && best.page.confidence < limits.pageConfidence) {
      const page = await paddle.read(best.image, report);
      if (page.confidence > best.page.confidence) best = { ...best, page };
    }
    return best.turn === null ? best.page : { ...best.page, lines: linesBefore(best.page.lines, best.turn) };
  };
};
