import { EmergenceError } from '@shared/model';
import { DomUtils, parseDocument } from 'htmlparser2';
import { decodeText } from '../../decodeText';
import { limits } from '../../limits';
import { createTextBuilder, type TextBuilder } from '../../textBuilder';
import { declaredCharset } from '../html';
import { htmlToText } from '../htmlToText';
import type { ParserInput, ReadDocument } from '../parser';
import { cellText } from '../tableRows';
import { wordsOf } from './dataWriter';

type Child = Parameters<typeof DomUtils.textContent>[0] & { type: string };
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

const mostDepth = 6;
const mostLabel = 200;
/** Markup is longer than what it says. */
const mostCharacters = 4 * limits.textCharacters;
/** From this many words a value is a text, which needs no name. */
const wordsOfText = 12;
const titleNames = /^(title|head|name|label|caption|h[1-6])$/i;
/** Elements of texts, whose names say nothing about what they hold. */
const proseNames = /^(p|para|simpara|paragraph|v|l|line|li|item|text|subtitle|quote|note|td|th|entry|string)$/i;

const isTag = ({ type }: { type: string }): boolean => type === 'tag' || type === 'script' || type === 'style';
const localName = ({ name }: Element): string => name.replace(/^.*:/, '');
const elementsOf = (node: { children: readonly unknown[] }): Element[] =>
  node.children.filter((child): child is Element => isTag(child as Child));
const ownText = (node: Element): string =>
  node.children
    .filter((child) => !isTag(child))
    .map((child) => DomUtils.textContent(child))
    .join('');

/** The words of an element; a page of HTML that stands within as text is read as one. */
const textOf = (node: Element): string => {
  const text = DomUtils.textContent(node);
  const plain = /<(p|br|div|a|b|i|ul|img|span)\b[^>]*>/i.test(text) ? htmlToText(text).builder.build().text : text;
  return cellText(wordsOf(plain));
};
const attributesOf = ({ attribs }: Element): string =>
  Object.entries(attribs)
    .filter(([key, value]) => !/^(xmlns|xsi:|xml:space)/.test(key) && value.trim() !== '' && value.length <= mostLabel)
    .map(([key, value]) => `${key}: ${cellText(wordsOf(value))}`)
    .join(', ');
const inBrackets = (text: string): string => (text === '' ? '' : ` (${text})`);

/** True for a text with elements in its midst, such as emphasised words. */
const isMixed = (node: Element): boolean => /\p{L}/u.test(ownText(node)) && elementsOf(node).length > 0;

/** One line for an element that holds no other. */
const lineOf = (node: Element): string => {
  const text = textOf(node);
  const name = localName(node);
  const attributes = inBrackets(attributesOf(node));
  if (text === '') return attributes === '' ? '' : `${name}${attributes}`;
  if (proseNames.test(name) || text.split(' ').length >= wordsOfText) return text;
  return `${name}${attributes}: ${text}`;
};

const write = (builder: TextBuilder, node: Element, level: number): void => {
  const children = elementsOf(node);
  const title = children.find((child) => titleNames.test(localName(child)) && textOf(child) !== '');
  const label = (title ? textOf(title) : `${localName(node)}${inBrackets(attributesOf(node))}`).slice(0, mostLabel);
  const heading = builder.block(label);
  const before = heading?.start ?? builder.length;
  let lines: string[] = [];
  const flush = (): void => {
    builder.block(lines.join('\n'));
    lines = [];
  };
  for (const child of children) {
    if (child === title) continue;
    if (isMixed(child) || (proseNames.test(localName(child)) && textOf(child).split(' ').length >= wordsOfText)) {
      flush();
      builder.block(textOf(child));
    } else if (elementsOf(child).length > 0) {
      flush();
      write(builder, child, level + 1);
    } else lines.push(...[lineOf(child)].filter(Boolean));
  }
  flush();
  if (level <= mostDepth) builder.span({ kind: 'scope', start: before, end: builder.length, label, level });
};

/** Reads XML of any vocabulary: what an element holds under its title or its name, a short value a line behind its name. */
export const readXml = ({ bytes }: ParserInput): ReadDocument => {
  const { text } = decodeText(bytes, declaredCharset(bytes));
  if (text.length > mostCharacters) throw new EmergenceError('document.too_large', { characters: text.length });
  const builder = createTextBuilder();
  const root = elementsOf(parseDocument(text, { xmlMode: true }))[0];
  if (root) {
    if (elementsOf(root).length > 0 && !isMixed(root)) write(builder, root, 1);
    else builder.block(textOf(root));
  }
  const title = root && elementsOf(root).find((child) => titleNames.test(localName(child)));
  return {
    ...builder.build(),
    title: (title && textOf(title).slice(0, mostLabel)) || null,
    pages: null,
    parser: 'xml',
    parserVersion: '1',
  };
};
