import { type DocumentFormat, EmergenceError, endingOf, formatOfName, formats, type UnsupportedKind } from '@shared/model';
import { readImageHeader } from '../recognise/imageHeader';
import { looksBinary } from './decodeText';

export type Detected = { format: DocumentFormat } | { format: 'zip' } | { format: 'ole' };

const unsupported = (kind: UnsupportedKind): never => {
  throw new EmergenceError('document.unsupported', { kind });
};

const latin = (bytes: Uint8Array, start: number, end: number): string => Buffer.from(bytes.subarray(start, end)).toString('latin1');

/** Signatures at the start of a file, the most specific first. Offsets other than 0 are given by `at`. */
const signatures: readonly { magic: string; kind: UnsupportedKind; at?: number }[] = [
  // Pictures whose header can be read are documents.
  { magic: '\x89PNG', kind: 'image' },
  { magic: '\xff\xd8\xff', kind: 'image' },
  { magic: 'GIF8', kind: 'image' },
  { magic: 'WEBP', kind: 'image', at: 8 },
  { magic: 'II*\0', kind: 'image' },
  { magic: 'MM\0*', kind: 'image' },
  { magic: 'ftypheic', kind: 'image', at: 4 },
  { magic: 'ftypavif', kind: 'image', at: 4 },
  { magic: '8BPS', kind: 'image' },
  { magic: 'WAVE', kind: 'audio', at: 8 },
  { magic: 'ID3', kind: 'audio' },
  { magic: 'fLaC', kind: 'audio' },
  { magic: 'OggS', kind: 'audio' },
  { magic: 'ftyp', kind: 'video', at: 4 },
  { magic: '\x1aE\xdf\xa3', kind: 'video' },
  { magic: 'AVI ', kind: 'video', at: 8 },
  { magic: '\x1f\x8b', kind: 'archive' },
  { magic: 'BZh', kind: 'archive' },
  { magic: "7z\xbc\xaf'\x1c", kind: 'archive' },
  { magic: 'Rar!', kind: 'archive' },
  { magic: '\xfd7zXZ', kind: 'archive' },
  { magic: '(\xb5/\xfd', kind: 'archive' },
  { magic: '\x1f\x9d', kind: 'archive' },
  { magic: 'ustar', kind: 'archive', at: 257 },
  { magic: 'ITSF', kind: 'ebook' },
  { magic: 'BOOKMOBI', kind: 'ebook', at: 60 },
  { magic: '!BDN', kind: 'mail' },
  { magic: '%!PS', kind: 'postscript' },
  { magic: 'SQLite format 3', kind: 'database' },
  { magic: '\x7fELF', kind: 'program' },
  { magic: 'MZ\x90', kind: 'program' },
  { magic: '\xca\xfe\xba\xbe', kind: 'program' },
  { magic: '\0asm', kind: 'program' },
  { magic: 'wOFF', kind: 'font' },
  { magic: 'wOF2', kind: 'font' },
  { magic: 'OTTO', kind: 'font' },
  { magic: '\0\x01\0\0\0', kind: 'font' },
  { magic: 'AC10', kind: 'drawing' },
];

/** Kinds that only the file's name shows: their content is text or has no signature. */
const byExtension: Readonly<Record<string, UnsupportedKind>> = {
  pst: 'mail',
  dbf: 'database',
  wps: 'office_old',
  tar: 'archive',
};
const mailHeader =
  /^(From \S+@?\S* .*\n)?((Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+|From|Date|Subject|To): .*\n([ \t].*\n)*){3}/i;
// A comment ends at its first `-->`: a pattern that could swallow the next comments too would take for ever on a row of comments.
const htmlStart = /^(\s|<\?xml[^>]*>|<!--(?:(?!-->)[\s\S])*-->)*<(!doctype\s+html|html[\s>]|head[\s>]|body[\s>])/i;

/**
 * Formats of text whose first letters say nothing: a page may be written in PHP, a mail quoted in a script. Their endings are known
 * for nothing else.
 */
const ownText: ReadonlySet<DocumentFormat> = new Set(['code', 'json', 'yaml', 'subtitles', 'notebook', 'latex', 'outline']);

/**
 * Decides how a file is parsed: by its content first, by its name where the content allows several ways. Throws
 * `document.unsupported` with its kind.
 */
