import type { Span } from '@shared/model';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { cleanText } from '../../cleanText';
import { decodeText } from '../../decodeText';
import type { ParserInput, ReadDocument } from '../parser';

/** Longer files are generated ones, and are split by lines. */
const mostCharacters = 2_000_000;
const mostDepth = 6;
const mostLabel = 120;

/** The start of the line of a position, or of the comments right above it. */
const lineStart = (text: string, at: number): number => {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !/^\s*#/.test(text.slice(above, start))) return start;
    start = above;
  }
};
const trimmedEnd = (text: string, start: number, end: number): number => start + text.slice(start, end).trimEnd().length;

/** The keys that hold others over several lines, as scopes; none where the text is no YAML. */
export const keysOfYaml = (text: string): Span[] => {
  if (text.length > mostCharacters) return [];
  const spans: Span[] = [];
  let free = 0;
  const add = (label: string, from: number, to: number, level: number): void => {
    const start = Math.max(lineStart(text, from), free);
    const end = trimmedEnd(text, start, to);
    if (end <= start || !text.slice(start, end).includes('\n')) return;
    spans.push({ kind: 'scope', start, end, label: label.replace(/\s+/g, ' ').slice(0, mostLabel), level });
    free = text.indexOf('\n', from) + 1;
  };
  const walk = (node: unknown, level: number): void => {
    if (level > mostDepth) return;
    if (isSeq(node))
      for (const [index, item] of node.items.entries()) {
        if (!isMap(item) || !item.range) continue;
        const name = ['name', 'title', 'id']
          .map((key) => item.get(key))
          .find((value) => typeof value === 'string' || typeof value === 'number');
        add(name === undefined ? `${index + 1}` : `${index + 1} ${name}`, item.range[0], item.range[2], level);
        walk(item, level + 1);
      }
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const range = (value as { range?: [number, number, number] } | null)?.range;
      if (!isScalar(key) || !key.range || !range) continue;
      if (isMap(value) || isSeq(value)) add(String(key.value), key.range[0], range[2], level);
      walk(value, level + 1);
    }
  };
  try {
    // Tags and aliases are not followed: the tree is as long as the text.
    for (const document of parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false }))
      if ('contents' in document) walk(document.contents, 1);
  } catch {
    return [];
  }
  return spans.sort((one, other) => one.start - other.start || other.end - one.end);
};

/** Reads YAML: the text as it is written, its keys as scopes. */
export const readYaml = ({ bytes }: ParserInput): ReadDocument => {
  const text = cleanText(decodeText(bytes).text);
  return { text, spans: keysOfYaml(text), title: null, pages: null, parser: 'yaml', parserVersion: '1' };
};
