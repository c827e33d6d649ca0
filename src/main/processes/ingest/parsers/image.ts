import { EmergenceError } from '@shared/model';
import { readImageHeader } from '../../recognise/imageHeader';
import { createTextBuilder } from '../textBuilder';
import { createJoin } from './lineEnds';
import type { ParserInput, ReadDocument } from './parser';
import { addRecognised, linesOfTexts, textsByPage } from './recognised';

/** An image with a shorter side is an icon or a line of a web page, and no document. */
export const shortestSide = 100;

/**
 * Reads an image as a document of one page, by the text that was recognised in it. Throws `document.no_text_layer` until that was done,
 * and where no text was found.
 */
export const readImage = ({ bytes, recognised = [] }: ParserInput): ReadDocument => {
  const header = readImageHeader(bytes);
  if (!header) throw new EmergenceError('document.unreadable', { reason: 'image' });
  if (Math.min(header.width, header.height) < shortestSide) throw new EmergenceError('document.unsupported', { kind: 'image' });
  const text = textsByPage(recognised).get(1);
  if (!text) throw new EmergenceError('document.no_text_layer', { pages: 1, ...(recognised.length > 0 && { reason: 'nothing_found' }) });
  const builder = createTextBuilder();
  addRecognised(builder, text, createJoin(linesOfTexts(recognised)));
  builder.unit(0, { kind: 'page', label: '1', level: 0 });
  return { ...builder.build(), title: null, pages: 1, parser: 'image', parserVersion: header.kind };
};
