import { readFile, stat } from 'node:fs/promises';
import { shownLanguage } from '@main/text/detectLanguage';
import { referencesOfPassage } from '@main/text/references/references';
import { type DocumentFormat, EmergenceError, type Format, formats, isCancelled } from '@shared/model';
import type { IngestApi, ParsedDocument } from './api';
import { chunkText } from './chunkText';
import { decodeAs } from './decodeText';
import { detectFormat, detectOle, detectZip } from './detectFormat';
import { keepMembers } from './keepMembers';
import { limits } from './limits';
import type { ParserInput, ReadDocument } from './parsers/parser';
import { checkZip, mendZipEnd } from './zipCheck';

type Parser = (input: ParserInput) => ReadDocument | Promise<ReadDocument>;

/** The parser of each format. Its code and library are loaded when the first document of the format is read. */
const parsers = {
  pdf: async () => (await import('./parsers/pdf')).readPdf,
  image: async () => (await import('./parsers/image')).readImage,
  docx: async () => (await import('./parsers/docx')).readDocx,
  xlsx: async () => (await import('./parsers/workbook')).readWorkbook,
  xls: async () => (await import('./parsers/workbook')).readWorkbook,
  ods: async () => (await import('./parsers/workbook')).readWorkbook,
  csv: async () => (await import('./parsers/workbook')).readCsv,
  pptx: async () => (await import('./parsers/office')).readPptx,
  odp: async () => (await import('./parsers/office')).readOdp,
  odt: async () => (await import('./parsers/office')).readOdt,
  rtf: async () => (await import('./parsers/office')).readRtf,
  epub: async () => (await import('./parsers/epub')).readEpub,
  eml: async () => (await import('./parsers/mail')).readEml,
  mbox: async () => (await import('./parsers/mail')).readMbox,
  msg: async () => (await import('./parsers/outlook')).readMsg,
  zip: async () => (await import('./parsers/archive')).readArchive,
  json: async () => (await import('./parsers/data/json')).readJson,
  yaml: async () => (await import('./parsers/data/yaml')).readYaml,
  xml: async () => (await import('./parsers/data/xml')).readXml,
  subtitles: async () => (await import('./parsers/subtitles')).readSubtitles,
  notebook: async () => (await import('./parsers/notebook')).readNotebook,
  latex: async () => (await import('./parsers/latex')).readLatex,
  outline: async () => (await import('./parsers/outline')).readOutline,
  code: async () => (await import('./parsers/code/code')).readCode,
  html: async () => (await import('./parsers/html')).readHtml,
  markdown: async () => (await import('./parsers/markdown')).readMarkdown,
  text: async () => (await import('./parsers/text')).readText,
} satisfies Record<DocumentFormat, () => Promise<Parser>>;

/** The parser of a format; of a page of the web only the main text is read. */
const parserOf = async (format: DocumentFormat, isPage: boolean): Promise<Parser> =>
  isPage && format === 'html' ? (await import('./parsers/webPage')).readWebPage : parsers[format]();

const decideFormat = async (bytes: Uint8Array, fileName: string): Promise<DocumentFormat> => {
  const detected = detectFormat(bytes, fileName);
  if (detected.format === 'ole') return detectOle(bytes, fileName).format;
  if (detected.format === 'zip') return detectZip(await checkZip(bytes), bytes, fileName).format;
  return detected.format;
};

/** Maps errors of the parsers' libraries to document errors. */
const toDocumentError = (error: unknown): EmergenceError => {
  if (error instanceof EmergenceError) return error;
  if (isCancelled(error)) return new EmergenceError('cancelled', {}, { cause: error });
  const message = error instanceof Error ? error.message : '';
  if (error instanceof RangeError && /call stack/i.test(message))
    return new EmergenceError('document.unsafe', { reason: 'nesting' }, { cause: error });
  if (/Invalid string length|Array buffer allocation|Invalid (typed )?array length/i.test(message))
    return new EmergenceError('document.memory_limit', {}, { cause: error });
  return new EmergenceError('document.unreadable', { reason: error instanceof Error ? error.name : 'unknown' }, { cause: error });
};

/**
 * Parses one file to text, labelled ranges and passages. The format is decided by content first, then by name. Throws a
 * `document.*` error for a file that cannot be read. Times are milliseconds.
 */
export const parseDocument = async (
  { path, fileName, membersFolder, page, recognised = [], encoding }: Parameters<IngestApi['parse']>[0],
  onProgress: NonNullable<Parameters<IngestApi['parse']>[1]> = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ParsedDocument> => {
  const started = performance.now();
  try {
    const { size } = await stat(path);
    if (size > limits.fileBytes) throw new EmergenceError('document.too_large', { bytes: size });
    const stored = mendZipEnd(new Uint8Array(await readFile(path, { signal })));
    // From here on a text in a chosen encoding is one in UTF-8, which every parser knows.
    const bytes = encoding ? Buffer.from(decodeAs(stored, encoding)) : stored;
    if (bytes.length === 0) throw new EmergenceError('document.empty');
    const format = await decideFormat(bytes, fileName);
    const parser = await parserOf(format, page !== undefined);
    const read = await parser({
      path,
      fileName,
      bytes,
      page,
      recognised,
      signal,
      onProgress: (progress) => onProgress({ stage: 'reading', progress }),
    });
    if (!/\S/.test(read.text)) throw new EmergenceError('document.empty');
    if (read.text.length > limits.textCharacters) throw new EmergenceError('document.too_large', { characters: read.text.length });
    signal.throwIfAborted();
    const readMs = performance.now() - started;
    onProgress({ stage: 'chunking', progress: 0 });
    const { place, cuts }: Format = formats[format];
    const chunks = chunkText(read.text, read.spans, place, cuts);
    const references = chunks.flatMap(({ start, end, place: { headings } }, ordinal) =>
      referencesOfPassage(read.text.slice(start, end), headings).map((reference) => ({ ordinal, ...reference })),
    );
    const chunkMs = performance.now() - started - readMs;
    const { members = [], ...text } = read;
    const kept = membersFolder === undefined ? [] : await keepMembers(members, membersFolder);
    return {
      ...text,
      ...(kept.length > 0 && { members: kept }),
      format,
      language: shownLanguage(read.text),
      author: read.author ?? null,
      dated: read.dated ?? null,
      chunks,
      references,
      timings: { readMs, chunkMs },
    };
  } catch (error) {
    throw toDocumentError(error);
  }
};
