import type { Source } from '@shared/model';
import type { PassagesAnswerer } from './gateway';

/** Characters of a line that is shown; excerpts are shorter, what could not be narrowed is cut here. */
const longestQuote = 480;

const words = {
  en: {
    none: 'Nothing in your documents answers this question.',
    weak: 'Your documents may touch on this; these passages come closest:',
    found: 'The passages of your documents that fit best:',
    pages: (page: number) => `page ${page}`,
    lines: (start: number, end: number) => (start === end ? `line ${start}` : `lines ${start}–${end}`),
    hint: 'Add a provider in the settings to get a written answer.',
  },
  fr: {
    none: 'Rien dans vos documents ne répond à cette question.',
    weak: 'Vos documents effleurent peut-être le sujet ; voici les passages les plus proches :',
    found: 'Les passages de vos documents qui conviennent le mieux :',
    pages: (page: number) => `page ${page}`,
    lines: (start: number, end: number) => (start === end ? `ligne ${start}` : `lignes ${start} à ${end}`),
    hint: 'Ajoutez un fournisseur dans les réglages pour obtenir une réponse rédigée.',
  },
} as const;

/** Markers inside a line: emphasis, code, links and pictures (their words stay), escapes. A `snake_case` name is left alone. */
const withoutMarkers = (line: string): string =>
  line
    .replace(/!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/g, '$1')
    .replace(/(?<!\\)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, '$2')
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_\\])\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

const rowCells = (line: string): string[] => {
  const cells = line
    .replace(/^\s*\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/);
  return cells.map(withoutMarkers).filter((cell) => cell !== '');
};

/**
 * Words of a document as a reader sees them, one string a line of the answer: a paragraph, a list item, or a table row with its
 * cells side by side. Heading marks, list and quote marks, table pipes and rules are dropped.
 */
export const plainLines = (text: string): string[] => {
  const lines: string[] = [];
  let goesOn = false;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/^\s*(?:>\s?)+/, '');
    if (line.trim() === '' || /^\s*(?:`{3,}|~{3,})/.test(line) || /^[\s|:=-]*[=-][\s|:=-]*$/.test(line)) {
      goesOn = false;
      continue;
    }
    const isRow = /^\s*\||\s\|\s/.test(line);
    const bare = line.replace(/^\s*(?:#{1,6}\s+|(?:[-*+•◦▪‣]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?)/, '');
    const shown = isRow ? rowCells(line).join(' · ') : withoutMarkers(bare);
    const last = lines.length - 1;
    if (goesOn && !isRow && bare === line) lines[last] = `${lines[last]} ${shown}`;
    else if (shown !== '') lines.push(shown);
    goesOn = !isRow && !/^\s*#/.test(line);
  }
  return lines;
};

const shortened = (text: string): string =>
  text.length <= longestQuote ? text : `${text.slice(0, longestQuote).replace(/[\uD800-\uDBFF]$|\s+\S*$/, '')} …`;

/** Markdown inside a document is text here: it must not become a heading, a link or an image of our answer. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&');

const place = (source: Source, language: 'en' | 'fr'): string =>
  source.page === null ? words[language].lines(source.lineStart, source.lineEnd) : words[language].pages(source.page);

/**
 * The built-in answerer: shows the excerpts it is given, each with its `[n]`, in the question's language. They come best first;
 * with none it says that the documents do not answer. It never writes a sentence about the content of its own.
 */
export const answerFromPassages: PassagesAnswerer = ({ excerpts, language, support }) => {
  const say = words[language];
  if (excerpts.length === 0 || support === 'none') return `${say.none}\n\n${say.hint}`;
  const quoted = excerpts.map((excerpt) => {
    // A heading that is the title says nothing new.
    const headings = excerpt.headingPath.slice(-1).filter((heading) => heading !== excerpt.title);
    const where = [excerpt.title, ...headings, place(excerpt, language)].map(escaped).join(' · ');
    const lines = plainLines(excerpt.text).map((line) => escaped(shortened(line)));
    return `> ${lines.join('\\\n> ')} [${excerpt.marker}]\n>\n> — ${where}`;
  });
  return [support === 'weak' ? say.weak : say.found, ...quoted, say.hint].join('\n\n');
};
