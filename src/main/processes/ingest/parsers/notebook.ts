import { EmergenceError } from '@shared/model';
import { z } from 'zod';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import { limits } from '../limits';
import { createTextBuilder } from '../textBuilder';
import { spansOfMarkdown } from './markdown';
import type { ParserInput, ReadDocument } from './parser';

/** Longest output of a cell that is kept: what a program prints while it runs may fill a book. */
const mostOutput = 4_000;

const textSchema = z.union([z.string(), z.array(z.string())]).transform((text) => (Array.isArray(text) ? text.join('') : text));
const outputSchema = z
  .object({
    text: textSchema.optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    ename: z.string().optional(),
    evalue: z.string().optional(),
  })
  .catch({});
const cellSchema = z.object({
  cell_type: z.string().catch('raw'),
  source: textSchema.catch(''),
  // The older form names the code of a cell otherwise.
  input: textSchema.optional().catch(undefined),
  outputs: z.array(outputSchema).optional().catch(undefined),
});
const cellsSchema = z.array(cellSchema);
const notebookSchema = z.object({
  metadata: z.object({ language_info: z.object({ name: z.string() }).optional(), title: z.string().optional() }).catch({}),
  cells: cellsSchema.optional(),
  worksheets: z.array(z.object({ cells: cellsSchema })).optional(),
});
type Output = z.infer<typeof outputSchema>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one
const colours = /\u001b\[[0-9;]*m/g;

/** The text that a cell printed or returned; pictures and pages are left out. */
const outputText = ({ text, data, ename, evalue }: Output): string => {
  const plain = textSchema.safeParse(data?.['text/plain']).data;
  return (text ?? plain ?? (ename === undefined ? '' : `${ename}: ${evalue ?? ''}`)).replace(colours, '').trim();
};

/** A fence that the text within does not close. */
const fenced = (text: string, language: string): string => {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
};

const parseNotebook = (text: string): z.infer<typeof notebookSchema> => {
  try {
    return notebookSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new EmergenceError('document.unreadable', { reason: 'notebook' }, { cause: error });
  }
};

/** Reads a Jupyter notebook as Markdown, cell by cell: texts as they are written, code and what it printed as blocks of code. */
export const readNotebook = ({ bytes }: ParserInput): ReadDocument => {
  const text = decodeText(bytes).text;
  if (text.length > 4 * limits.textCharacters) throw new EmergenceError('document.too_large', { characters: text.length });
  const { metadata, cells, worksheets } = parseNotebook(text);
  const language = /^[\w+#-]{1,20}$/.exec(metadata.language_info?.name ?? '')?.[0] ?? '';
  const builder = createTextBuilder();
  for (const [index, { cell_type: type, source, input, outputs = [] }] of (
    cells ??
    worksheets?.flatMap((sheet) => sheet.cells) ??
    []
  ).entries()) {
    const before = builder.length;
    const written = cleanText(input ?? source).trimEnd();
    if (type !== 'code') builder.block(written);
    else if (written.trim() !== '') builder.block(fenced(written, language));
    const printed = cleanText(outputs.map(outputText).filter(Boolean).join('\n')).slice(0, mostOutput).trimEnd();
    if (printed !== '') builder.block(fenced(printed, ''));
    builder.unit(before, { kind: 'cell', label: '', level: index + 1 });
  }
  const built = builder.build();
  const headings = spansOfMarkdown(built.text, 0);
  const title = metadata.title ?? headings.find(({ kind, level }) => kind === 'heading' && level === 1)?.label ?? null;
  const spans = [...built.spans, ...headings].sort((one, other) => one.start - other.start || other.end - one.end);
  return { text: built.text, spans, title: title || null, pages: null, parser: 'notebook', parserVersion: '1' };
};
