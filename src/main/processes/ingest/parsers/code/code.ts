import { readFile } from 'node:fs/promises';
import { endingOf, type Span } from '@shared/model';
import treeSitter, { type Language } from '@vscode/tree-sitter-wasm';
import { cleanText } from '../../cleanText';
import { decodeText } from '../../decodeText';
import type { ParserInput, ReadDocument } from '../parser';
import { definitionsOf } from './definitions';
import { type Grammar, grammarOf, grammarPath } from './grammars';

/** Longer programs are generated ones, and are split by lines. */
const mostCharacters = 2_000_000;
/** A line this long stands in programs made for machines. */
const mostInLine = 20_000;
/** The parser gives up after this time. */
const mostMs = 10_000;

let started: Promise<void> | null = null;
const languages = new Map<string, Promise<Language | null>>();

/** Loads a grammar once; null where it cannot be loaded. */
const load = (grammar: Grammar): Promise<Language | null> => {
  started ??= treeSitter.Parser.init();
  const known =
    languages.get(grammar.file) ??
    started
      .then(() => readFile(grammarPath(grammar)))
      .then((bytes) => treeSitter.Language.load(new Uint8Array(bytes)))
      .catch(() => null);
  languages.set(grammar.file, known);
  return known;
};

/** The definitions of a program; none where it is too long, or its grammar cannot read it. */
export const spansOfCode = async (text: string, grammar: Grammar | null): Promise<Span[]> => {
  if (!grammar || text.length > mostCharacters || new RegExp(`[^\\n]{${mostInLine}}`).test(text)) return [];
  const language = await load(grammar);
  if (!language) return [];
  const parser = new treeSitter.Parser();
  try {
    parser.setLanguage(language);
    const until = performance.now() + mostMs;
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > until });
    if (!tree) return [];
    try {
      return definitionsOf(tree.rootNode, text, new Set(grammar.definitions.split(' ')));
    } finally {
      tree.delete();
    }
  } catch {
    // A grammar that fails on one file may be in any state.
    languages.set(grammar.file, Promise.resolve(null));
    return [];
  } finally {
    parser.delete();
  }
};

/** Reads source code: the text as it is written, with its definitions where there is a grammar for its ending. */
export const readCode = async ({ bytes, fileName }: ParserInput): Promise<ReadDocument> => {
  const text = cleanText(decodeText(bytes).text);
  const spans = await spansOfCode(text, grammarOf(endingOf(fileName)));
  return { text, spans, title: null, pages: null, parser: 'tree-sitter', parserVersion: '1' };
};
