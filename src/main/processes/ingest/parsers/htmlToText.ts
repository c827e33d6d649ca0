import { EmergenceError } from '@shared/model';
import { Parser } from 'htmlparser2';
import { limits } from '../limits';
import { createTextBuilder, type TextBuilder } from '../textBuilder';
import { createHiddenness, hiddenMarks, showTagLetters, withoutMarks } from './hiddenText';
import { createList, fieldText, type HtmlList, raisedText } from './htmlForms';
import { createSpannedRow, rowText, type SpannedRow } from './tableRows';

/** Elements whose content is not part of the page's text. */
const dropped = new Set(
  'script style nav noscript noframes noembed template svg annotation annotation-xml iframe object audio video canvas select button datalist dialog progress meter rp'.split(
    ' ',
  ),
);
const blocks = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr html legend li main menu ol p pre section summary ul caption tbody thead tfoot'.split(
    ' ',
  ),
);
const strikes = new Set(['s', 'strike', 'del']);
/** Replaces `<br>` until white space is folded; a private-use character, which no page uses. */
const lineBreak = '\uE000';
const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

interface TableState {
  start: number | null;
  end: number;
  row: SpannedRow;
  rows: number;
  /** A table that holds headings or tables is a layout: its cells are read as ordinary blocks. */
  layout: boolean;
}

export interface HtmlText {
  builder: TextBuilder;
  title: string | null;
  firstHeading: string | null;
}

export interface HtmlOptions {
  /** Takes the text after what it holds already; a new one where none is given. */
  builder?: TextBuilder;
  /** True where `<a/>` is a whole element, as in XHTML; in HTML it opens one. */
  selfClosing?: boolean;
  /** The page whose styles decide what is hidden, where `html` is a part of it. */
  styledBy?: string;
}

/**
 * Converts HTML to text: headings, lists, tables as rows of `a | b`, links as their text; scripts, styles and navigation are
 * dropped. Text that a reader of the page does not see is put under a mark (`hiddenText.ts`), which stays in the reading view and
 * the prompt.
 */
