import { EmergenceError, type Span } from '@shared/model';
import { cleanText } from '../../cleanText';
import { limits } from '../../limits';

/** Depth to which keys are labelled, and to which values are written; deeper ones are left out. */
const mostDepth = 6;
const mostNesting = 64;
const mostLabel = 120;
/** Signs without a blank between them, as pictures and keys are stored in data: they say nothing. */
const encoded = /[A-Za-z0-9+/=_-]{400,}/g;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEmpty = (value: object): boolean => (Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0);

/** The words of a single value; the lines of a long text are kept. */
export const wordsOf = (value: unknown): string =>
  value === null || value === undefined ? '–' : cleanText(String(value)).replace(encoded, '…').trim();

/** The name by which a person knows one of many alike: what it is called, else its number. */
const nameOfItem = (item: object, index: number): string => {
  for (const key of ['name', 'title', 'label', 'id', 'key']) {
    const value = (item as Record<string, unknown>)[key];
    if ((typeof value === 'string' || typeof value === 'number') && `${value}`.trim() !== '') return `${index + 1} ${wordsOf(value)}`;
  }
  return `${index + 1}`;
};

/**
 * Writes data as lines for reading: a key and its value a line, what it holds below it and further in, the entries of a list with a
 * dash. Each key that holds others is a scope.
 */
export const createDataWriter = () => {
  const lines: string[] = [];
  const spans: Span[] = [];
  let length = 0;

  const line = (text: string): void => {
    lines.push(text);
    length += text.length + 1;
    if (length > limits.textCharacters) throw new EmergenceError('document.too_large', { characters: length });
  };
  const scope = (label: string, level: number, write: () => void): void => {
    const start = length;
    write();
    const end = length - 1;
    const name = label.replace(/\s+/g, ' ').slice(0, mostLabel);
    if (level <= mostDepth && end > start && name !== '') spans.push({ kind: 'scope', start, end, label: name, level });
  };
  /** A value in its line; further lines of it stand below, further in. */
  const single = (before: string, indent: string, value: unknown): void => {
    const [first = '', ...more] = wordsOf(value).split('\n');
    line(`${before}${first}`.trimEnd());
    for (const next of more) line(`${indent}  ${next}`.trimEnd());
  };

  const write = (value: object, depth: number): void => {
    const indent = '  '.repeat(depth);
    const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
    for (const [key, item] of entries) {
      const inList = typeof key === 'number';
      const head = inList ? `${indent}- ` : `${indent}${wordsOf(key).replace(/\s+/g, ' ')}: `;
      if (!isContainer(item)) single(head, indent, item);
      else if (isEmpty(item)) line(`${head}–`);
      else if (depth >= mostNesting) line(`${head}…`);
      else if (!inList)
        scope(wordsOf(key), depth + 1, () => {
          line(head.trimEnd());
          write(item, depth + 1);
        });
      else
        scope(nameOfItem(item, key), depth + 1, () => {
          line(`${indent}- ${key + 1}`);
          write(item, depth + 1);
        });
    }
  };

  return {
    /** Writes one value, below the others. */
    value: (value: unknown): void => {
      if (isContainer(value)) write(value, 0);
      else single('', '', value);
    },
    /** Writes one of several values that follow one another, as a scope with its number. */
    record: (value: unknown, index: number): void => {
      if (!isContainer(value)) single('- ', '', value);
      else
        scope(nameOfItem(value, index), 1, () => {
          line(`- ${index + 1}`);
          write(value, 1);
        });
    },
    build: () => ({
      text: lines.join('\n'),
      spans: spans.toSorted((one, other) => one.start - other.start || one.level - other.level),
    }),
  };
};
