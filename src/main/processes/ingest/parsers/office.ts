import { EmergenceError } from '@shared/model';
import { type OfficeContentNode, OfficeErrorType, OfficeParser, type OfficeParserAST } from 'officeparser';
import { limits } from '../limits';
import { createTextBuilder, type TextBuilder } from '../textBuilder';
import { factsOfRtf, honestTitle } from './facts';
import { showTagLetters } from './hiddenText';
import { officeFacts } from './officeFacts';
import type { ParserInput, ReadDocument } from './parser';
import { addTable, cellText } from './tableRows';

const parser = { parser: 'officeparser', parserVersion: '8.1' };
type OfficeFormat = 'pptx' | 'odp' | 'odt' | 'rtf';

const childrenOf = (node: OfficeContentNode): readonly OfficeContentNode[] => node.children ?? [];
/** Nodes that hold blocks of their own; in any other node the text runs of its children are one block. */
const holdsBlocks = new Set<OfficeContentNode['type']>([
  'slide',
  'page',
  'table',
  'row',
  'cell',
  'note',
  'header',
  'footer',
  'drawing',
  'embed',
  'admonition',
  'definitionList',
  'chart',
  'comment',
]);

/** The words of a node and of what it holds, in one piece. */
const wordsOf = (node: OfficeContentNode): string => {
  if (node.type === 'break') return '\n';
  const children = childrenOf(node);
  if (children.length === 0) return node.type === 'image' ? '' : (node.text ?? '');
  return children.map(wordsOf).join(holdsBlocks.has(node.type) ? '\n' : '');
};

const rowsOf = (table: OfficeContentNode): string[][] =>
  childrenOf(table)
    .filter(({ type }) => type === 'row')
    .map((row) => {
      const cells: string[] = [];
      for (const [index, cell] of childrenOf(row).entries()) {
        const column = cell.type === 'cell' ? (cell.metadata?.col ?? index) : index;
        cells[column] = cellText(showTagLetters(wordsOf(cell)));
      }
      return Array.from(cells, (cell) => cell ?? '');
    });

/** Longest first line of a slide that is taken for its title. */
const mostTitle = 120;

/** The title of a slide: its first heading, else its first line where that is short and no item of a list. */
const titleOf = (slide: OfficeContentNode): OfficeContentNode | null => {
  const all = childrenOf(slide);
  const first = all.find((node) => wordsOf(node).trim() !== '');
  const short = first?.type === 'paragraph' && wordsOf(first).trim().length <= mostTitle ? first : null;
  return all.find((node) => node.type === 'heading' && wordsOf(node).trim() !== '') ?? short;
};

/** Writes the nodes of a document as text. Keeps the first heading, which may be its title. */
const createWriter = (builder: TextBuilder) => {
  const notes: OfficeContentNode[] = [];
  let afterItem = false;
  let firstHeading: string | null = null;
  let title: OfficeContentNode | null = null;

  const line = (node: OfficeContentNode): { start: number; end: number } | null => {
    const text = showTagLetters(wordsOf(node))
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim();
    if (text === '') return null;
    if (node.type !== 'list') {
      afterItem = false;
      return builder.block(text);
    }
    const { indentation = 0, listType, itemIndex = 0 } = node.metadata ?? {};
    const mark = listType === 'ordered' ? `${itemIndex + 1}.` : '-';
    const range = builder.block(`${'  '.repeat(Math.min(8, indentation))}${mark} ${text}`, afterItem ? '\n' : undefined);
    afterItem = true;
    return range;
  };

  const head = (node: OfficeContentNode, range: { start: number; end: number }, level: number): void => {
    const label = cellText(wordsOf(node)).slice(0, 300);
    firstHeading ??= label;
    builder.span({ kind: 'heading', ...range, label, level: Math.min(6, Math.max(1, level)) });
  };

  const write = (node: OfficeContentNode): void => {
    notes.push(...(node.notes ?? []), ...(node.comments ?? []));
    if (node.type === 'table') {
      afterItem = false;
      addTable(builder, rowsOf(node));
    } else if (holdsBlocks.has(node.type)) for (const child of childrenOf(node)) write(child);
    else {
      for (const child of childrenOf(node)) notes.push(...(child.notes ?? []), ...(child.comments ?? []));
      const range = line(node);
      if (!range) return;
      if (node.type === 'heading') head(node, range, node.metadata?.level ?? 1);
      else if (node === title) head(node, range, 1);
    }
  };

  /** Writes the notes and comments met since the last call. A page of notes repeats the number of its slide, which is left out. */
  const writeNotes = (slide?: number): void => {
    const isNumber = (node: OfficeContentNode): boolean => slide !== undefined && wordsOf(node).trim() === `${slide}`;
    for (const note of notes.splice(0))
      for (const child of childrenOf(note).length > 0 ? childrenOf(note) : [note]) if (!isNumber(child)) write(child);
  };

  return {
    write,
    /** Writes a slide under its title, with the notes of its speaker below it. */
    writeSlide: (slide: OfficeContentNode, number: number): void => {
      title = titleOf(slide);
      write(slide);
      writeNotes(number);
    },
    writeNotes,
    get firstHeading() {
      return firstHeading;
    },
  };
};

const toText = ({ content, metadata }: OfficeParserAST): Omit<ReadDocument, 'parser' | 'parserVersion'> => {
  const builder = createTextBuilder();
  const writer = createWriter(builder);
  let slides = 0;
  for (const node of content) {
    if (node.type !== 'slide') {
      writer.write(node);
      continue;
    }
    const start = builder.length;
    slides += 1;
    const number = node.metadata?.slideNumber ?? slides;
    writer.writeSlide(node, number);
    const title = titleOf(node);
    const label = title ? cellText(wordsOf(title)).slice(0, 200) : '';
    builder.unit(start, { kind: 'slide', label, level: number });
  }
  writer.writeNotes();
  return { ...builder.build(), title: honestTitle(metadata.title) || writer.firstHeading, pages: null };
};

const isEncrypted = (error: unknown): boolean => {
  const code = (error as { officeIssue?: { code?: unknown } } | null)?.officeIssue?.code;
  return code === OfficeErrorType.PASSWORD_REQUIRED || code === OfficeErrorType.PASSWORD_INCORRECT;
};

const read = async ({ bytes, signal, onProgress }: ParserInput, format: OfficeFormat): Promise<ReadDocument> => {
  try {
    const tree = await OfficeParser.parseOffice(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      fileType: format,
      abortSignal: signal,
      includeBreakNodes: true,
      ignoreSlideMasters: true,
      extractAttachments: false,
      decompressionLimits: { maxUncompressedBytes: limits.zipBytes, maxZipEntries: limits.zipEntries },
    });
    onProgress(0.8);
    const { title: _, ...facts } = format === 'rtf' ? factsOfRtf(bytes) : await officeFacts(bytes);
    return { ...toText(tree), ...facts, ...parser };
  } catch (error) {
    if (isEncrypted(error)) throw new EmergenceError('document.encrypted', {}, { cause: error });
    throw error;
  }
};

/** Reads presentations slide by slide, with the notes of the speaker below each, and texts of OpenDocument and RTF. */
export const readPptx = (input: ParserInput): Promise<ReadDocument> => read(input, 'pptx');
export const readOdp = (input: ParserInput): Promise<ReadDocument> => read(input, 'odp');
export const readOdt = (input: ParserInput): Promise<ReadDocument> => read(input, 'odt');
export const readRtf = (input: ParserInput): Promise<ReadDocument> => read(input, 'rtf');
