import { documentLines } from '@shared/markdown/lines';
import { proseOf } from '@shared/markdown/prose';
import { type DocumentFormat, formats } from '@shared/model';

/**
 * Characters of a paragraph, item or cell that are shown. Excerpts are shorter; a source that could not be narrowed is cut here.
 */
const longestQuote = 800;

/** Removes markers inside a line: emphasis, code, links and pictures (their words stay), escapes. A `snake_case` name stays. */
const withoutMarkers = (line: string): string =>
  line
    .replace(/!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/g, '$1')
    .replace(/(?<!\\)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, '$2')
    .replace(/(\*\*|__(?![a-z][a-z0-9]*(?:_[a-z0-9]+)*__(?![\p{L}\p{N}]))|~~)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}*_\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_\\])\1(?![\p{L}\p{N}*_])/gu, '$2')
    // Half of an emphasis that the excerpt cut.
    .replace(/(^|[\s("'«“])\*\*(?=\S)|(?<=\S)\*\*(?=[\s.,;:!?)"'»”]|$)/g, '$1')
    // Before any other sign a backslash is part of the text.
    .replace(/\\([\\`*_[\]<>#|~!+.=$&-])/g, '$1')
    .replace(/\s+/g, ' ');

const shortened = (text: string): string =>
  text.length <= longestQuote ? text : `${text.slice(0, longestQuote).replace(/[\uD800-\uDBFF]$|\s+\S*$/, '')} …`;

/**
 * A backslash stays where no sign with a meaning follows it; one that would begin a formula is written as a character reference.
 */
const escapedWithin = (text: string): string =>
  text
    .replace(/\\+(?=[`*_[\]<>#|~!+.=$&-])/g, '$&$&')
    .replace(/[`*_[\]<>#|~!$]|&(?=#?\w{1,32};)/g, '\\$&')
    .replace(/\\+(?=\(|begin\{)/g, (run) => '&#92;'.repeat(run.length));

/** Lines one below the other. A backslash at the end of a line would join the one that marks the line break. */
const asLines = (lines: readonly string[]): string =>
  lines.map((line, index) => (index === lines.length - 1 ? line : `${line}${line.endsWith('\\') ? '  ' : '\\'}\n`)).join('');

/** Markdown inside a document is plain text here: it must not become a heading, a list, a link or an image of the answer. */
export const escaped = (text: string): string =>
  escapedWithin(text)
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** A line of a document that is not Markdown: every sign stays. */
const shownPlain = (text: string): string => escaped(shortened(text.replace(/\s+/g, ' ').trim()));

/** A line of Markdown as it is shown: its words escaped, its formulas as they were written, none of them cut. */
const shownMarkdown = (text: string): string => {
  const formulas = proseOf(text).regions.filter(({ kind }) => kind === 'math');
  if (formulas.length === 0) return escaped(shortened(withoutMarkers(text).trim()));
  let line = '';
  let at = 0;
  for (const { start, end } of [...formulas, { start: text.length, end: text.length }]) {
    const words = withoutMarkers(text.slice(at, start));
    const formula = text.slice(start, end).replace(/\s+/g, ' ');
    if (line.length + words.length + formula.length > longestQuote)
      return `${line}${escaped(shortened(words))} …`.replace(/ … …$/, ' …').trim();
    line += (at === 0 ? escaped(words) : escapedWithin(words)) + formula;
    at = end;
  }
  return line.trim();
};

type Shown = (line: string) => string;

/** A table, where its first row is known to be the head and every row has all cells; else lines of cells side by side. */
const tableOf = (rows: readonly string[][], hasHead: boolean): string => {
  const [head] = rows;
  if (!hasHead || !head || rows.length < 2 || rows.some((row) => row.length !== head.length))
    return asLines(rows.map((row) => row.filter((cell) => cell !== '').join(' · ')));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.slice(1).map(line)].join('\n');
};

const itemsOf = ({ lines, marks }: { lines: string[]; marks: string[] }, shown: Shown): string =>
  lines.map((line, index) => `${marks[index]} ${shown(line)}`).join('\n');

type Open =
  | { kind: 'text'; lines: string[] }
  | { kind: 'items'; lines: string[]; marks: string[] }
  | { kind: 'rows'; rows: string[][]; hasHead: boolean };

/** A text as Markdown of the program with every sign of every line, in its lines: a string for each paragraph. */
export const quotedWhole = (text: string): string[] =>
  text
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => asLines(paragraph.split('\n').map((line) => escaped(line.trimEnd()))))
    .filter((paragraph) => paragraph !== '');

/**
 * Words of a document as Markdown of the program: a string for each paragraph, list or table, with all Markdown signs of the
 * document escaped. In Markdown, heading marks, emphasis, links and the marks of quotes and code are dropped; a document in another
 * `format` keeps all its signs. An unknown format counts as Markdown.
 */
export const quotedBlocks = (text: string, format?: DocumentFormat | null): string[] => {
  const isMarkdown = formats[format ?? 'markdown'].view === 'markdown';
  const shown = isMarkdown ? shownMarkdown : shownPlain;
  const blocks: string[] = [];
  let open = null as Open | null;
  const close = (): void => {
    if (open?.kind === 'text') blocks.push(asLines(open.lines.map(shown)));
    if (open?.kind === 'items') blocks.push(itemsOf(open, shown));
    if (open?.kind === 'rows') blocks.push(tableOf(open.rows, open.hasHead));
    open = null;
  };
  for (const { kind, start, end, mark } of documentLines(text, { markdown: isMarkdown })) {
    const line = text.slice(start, end);
    if (kind === 'fence' || kind === 'blank' || line.trim() === '') close();
    else if (kind === 'rule' || kind === 'rowRule') {
      if (open?.kind === 'rows' && open.rows.length === 1) open.hasHead = true;
      else close();
    } else if (kind === 'heading') {
      close();
      blocks.push(shown(line));
    } else if (kind === 'row') {
      if (open?.kind !== 'rows') {
        close();
        open = { kind: 'rows', rows: [], hasHead: false };
      }
      open.rows.push(line.split(/(?<!\\)\|/).map(shown));
    } else if (mark === '–') {
      // Such a sign may begin a list, direct speech, or a name below a quotation: so it stays a line with its sign as written.
      if (open?.kind !== 'text') {
        close();
        open = { kind: 'text', lines: [] };
      }
      open.lines.push(`– ${line}`);
    } else if (kind === 'item') {
      if (open?.kind !== 'items') {
        close();
        open = { kind: 'items', lines: [], marks: [] };
      }
      open.marks.push(/\d/.test(mark) ? `${Number.parseInt(mark, 10)}.` : '-');
      open.lines.push(line);
    } else if (open && open.kind !== 'rows') {
      // Lines of code stay lines; other lines continue the text before them.
      if (kind === 'code') open.lines.push(line);
      else open.lines.push(`${open.lines.pop() ?? ''} ${line}`);
    } else {
      close();
      open = { kind: 'text', lines: [line] };
    }
  }
  close();
  return blocks.filter((block) => block !== '');
};
