import { decodeText } from '../decodeText';
import { htmlToText } from './htmlToText';
import type { ParserInput, ReadDocument } from './parser';

/** The charset a page declares in its first 4 KiB, by `<meta charset>`, `<meta http-equiv>` or the XML declaration. */
const declaredCharset = (bytes: Uint8Array): string | null => {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return (
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? null
  );
};

export const readHtml = ({ bytes }: ParserInput): ReadDocument => {
  const { builder, title } = htmlToText(decodeText(bytes, declaredCharset(bytes)).text);
  return { ...builder.build(), title, pages: null, parser: 'html', parserVersion: '1' };
};
