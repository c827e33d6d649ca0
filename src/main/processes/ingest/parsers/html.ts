import { endingOf } from '@shared/model';
import { decodeText } from '../decodeText';
import { htmlToText } from './htmlToText';
import type { ParserInput, ReadDocument } from './parser';

/** The charset a page declares in its first 4 KiB, by `<meta charset>`, `<meta http-equiv>` or the XML declaration. */
export const declaredCharset = (bytes: Uint8Array): string | null => {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return (
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? null
  );
};

/** A page that calls itself XML is written by the rules of XML, in which `<a/>` is a whole element. */
const isXhtml = (text: string, fileName: string): boolean => endingOf(fileName) === 'xhtml' || /^\uFEFF?\s*<\?xml\s/.test(text);

export const readHtml = ({ bytes, fileName }: ParserInput): ReadDocument => {
  const { text } = decodeText(bytes, declaredCharset(bytes));
  const { builder, title } = htmlToText(text, { selfClosing: isXhtml(text, fileName) });
  return { ...builder.build(), title, pages: null, parser: 'html', parserVersion: '2' };
};
