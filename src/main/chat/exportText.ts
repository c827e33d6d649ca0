import { noFence, readFence } from '@shared/markdown/fences';
import { proseOf } from '@shared/markdown/prose';
import { fromMarkdown } from 'mdast-util-from-markdown';

/**
 * Prepares text of people, models and documents for a Markdown file with sections of the program: nothing in it may begin a
 * section, swallow the next one or hide its words. Code stays as it is.
 */

/**
 * Line ends other than `
 * `, and signs that change how other signs look.
 */
const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g;
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: showing control characters is the purpose
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** The picture of a control character, so that a terminal does not execute it. */
const pictureOf = (character: string): string => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
};
const withoutControls = (text: string): string => text.replace(lineEnds, '\n').replace(turning, '').replace(control, pictureOf);

/** A name or a title as one line, without markup. */
export const exportedLine = (text: string): string =>
  withoutControls(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[<`]|^#+(?=\s|$)/g, (sign) => `\\${sign}`);

const safeTag = /^<\/?(?:br|sup|sub|kbd)\s*\/?>/i;
const autolink = /^<(?:https?:\/\/|mailto:)[^<>\s]*>/i;
const container = /^(?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*/;

/** The spans of code in one line, by their backticks. */
const codeIn = (line: string): [number, number][] =>
  Array.from(line.matchAll(/(?<![\\`])(`+)(?!`)(?:.*?[^`])\1(?!`)/g), ({ 0: span, index }) => [index, index + span.length]);

const isEscaped = (line: string, at: number): boolean => {
  let from = at;
  while (line[from - 1] === '\\') from -= 1;
  return (at - from) % 2 === 1;
};

/** Shows tags as text. Code in its paragraph or line stays, and so do the few tags and addresses that are safe. */
const withoutTags = (text: string): string => {
  if (!text.includes('<')) return text;
  const inParagraph = proseOf(text).regions.filter(({ kind }) => kind === 'code');
  const lastEnd = text.lastIndexOf('>');
  let at = 0;
  let region = 0;
  const lines = text.split('\n').map((line) => {
    const inLine = codeIn(line);
    const begins = container.exec(line)?.[0].length ?? 0;
    const start = at;
    at += line.length + 1;
    return line.replace(/<(?=[/a-zA-Z!?])/g, (sign, index: number) => {
      const place = start + index;
      while (region < inParagraph.length && (inParagraph[region] as { end: number }).end <= place) region += 1;
      const isCode =
        (inParagraph[region]?.start ?? Number.POSITIVE_INFINITY) <= place && inLine.some(([from, to]) => from <= index && index < to);
      const tag = safeTag.exec(line.slice(index))?.[0];
      // A tag alone in its line begins a block in which nothing is Markdown.
      const isSafe = (tag !== undefined && !(index === begins && line.slice(index).trim() === tag)) || autolink.test(line.slice(index));
      const closes = index === begins || lastEnd > place || /[!?]/.test(line[index + 1] ?? '');
      return isCode || isSafe || !closes || isEscaped(line, index) ? sign : '\\<';
    });
  });
  return lines.join('\n');
};

/** Longer messages are not parsed again: that would block all other work. */
const longestChecked = 20_000;
/** Quotes nested deeper than this take a parser the square of their number. */
const tooDeep = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){60}/m;

/** Emphasis and links make no section, and take the square of their number. */
const blocksAlone = { disable: { null: ['attention', 'labelStartImage', 'labelStartLink', 'labelEnd', 'characterReference'] } };

/** True when a Markdown parser finds no section, no HTML and nothing unclosed in a text. */
const isContained = (text: string): boolean => {
  let isSound = true;
  const visit = (node: { type: string; depth?: number; value?: string; children?: readonly object[] }): void => {
    if (node.type === 'heading' && (node.depth ?? 0) < 3) isSound = false;
    if (node.type === 'html' && !safeTag.test(node.value ?? '')) isSound = false;
    for (const child of node.children ?? []) visit(child as typeof node);
  };
  const end = 'end of the message';
  const { children } = fromMarkdown(`${text}\n\n${end}`, { extensions: [blocksAlone] });
  for (const child of children) visit(child);
  const last = children.at(-1);
  return isSound && last?.type === 'paragraph' && last.children[0]?.type === 'text' && last.children[0].value === end;
};

/**
 * Prepares a message: its headings become two levels deeper, below those of the file; constructs it leaves open are closed. A
 * message for which this fails becomes a quote.
 */
export const exportedMessage = (message: string): string => {
  const text = deepened(withoutControls(message));
  if (!tooDeep.test(text) && (text.length > longestChecked || isContained(text))) return text;
  return text
    .replaceAll('<', '&lt;')
    .replace(/^/gm, '> ')
    .replace(/^(> [ \t>]*)(?=[#=-])/gm, '$1\\');
};

const deepened = (message: string): string => {
  const out: string[] = [];
  let prose: string[] = [];
  let code = noFence;
  let before = '';
  const close = (): void => {
    if (prose.length > 0) out.push(...withoutTags(prose.join('\n')).split('\n'));
    prose = [];
  };
  for (const line of message.split('\n')) {
    code = readFence(code, line);
    if (code.line !== 'outside') {
      close();
      out.push(line);
      before = '';
      continue;
    }
    const prefix = container.exec(line)?.[0] ?? '';
    const isIndented = code.containers.length === 0 && /^(?: {4}|\t)/.test(line);
    // The line above would become a heading. A dash alone also looks like an item.
    const underline = before !== '' && /^[ \t>]*(?:=+|-+)[ \t]*$/.test(line);
    prose.push(isIndented ? line : underline ? line.replace(/[=-]/, '\\$&') : prefix + exportedProse(line.slice(prefix.length)));
    before = line.trim() === '' ? '' : line;
  }
  close();
  // A fence in a list or a quote ends with it, before the next line of the file.
  if (code.fence?.depth === 0) out.push(code.fence.mark);
  return out.join('\n');
};

const exportedProse = (words: string): string => {
  if (/^#{1,6}(?=\s|$)/.test(words)) return words.replace(/^#{1,6}/, (marks) => '#'.repeat(Math.min(6, marks.length + 2)));
  // A link definition for a number would turn every citation in the file into a link.
  return words.replace(/^\[(?=\d+\]:)/, '\\[');
};

/** JSON in which no character changes how the others look. */
export const exportedJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The words of a source, as a quote. */
export const exportedQuote = (text: string): string =>
  exportedMessage(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
