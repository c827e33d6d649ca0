import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import type { ParserInput, ReadDocument } from './parser';

/** Plain text and source code: the text is kept as it is, in any encoding. */
export const readText = ({ bytes }: ParserInput): ReadDocument => ({
  text: cleanText(decodeText(bytes).text),
  spans: [],
  title: null,
  pages: null,
  parser: 'text',
  parserVersion: '1',
});
