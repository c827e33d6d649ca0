import type { TextBuilder } from '../textBuilder';
import type { JoinLines } from './lineEnds';
import type { RecognisedText } from './parser';

/** The texts of pages by their numbers; pages that were looked at in vain are left out. */
export const textsByPage = (recognised: readonly RecognisedText[]): Map<number, RecognisedText> =>
  new Map(recognised.flatMap((text) => (text.paragraphs.length > 0 ? [[text.page, text] as const] : [])));

/** Adds the text of a page that was recognised in its image. */
export const addRecognised = (builder: TextBuilder, { paragraphs }: RecognisedText, joinLines: JoinLines): void => {
  for (const [first = '', ...lines] of paragraphs) builder.block(lines.reduce((text, line) => joinLines(text, line, true), first));
};

/** The lines of all pages, among which words are sought that a line end may have cut. */
export const linesOfTexts = (recognised: readonly RecognisedText[]): { text: string }[] =>
  recognised.flatMap(({ paragraphs }) => paragraphs.flat().map((text) => ({ text })));
