import type { RecognisedPage, RecognitionLanguage } from './api';
import type { Direction } from './direction';
import { limits } from './limits';
import type { PageImage } from './pageImage';
import type { Tesseract } from './tesseract';
import { linesBefore, turned } from './turns';

type Report = (progress: number) => void;

/**
 * Reads a page in the ways that may help, and returns the one that is surest: as it lies; below `limits.pageConfidence` also upright,
 * where it was found to be turned.
 */
export const createReadPage = ({ tesseract, direction }: { tesseract: Pick<Tesseract, 'read'>; direction: Pick<Direction, 'turnOf'> }) => {
  return async (image: PageImage, languages: readonly RecognitionLanguage[], report: Report): Promise<RecognisedPage> => {
    const asItLies = await tesseract.read(image, languages, report);
    if (asItLies.confidence >= limits.pageConfidence) return asItLies;
    const turn = await direction.turnOf(image);
    if (turn === null) return asItLies;
    const upright = await tesseract.read(turned(image, turn), languages, report);
    return upright.confidence > asItLies.confidence ? { ...upright, lines: linesBefore(upright.lines, turn) } : asItLies;
  };
};
