import { endingOf, type Span } from '@shared/model';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import type { ParserInput, ReadDocument } from './parser';

interface Found {
  line: number;
  label: string;
  level: number;
}

/** Lines that a heading may be marked by in reStructuredText: one sign, repeated. */
const ruled = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
const mostLabel = 300;

/** Headings of Org and AsciiDoc: signs before the words, as many as the heading is deep. */
const marked = (lines: readonly string[], pattern: RegExp): Found[] =>
  lines.flatMap((text, line) => {
    const [, signs = '', label = ''] = pattern.exec(text) ?? [];
    return label.trim() === '' ? [] : [{ line, label: label.trim(), level: signs.length }];
  });

/** Headings of reStructuredText: a line of one sign below the words, perhaps above them too; each sign is a level, in their order. */
const underlined = (lines: readonly string[]): Found[] => {
  const levels: string[] = [];
  const found: Found[] = [];
  for (let line = 0; line + 1 < lines.length; line += 1) {
    const label = (lines[line] ?? '').trim();
    const sign = ruled.exec(lines[line + 1] ?? '')?.[1];
    if (sign === undefined || label === '' || ruled.test(label) || (lines[line + 1] ?? '').trim().length < label.length - 2) continue;
    const isBoxed = ruled.exec(lines[line - 1] ?? '')?.[1] === sign;
    if (!isBoxed && /^\s/.test(lines[line] ?? '')) continue;
    const style = `${sign}${isBoxed ? sign : ''}`;
    if (!levels.includes(style)) levels.push(style);
    found.push({ line, label, level: levels.indexOf(style) + 1 });
    line += 1;
  }
  return found;
};

const headingsOf = (lines: readonly string[], ending: string): Found[] => {
  if (ending === 'org') return marked(lines, /^(\*+)\s+(?:(?:TODO|DONE)\s+)?(.*?)(?:\s+:[\w@:]+:)?\s*$/);
  if (ending === 'rst' || ending === 'rest') return underlined(lines);
  return marked(lines, /^(={1,6})\s+(.*?)(?:\s+=+)?\s*$/);
};

/** Reads Org, reStructuredText and AsciiDoc: the text as it is written, its headings labelled. */
export const readOutline = ({ bytes, fileName }: ParserInput): ReadDocument => {
  const text = cleanText(decodeText(bytes).text);
  const lines = text.split('\n');
  const starts: number[] = [];
  for (let at = 0, line = 0; line < lines.length; line += 1) {
    starts.push(at);
    at += (lines[line] ?? '').length + 1;
  }
  const spans = headingsOf(lines, endingOf(fileName)).map(({ line, label, level }): Span => {
    const start = starts[line] ?? 0;
    return { kind: 'heading', start, end: start + (lines[line] ?? '').length, label: label.slice(0, mostLabel), level: Math.min(6, level) };
  });
  const declared = /^#\+TITLE:\s*(.+)$/im.exec(text.slice(0, 5_000))?.[1]?.trim();
  const title = declared ?? spans.find(({ level }) => level === 1)?.label ?? null;
  return { text, spans, title, pages: null, parser: 'outline', parserVersion: '1' };
};
