import { noFence, readFence } from './fences';
import { headingOf, isRow, isRowRule, isRule, isUnderline } from './marks';

const itemMark = /^\s*([-*+•◦▪‣–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
const quoteMark = /^\s*(?:>\s?)+/;

export interface DocumentLine {
  /** `fence` opens or closes code; `rule` separates parts; `rowRule` comes below the first row of a table. */
  kind: 'blank' | 'fence' | 'code' | 'heading' | 'row' | 'rowRule' | 'rule' | 'item' | 'text';
  /** `[start, end)` of the line's own words: without the marks of quotes, headings and items and the outer bars of a row. */
  start: number;
  end: number;
  /** Level of a heading, from 1; 0 for other lines. */
  level: number;
  /** Bullet or number of an item as written; empty for other lines. */
  mark: string;
}

/** The range of a row without its outer bars. */
const innerRow = (row: string): { start: number; end: number } => {
  const trimmed = row.trimEnd();
  const lead = row.length - row.trimStart().length;
  const from = lead + (trimmed[lead] === '|' ? 1 : 0);
  const inner = trimmed.slice(from, trimmed.endsWith('|') ? Math.max(from, trimmed.length - 1) : trimmed.length);
  const start = from + inner.length - inner.trimStart().length;
  return { start, end: start + inner.trim().length };
};

/**
 * The lines of a document's text, in order. With `markdown` false there are no fences, headings and quotes; rows and items are
 * written alike in every format, with the bullets of other formats too.
 */
export function* documentLines(text: string, { markdown = true }: { markdown?: boolean } = {}): Generator<DocumentLine, void, void> {
  let code = noFence;
  const read = (raw: string, lineStart: number): DocumentLine => {
    const quoted = markdown ? (quoteMark.exec(raw)?.[0].length ?? 0) : 0;
    const line = raw.slice(quoted);
    const own = (kind: DocumentLine['kind'], from: number, to: number, level = 0, mark = ''): DocumentLine => ({
      kind,
      start: lineStart + from,
      end: lineStart + to,
      level,
      mark,
    });
    if (markdown) code = readFence(code, raw);
    if (code.line === 'opens' || code.line === 'closes') return own('fence', 0, raw.length);
    if (code.line === 'code') return own('code', 0, raw.length);
    if (line.trim() === '') return own('blank', quoted, raw.length);
    const heading = markdown ? headingOf(line) : null;
    if (heading) return own('heading', quoted + heading.start, quoted + heading.end, heading.level);
    if (isRowRule(line)) return own('rowRule', quoted, raw.length);
    if (isRow(line)) {
      const inner = innerRow(line);
      return own('row', quoted + inner.start, quoted + inner.end);
    }
    if (isRule(line.trimStart()) || isUnderline(line.trimStart())) return own('rule', quoted, raw.length);
    const item = itemMark.exec(line);
    return item ? own('item', quoted + item[0].length, raw.length, 0, item[1]) : own('text', quoted, raw.length);
  };
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    yield read(text.slice(at, end), at);
    at = end + 1;
  }
}
