import { EmergenceError, endingOf } from '@shared/model';
import { cleanText } from '../../cleanText';
import { decodeText } from '../../decodeText';
import { limits } from '../../limits';
import type { ParserInput, ReadDocument } from '../parser';
import { createDataWriter } from './dataWriter';

const parser = { title: null, pages: null, parser: 'json', parserVersion: '1' };

/** Comments and commas after the last entry, which the files of many programs have although JSON has none; strings stay as they are. */
const withoutComments = (text: string): string =>
  text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? ' ')
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? '');

const parseLoosely = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(withoutComments(text));
  }
};

/** The values of a file in which each line is one (JSON Lines); null where a line is none. */
const valuesOfLines = (text: string): unknown[] | null => {
  try {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  } catch {
    return null;
  }
};

/** Reads JSON and JSON Lines as lines for reading. A file that is none, or is damaged, keeps its text. */
export const readJson = ({ bytes, fileName }: ParserInput): ReadDocument => {
  const text = cleanText(decodeText(bytes).text).trim();
  // Parsed data takes many times the memory of its text.
  if (text.length > limits.textCharacters) throw new EmergenceError('document.too_large', { characters: text.length });
  const writer = createDataWriter();
  const isLines = /^(jsonl|ndjson)$/.test(endingOf(fileName));
  const values = isLines ? valuesOfLines(text) : null;
  if (values) for (const [index, value] of values.entries()) writer.record(value, index);
  else
    try {
      writer.value(parseLoosely(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const lines = valuesOfLines(text);
      if (!lines) return { text, spans: [], ...parser };
      for (const [index, value] of lines.entries()) writer.record(value, index);
    }
  return { ...writer.build(), ...parser };
};
