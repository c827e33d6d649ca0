import type { Span } from '@shared/model';
import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import { authorOf, datedOf, type FileFacts } from './facts';
import type { ParserInput, ReadDocument } from './parser';

/** Only blocks matter here: inline text is not parsed, so that masses of brackets or stars cost no time. */
const blocks = new MarkdownIt({ html: true });
blocks.core.ruler.enableOnly(['normalize', 'block']);
// Where containers nest deeper than this, the parser drops the rest of the text. `deepNesting` keeps them below it.
blocks.options.maxNesting = 400;

/**
 * The beginning of a line that opens 150 quotes, lists and indents at once: nobody writes this, and the parser would recurse
 * deeply.
 */
const deepNesting = /^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]){150,}(?=\S)/gm;

/**
 * The words of a heading: links as their text, without marks of emphasis and the anchors that documentation tools append (`{#id}`).
 */
const headingLabel = (text: string): string =>
  text
    .slice(0, 1_000)
    .replace(/\{(#[^}]*|\/\*.*?\*\/)\}\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|[*`])(?=\S)|(?<=\S)(\*\*|__|[*`])/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** The offset at which each line begins, and after the last one the end of the text. */
const lineStartsOf = (text: string): number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  starts.push(text.length);
  return starts;
};

/** The range of the lines `[from, to)`, without the marks and blanks before the first word and the white space after the last. */
const rangeOf = (text: string, starts: readonly number[], [from, to]: readonly [number, number]): { start: number; end: number } => {
  let start = starts[from] ?? text.length;
  let end = starts[Math.min(to, starts.length - 1)] ?? text.length;
  while (start < end && ' \t>'.includes(text.charAt(start))) start += 1;
  while (end > start && ' \t\n'.includes(text.charAt(end - 1))) end -= 1;
  return { start, end };
};

/** The headings and tables of a text, also those inside quotations; `offset` is added to every position. */
export const spansOfMarkdown = (text: string, offset: number): Span[] => {
  const spans: Span[] = [];
  const starts = lineStartsOf(text);
  // A run of letters of the same length keeps every offset.
  const flat = text.replace(deepNesting, (marks) => 'x'.repeat(marks.length));
  const tokens = blocks.parse(flat, {});
  let lists = 0;
  for (const [index, { type, tag, map }] of tokens.entries()) {
    if (type === 'list_item_open') lists += 1;
    else if (type === 'list_item_close') lists -= 1;
    if (lists > 0 || !map || (type !== 'heading_open' && type !== 'table_open')) continue;
    const { start, end } = rangeOf(text, starts, map);
    const range = { start: offset + start, end: offset + end };
    if (type === 'table_open') spans.push({ kind: 'table', ...range, label: '', level: 0 });
    else {
      const label = headingLabel(blocks.utils.unescapeAll(tokens[index + 1]?.content ?? ''));
      spans.push({ kind: 'heading', ...range, label, level: Number(tag[1]) });
    }
  }
  return spans;
};

const values = (value: unknown): unknown[] =>
  (Array.isArray(value) ? value : [value]).map((one) => (typeof one === 'object' && one !== null && 'name' in one ? one.name : one));

/** The facts of the front matter (YAML), of which a part that cannot be read has none. */
const factsOfFront = (front: string): FileFacts & { title: string | null } => {
  const stated = new Map<string, unknown>();
  try {
    const read: unknown = front.trim() === '' ? null : parse(front, { maxAliasCount: 10, logLevel: 'silent' });
    if (typeof read === 'object' && read !== null) for (const [name, value] of Object.entries(read)) stated.set(name.toLowerCase(), value);
  } catch {
    const title = /^title:[ \t]*(["']?)(.+?)\1[ \t]*$/m.exec(front)?.[2];
    if (title) stated.set('title', title);
  }
  const title = stated.get('title');
  return {
    title: typeof title === 'string' || typeof title === 'number' ? String(title).trim() || null : null,
    author: authorOf(...['author', 'authors', 'creator'].flatMap((name) => values(stated.get(name)))),
    dated: datedOf(
      ...['date', 'published', 'created', 'updated']
        .map((name) => stated.get(name))
        .map((date) => (typeof date === 'number' ? String(date) : date)),
    ),
  };
};

/** Parses Markdown: the text is kept as written, headings and tables are labelled in it. */
export const readMarkdown = ({ bytes }: ParserInput): ReadDocument => {
  const text = cleanText(decodeText(bytes).text);
  const front = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  const offset = front?.[0].length ?? 0;
  const body = text.slice(offset);
  const spans = spansOfMarkdown(body, offset);
  const declared = factsOfFront(front?.[1] ?? '');
  const title = declared.title ?? spans.find((span) => span.kind === 'heading' && span.level === 1)?.label ?? null;
  return { text, spans, ...declared, title: title || null, pages: null, parser: 'markdown', parserVersion: '2' };
};
