import mammoth from 'mammoth';
import { htmlToText } from './htmlToText';
import type { ParserInput, ReadDocument } from './parser';

/**
 * Parses Word documents through mammoth's HTML: headings by style, lists, tables as rows, notes at the end. Pictures are left out.
 */
export const readDocx = async ({ bytes, onProgress }: ParserInput): Promise<ReadDocument> => {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
      externalFileAccess: false,
    },
  );
  onProgress(0.8);
  const { builder, title } = htmlToText(value.replace(/<a href="#(?:foot|end)note-ref-\d+">↑<\/a>/g, ''));
  return { ...builder.build(), title, pages: null, parser: 'mammoth', parserVersion: '1.13' };
};