export const htmlToText = (
  html: string,
  { builder = createTextBuilder(), selfClosing = false, styledBy = html }: HtmlOptions = {},
): HtmlText => {
  const tables: TableState[] = [];
  let buffer = '';
  /** Two facts about the buffer, kept in variables: reading a long buffer after each small piece takes the square of its length. */
  let endsInSpace = false;
  let isBlank = true;
  let skipping = 0;
  /** For each enclosing dialog, true when it is open: the content of a closed one is dropped. */
  const dialogs: boolean[] = [];
  let preformatted = 0;
  const lists: HtmlList[] = [];
  /** The words of the chosen option that is open; null for none. */
  let chosen: string | null = null;
  /** Open elements that raise their text, that strike it out, and whether the text before is struck out. */
  let raised = 0;
  let struck = 0;
  let striking = false;
  let links = 0;
  let heading = 0;
  let itemMark = '';
  let afterItem = false;
  let inTitle = false;
  let title = '';
  let firstHeading: string | null = null;
  let depth = 0;

  const collapse = (text: string): string =>
    preformatted
      ? text
      : text
          .replace(/[\t\n\f\r ]+/g, ' ')
          .replace(/ ?\uE000 ?/g, '\n')
          .trim();

  const append = (piece: string): void => {
    if (piece === '') return;
    buffer += piece;
    endsInSpace = /\s/.test(piece.slice(-1));
    isBlank &&= piece.trim() === '';
  };

  /** Empties the buffer and returns its content. */
  const take = (): string => {
    const taken = buffer;
    buffer = '';
    isBlank = true;
    return taken;
  };

  const hiddenness = createHiddenness(styledBy);
  /** Length of the hidden text under the mark that is open; null for none. */
  let marked: number | null = null;
  const endMark = (): void => {
    if (marked === null) return;
    append(`${hiddenMarks.close} `);
    marked = null;
  };
  const openMark = (): void => {
    append(`${endsInSpace || buffer === '' ? '' : ' '}${hiddenMarks.open}`);
    marked = 0;
  };
  /**
   * Appends text of the page, under a mark where nobody sees it; a long one in pieces, so that no piece is cut off from its mark.
   */
  const appendText = (text: string): void => {
    const own = showTagLetters(text);
    if (!hiddenness.isHidden() || (marked === null && own.trim() === '')) {
      append(own);
      return;
    }
    for (const piece of withoutMarks(own).match(/[\s\S]{1,240}\s|[\s\S]{1,240}/g) ?? []) {
      if (marked !== null && marked + piece.length > 300) endMark();
      if (marked === null) openMark();
      append(piece);
      marked = (marked ?? 0) + piece.length;
    }
  };

  /** Text that is struck out stands between the signs that Markdown has for it. */
  const endStrike = (): void => {
    if (striking) append('~~');
    striking = false;
  };
  const appendWords = (text: string): void => {
    const own = raised > 0 ? raisedText(text, links > 0) : text;
    if (struck > 0 && !striking && own.trim() !== '') {
      append('~~');
      striking = true;
    }
    appendText(own);
  };

  /** Ends the current block. In a data table the end of a block is a space inside the cell. */
  const flush = (): void => {
    endMark();
    endStrike();
    const table = tables.at(-1);
    if (table && !table.layout) {
      if (buffer && !endsInSpace) append(' ');
      return;
    }
    const text = collapse(take());
    if (!text.trim()) return;
    const tight = itemMark !== '' && afterItem;
    const range = builder.block(itemMark + text, tight ? '\n' : undefined);
    afterItem = itemMark !== '';
    itemMark = '';
    if (range && heading && !text.startsWith(hiddenMarks.open)) {
      const label = text.replace(/\s+/g, ' ').slice(0, 300);
      firstHeading ??= label;
      builder.span({ kind: 'heading', ...range, label, level: heading });
    }
  };

  const endCell = (table: TableState): void => {
    endMark();
    endStrike();
    table.row.add(collapse(take()).replace(/\s+/g, ' '));
  };
  const endRow = (table: TableState): void => {
    if (table.layout) {
      flush();
      return;
    }
    if (!isBlank) endCell(table);
    const cells = table.row.end();
    if (!cells.some((cell) => cell !== '')) return;
    const range = builder.block(rowText(cells), table.rows > 0 ? '\n' : undefined);
    if (!range) return;
    table.rows += 1;
    table.start ??= range.start;
    table.end = range.end;
  };
  /** Turns the open tables into layouts: the content of their rows so far becomes blocks. */
  const makeLayout = (): void => {
    for (const table of tables) {
      if (table.layout) continue;
      const rest = take();
      table.layout = true;
      for (const cell of table.row.end()) {
        append(cell);
        flush();
      }
      append(rest);
      flush();
    }
  };

  const ends = new Map<string, number>();
  /** True where an element is closed after a position. One that never is (`<iframe/>` in HTML) must not swallow the rest of the page. */
  const isClosedAfter = (name: string, at: number): boolean => {
    // The rest of a page that was cut within a script is code, never words.
    if (name === 'script' || name === 'style') return true;
    const known = ends.get(name) ?? html.toLowerCase().lastIndexOf(`</${name}`);
    ends.set(name, known);
    return known > at;
  };

  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        if (depth > limits.hostileNesting) throw new EmergenceError('document.unsafe', { reason: 'nesting' });
        hiddenness.open(name, attributes);
        if (name === 'dialog') dialogs.push(attributes.open !== undefined);
        if (dropped.has(name) && !(name === 'dialog' && dialogs.at(-1)) && isClosedAfter(name, parser.startIndex)) skipping += 1;
        if (marked !== null && !hiddenness.isHidden()) endMark();
        if (name === 'title' && !title) inTitle = true;
        if (name === 'option' && skipping === 1 && attributes.selected !== undefined) chosen = '';
        if (skipping || depth > limits.nesting) return;
        if (name === 'br') append(preformatted ? '\n' : lineBreak);
        else if (name === 'img' && attributes.alt) appendText(` ${attributes.alt} `);
        else if (name === 'input') appendText(fieldText(attributes));
        else if (name === 'sup') raised += 1;
        else if (name === 'a') links += 1;
        else if (strikes.has(name)) struck += 1;
        else if (headingLevel(name)) {
          if (tables.length > 0) makeLayout();
          flush();
          heading = headingLevel(name);
        } else if (name === 'table') {
          if (tables.length > 0) makeLayout();
          flush();
          tables.push({ start: null, end: 0, row: createSpannedRow(), rows: 0, layout: false });
        } else if (name === 'tr') {
          const table = tables.at(-1);
          if (table) endRow(table);
          else flush();
        } else if (name === 'td' || name === 'th') {
          const table = tables.at(-1);
          if (!table || table.layout) flush();
          else {
            if (!isBlank) endCell(table);
            table.row.next(Number(attributes.colspan), Number(attributes.rowspan));
          }
        } else if (blocks.has(name)) {
          flush();
          if (name === 'li') itemMark = `${'  '.repeat(Math.max(0, lists.length - 1))}${lists.at(-1)?.mark(attributes.value) ?? '- '}`;
          if (name === 'ul' || name === 'ol') lists.push(createList(name, attributes));
          if (name === 'pre') preformatted += 1;
        }
      },
      ontext: (text) => {
        if (inTitle) title += text;
        else if (!skipping) appendWords(text);
        else if (chosen !== null) chosen += text;
      },
      onclosetag: (name) => {
        depth -= 1;
        hiddenness.close();
        if (marked !== null && !hiddenness.isHidden()) endMark();
        if (dropped.has(name) && !(name === 'dialog' && dialogs.pop())) skipping = Math.max(0, skipping - 1);
        if (name === 'title') inTitle = false;
        if (chosen !== null && (name === 'option' || name === 'select')) {
          appendText(` ${chosen.trim()} `);
          chosen = null;
        }
        if (skipping) return;
        if (name === 'sup') raised = Math.max(0, raised - 1);
        else if (name === 'a') links = Math.max(0, links - 1);
        else if (strikes.has(name)) {
          struck = Math.max(0, struck - 1);
          if (struck === 0) endStrike();
        } else if (headingLevel(name)) {
          flush();
          heading = 0;
        } else if (name === 'td' || name === 'th') {
          const table = tables.at(-1);
          if (!table || table.layout) flush();
          else endCell(table);
        } else if (name === 'tr') {
          const table = tables.at(-1);
          if (table) endRow(table);
        } else if (name === 'table') {
          const table = tables.at(-1);
          if (table) endRow(table);
          flush();
          tables.pop();
          if (table && !table.layout && table.start !== null && table.rows > 1)
            builder.span({ kind: 'table', start: table.start, end: table.end, label: '', level: 0 });
        } else if (blocks.has(name)) {
          flush();
          if (name === 'pre') preformatted = Math.max(0, preformatted - 1);
          if (name === 'li') itemMark = '';
          if (name === 'ul' || name === 'ol') {
            lists.pop();
            afterItem = false;
          }
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: selfClosing },
  );
  // The parser takes all that follows an open frame for its raw content, so one that is never closed is left out beforehand.
  parser.end(/<\/iframe/i.test(html) ? html : html.replace(/<iframe\b[^<>]*>/gi, ''));
  while (tables.length > 0) {
    endRow(tables.at(-1) as TableState);
    tables.pop();
  }
  flush();
  return { builder, title: title.replace(/\s+/g, ' ').trim() || firstHeading, firstHeading };
};
