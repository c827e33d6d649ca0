import { noFence, readFence } from '@shared/markdown/fences';
import { headingOf, isUnderline } from '@shared/markdown/marks';
import { proseOf } from '@shared/markdown/prose';

/**
 * Text of people, models and documents for a Markdown file whose sections are ours: nothing in it may begin a section, swallow
 * the next one or hide what it says. What stands in code stays as it is.
 */

/** Line ends that are none of ours, and signs that change what other signs look like. */
const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g;
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is shown
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** The picture of a control character, so that a terminal does not obey it. */
const pictureOf = (character: string): string => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
};
const withoutControls = (text: string): string => text.replace(lineEnds, '\n').replace(turning, '').replace(control, pictureOf);

const safeTag = /^<(?:\/?(?:br|sup|sub|kbd)\s*\/?>|(?:https?:\/\/|mailto:)[^<>\s]*>$)/i;

/** A name or a title: one line, without signs that mean something. */
export const exportedLine = (text: string): string =>
  withoutControls(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[<`]|^#+(?=\s|$)/g, (sign) => `\\${sign}`);

/** A message: its headings two levels deeper, below ours; what it leaves open is closed. */
export const exportedMessage = (message: string): string => {
  const text = withoutControls(message);
  const { regions } = proseOf(text);
  // Tags as text: from the last one on, so that places stay right.
  let tagged = text;
  for (const { kind, start, end } of regions.toReversed())
    if (kind === 'html' && !safeTag.test(text.slice(start, end))) tagged = `${tagged.slice(0, start)}\\${tagged.slice(start)}`;
  const lines: string[] = [];
  let code = noFence;
  let before = '';
  for (const line of tagged.split('\n')) {
    code = readFence(code, line);
    lines.push(code.line === 'outside' ? exportedProse(line, before) : line);
    before = code.fence === null ? line : '';
  }
  // A fence in a list or a quote ends with it, before our next line.
  if (code.fence?.depth === 0) lines.push(code.fence.mark);
  return lines.join('\n');
};

const exportedProse = (line: string, before: string): string => {
  if (headingOf(line)) return line.replace(/#{1,6}/, (marks) => '#'.repeat(Math.min(6, marks.length + 2)));
  // The line above would become a heading.
  if (before.trim() !== '' && isUnderline(line)) return line.replace(/[=-]/, '\\$&');
  // Blocks of HTML that go on until something closes them.
  if (/^ {0,3}<(?:script|pre|style|textarea|!|\?)/i.test(line)) return line.replace('<', '\\<');
  // An address for a number would turn every citation in the file into a link.
  return line.replace(/^( {0,3})\[(?=\d+\]:)/, '$1\\[');
};

/** JSON in which no character changes what the others look like. */
export const exportedJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The words of a source, as a quote. */
export const exportedQuote = (text: string): string =>
  withoutControls(text)
    .split('\n')
    .map((line) => `> ${line.replace(/^( {0,3})\[(?=\d+\]:)/, '$1\\[')}`)
    .join('\n');
