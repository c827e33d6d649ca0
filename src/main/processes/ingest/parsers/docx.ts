import mammoth from 'mammoth';
import { htmlToText } from './htmlToText';
import { officeFacts } from './officeFacts';
import type { ParserInput, ReadDocument } from './parser';
import { readWordParts } from './wordParts';

/**
 * Parses Word documents through mammoth's HTML: headings by style, lists, tables as rows, notes at the end. The parts it
 * gets hold as ordinary text what it leaves out (`wordParts.ts`). Pictures are left out.
 */
export const readDocx = async ({ bytes, onProgress, signal }: ParserInput): Promise<ReadDocument> => {
  const file = await readWordParts(bytes);
  signal.throwIfAborted();
  onProgress(0.4);
  const { value } = await mammoth.convertToHtml(
    // mammoth takes an opened file as well (`unzip.js`), which its types do not name.
    { file } as unknown as { buffer: Buffer },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
      externalFileAccess: false,
    },
  );
  onProgress(0.8);
  const { builder, title } = htmlToText(value.replace(/<a href="#(?:foot|end)note-ref-\d+">↑<\/a>/g, ''));
  const facts = await officeFacts(bytes);
  return { ...builder.build(), ...facts, title: title ?? facts.title, pages: null, parser: 'mammoth', parserVersion: '1.13-2' };
};
