import type { Span } from '@shared/model';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import type { ParserInput, ReadDocument } from './parser';

type Node = ReturnType<typeof fromMarkdown>['children'][number] | { type: string; value?: string; children?: Node[]; position?: unknown };

/** Above this many characters a full Markdown parse takes too long; headings are then found by their `#` alone. */
const fullParseCharacters = 500_000;

/** Containers nested this deep (quotes, lists, indents on one line) take the parser minutes. */
const deepNesting = /^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]){150,}\S/m;

const plain = (node: Node): string => {
  if ('value' in node && typeof node.value === 'string') return node.value;
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  return 'children' in node && node.children ? (node.children as Node[]).map(plain).join('') : '';
};

/** A heading's words: links as their text, without marks of emphasis and the anchors that documentation tools append (`{#id}`). */
const headingLabel = (text: string): string =>
  text
    .slice(0, 1_000)
    .replace(/\{(#[^}]*|\/\*.*?\*\/)\}\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|[*`])(?=\S)|(?<=\S)(\*\*|__|[*`])/g, '')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/**
 * Only blocks matter here. Without the inline constructs parsing is several times faster, and text made of thousands of
 * brackets or stars cannot make it quadratic.
 */
const blocksOnly = {
  disable: { null: ['attention', 'autolink', 'codeText', 'htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'] },
};

/** A row with a bar, then a line of dashes. Line by line: one expression over both takes the square of a line of bars. */
const isTable = (text: string): boolean => {
  const [head = '', rule = ''] = text.split('\n', 2);
  return head.includes('|') && /^[ \t]*\|?[ \t]*:?-[-:| \t]*$/.test(rule);
};

const spansOf = (text: string, offset: number): Span[] => {
  const spans: Span[] = [];
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      const position = node.position as { start: { offset?: number }; end: { offset?: number } } | undefined;
      if (position?.start.offset === undefined || position.end.offset === undefined) continue;
      const range = { start: offset + position.start.offset, end: offset + position.end.offset };
      if (node.type === 'heading' && 'depth' in node)
        spans.push({ kind: 'heading', ...range, label: headingLabel(plain(node)), level: node.depth });
      else if (node.type === 'paragraph' && isTable(text.slice(position.start.offset, position.end.offset)))
        spans.push({ kind: 'table', ...range, label: '', level: 0 });
      else if (node.type === 'blockquote' && 'children' in node) visit(node.children as Node[]);
    }
  };
  visit(fromMarkdown(text, { extensions: [blocksOnly] }).children);
  return spans;
};

const quickSpans = (text: string, offset: number): Span[] => {
  const spans: Span[] = [];
  let fenced = false;
  for (const match of text.matchAll(/^(?:(```|~~~)|(#{1,6})[ \t]+(.+))/gm)) {
    if (match[1]) fenced = !fenced;
    else if (!fenced && match[2] && match[3])
      spans.push({
        kind: 'heading',
        start: offset + match.index,
        end: offset + match.index + match[0].length,
        label: headingLabel(match[3]),
        level: match[2].length,
      });
  }
  return spans;
};

/** Blocks nested thousands deep exhaust the parser's stack; the text is still text. */
const carefulSpans = (text: string, offset: number): Span[] => {
  try {
    return spansOf(text, offset);
  } catch (error) {
    if (error instanceof RangeError) return quickSpans(text, offset);
    throw error;
  }
};

/** Markdown: the text is kept as written, headings and tables are labelled in it. */
export const readMarkdown = ({ bytes }: ParserInput): ReadDocument => {
  const text = cleanText(decodeText(bytes).text);
  const front = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  const offset = front?.[0].length ?? 0;
  const body = text.slice(offset);
  const spans = body.length > fullParseCharacters || deepNesting.test(body) ? quickSpans(body, offset) : carefulSpans(body, offset);
  const declared = front?.[1] ? /^title:[ \t]*(["']?)(.+?)\1[ \t]*$/m.exec(front[1])?.[2] : undefined;
  const title = declared ?? spans.find((span) => span.kind === 'heading' && span.level === 1)?.label ?? null;
  return { text, spans, title: title || null, pages: null, parser: 'markdown', parserVersion: '1' };
};
