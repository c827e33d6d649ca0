import { endingOf } from '@shared/model';
import { Parser } from 'htmlparser2';
import { decodeText } from '../decodeText';
import { authorOf, datedOf, type FileFacts } from './facts';
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

const authorNames = new Set(['author', 'article:author', 'dc.creator', 'dcterms.creator', 'citation_author']);
/** Of those that say when a page was published, the most telling first. */
const dateNames = [
  'article:published_time',
  'citation_publication_date',
  'datepublished',
  'dcterms.issued',
  'dcterms.created',
  'dcterms.date',
  'dc.date',
  'date',
];
/** Elements about a page stand at its beginning. */
const headLength = 200_000;

/** The author and the date that a page states in its head. */
const factsOfHtml = (text: string): FileFacts => {
  const authors: string[] = [];
  const dates = new Map<string, string>();
  const parser = new Parser({
    onopentag: (tag, { name, property, itemprop, content = '' }) => {
      const stated = (name ?? property ?? itemprop ?? '').toLowerCase();
      if (tag !== 'meta' || content === '') return;
      if (authorNames.has(stated)) authors.push(content);
      else if (!dates.has(stated)) dates.set(stated, content);
    },
  });
  parser.end(text.slice(0, headLength));
  return { author: authorOf(...authors.slice(0, 10)), dated: datedOf(...dateNames.map((name) => dates.get(name))) };
};

export const readHtml = ({ bytes, fileName }: ParserInput): ReadDocument => {
  const { text } = decodeText(bytes, declaredCharset(bytes));
  const { builder, title } = htmlToText(text, { selfClosing: isXhtml(text, fileName) });
  return { ...builder.build(), title, ...factsOfHtml(text), pages: null, parser: 'html', parserVersion: '2' };
};