export const detectFormat = (bytes: Uint8Array, fileName: string): Detected => {
  const extension = endingOf(fileName);
  const announced = formatOfName(fileName)?.format;
  const head = latin(bytes, 0, 1024);
  if (head.includes('%PDF-') && !/^\s*</.test(head)) return { format: 'pdf' };
  if (['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].some((magic) => head.startsWith(magic))) return { format: 'zip' };
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { format: 'ole' };
  if (readImageHeader(bytes)) return { format: 'image' };
  for (const { magic, kind, at = 0 } of signatures) if (head.startsWith(magic, at)) unsupported(kind);
  // The content does not confirm the name: the file is damaged, unless it is plain text under a wrong name.
  if (announced && formats[announced].binary && looksBinary(bytes)) throw new EmergenceError('document.unreadable', { format: extension });
  const named = byExtension[extension];
  if (named) unsupported(named);
  if (looksBinary(bytes)) unsupported('binary');
  if (announced && ownText.has(announced)) return { format: announced };
  const plain = head.replaceAll('\0', '').replace(/\r\n?/g, '\n');
  if (announced === 'eml' || announced === 'mbox' || (announced !== 'markdown' && mailHeader.test(plain)))
    return { format: plain.startsWith('From ') ? 'mbox' : 'eml' };
  if (plain.startsWith('{\\rtf')) return { format: 'rtf' };
  if (announced === 'html' || htmlStart.test(plain.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, ''))) return { format: 'html' };
  if (announced === 'xml' || (announced === undefined && /^\s*<\?xml\s/.test(plain.replace(/^\xef\xbb\xbf/, '')))) return { format: 'xml' };
  if (announced === 'markdown' || announced === 'csv') return { format: announced };
  return { format: 'text' };
};

/** The kinds of OpenDocument that are read, by the beginning of the media type that each writes into its part `mimetype`. */
const openDocuments: Readonly<Record<string, DocumentFormat>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' };

/** The kind of an OpenDocument, by its own media type, else by the name of the file. */
const openDocumentOf = (bytes: Uint8Array, fileName: string): DocumentFormat | null => {
  const kind = /application\/vnd\.oasis\.opendocument\.([a-z]+)/.exec(latin(bytes, 0, 200))?.[1] ?? '';
  const named = formatOfName(fileName)?.format;
  return openDocuments[kind] ?? (Object.values(openDocuments).find((format) => format === named) || null);
};

/** Recognises a document among zip containers by the names of its parts; a plain archive where nothing is recognised. */
export const detectZip = (names: readonly string[], bytes: Uint8Array, fileName: string): { format: DocumentFormat } => {
  const has = (test: (name: string) => boolean): boolean => names.some(test);
  if (has((name) => /^\/?word\/document\d*\.xml$/i.test(name))) return { format: 'docx' };
  if (has((name) => /^\/?xl\/workbook\d*\.(xml|bin)$/i.test(name))) return { format: 'xlsx' };
  if (has((name) => /^xl\//i.test(name))) unsupported('spreadsheet');
  if (has((name) => /^\/?ppt\/presentation\d*\.xml$/i.test(name))) return { format: 'pptx' };
  if (has((name) => /^ppt\//i.test(name))) unsupported('presentation');
  if (has((name) => /^visio\//i.test(name))) unsupported('drawing');
  if (has((name) => name === 'META-INF/container.xml')) return { format: 'epub' };
  if (has((name) => /^Index\/.*\.iwa$|^Index\.zip$|^index\.(xml|apxl)(\.gz)?$/i.test(name))) unsupported('iwork');
  if (has((name) => name === 'content.xml') && has((name) => name === 'META-INF/manifest.xml')) {
    const format = openDocumentOf(bytes, fileName);
    return format ? { format } : unsupported('opendocument');
  }
  // A Word document may give its main part any name; the parser finds it by its relations.
  if (
    has((name) => name === '[Content_Types].xml') &&
    has((name) => /^_rels\/\.rels$/.test(name)) &&
    !has((name) => /FixedDocSeq|fdseq/i.test(name))
  )
    return { format: 'docx' };
  // Another container of parts, such as XPS, is no folder of files.
  return has((name) => name === '[Content_Types].xml') ? unsupported('archive') : { format: 'zip' };
};

/**
 * Old Office files, and new ones with a password, share one container. The names in its directory differ. Workbooks and mails are
 * read; the others are refused in words.
 */
export const detectOle = (bytes: Uint8Array, fileName: string): { format: 'xls' | 'msg' } => {
  const text = Buffer.from(bytes);
  const has = (name: string): boolean => text.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage')) throw new EmergenceError('document.encrypted');
  if (has('__substg1.0_') || has('__properties_version1.0')) return { format: 'msg' };
  if (has('WordDocument')) return unsupported('word_old');
  if (has('PowerPoint Document')) return unsupported('presentation');
  if (has('Workbook') || has('Book') || endingOf(fileName) === 'xls') return { format: 'xls' };
  return unsupported('office_old');
};
