import { findCitationMarks, quotedIn, readCitationMarks } from '@shared/markdown/citationMarks';
import { noFence, readFence } from '@shared/markdown/fences';
import type { Source } from '@shared/model';

/** A place of a text that cites a source. */
export interface CitedSource {
  source: Source;
  /** `[start, end)` of the brackets in the text. */
  at: { start: number; end: number };
}

/** How many places are followed one by one; nobody checks a text with more of them. */
const mostPlaces = 1_000;

/**
 * Does the same as `citedPlaces`, step by step, and bounded: of a text with far too many places it yields the first ones and one
 * for each other source. Yields the places found so far where the caller may pause.
 */
export function* readCitedPlaces(text: string, sources: readonly Source[]): Generator<readonly CitedSource[], void, void> {
  const places: CitedSource[] = [];
  const wanted = new Map(sources.map((source) => [source.marker, source]));
  for (const mark of readCitationMarks(text, { known: wanted, isQuoted: quotedIn(sources.map((source) => source.text)) })) {
    for (const number of mark?.numbers ?? []) {
      const source = wanted.get(number);
      if (mark && source) places.push({ source, at: { start: mark.start, end: mark.end } });
      if (places.length > mostPlaces) wanted.delete(number);
      else if (places.length === mostPlaces) for (const { source: seen } of places) wanted.delete(seen.marker);
    }
    yield places;
    if (wanted.size === 0) return;
  }
  yield places;
}

const marksOf = (text: string, sources: readonly Source[]) =>
  findCitationMarks(text, {
    known: new Set(sources.map(({ marker }) => marker)),
    isQuoted: quotedIn(sources.map((source) => source.text)),
  });

/** Every place of a text that cites one of the sources, in order; a bracket with several numbers counts as a place for each. */
export const citedPlaces = (text: string, sources: readonly Source[]): CitedSource[] => {
  const given = new Map(sources.map((source) => [source.marker, source]));
  return marksOf(text, sources).flatMap(({ start, end, numbers }) =>
    numbers.map((number) => ({ source: given.get(number) as Source, at: { start, end } })),
  );
};

/** The sources that a text cites, by number. Only used sources are listed. */
export const extractCitations = (text: string, sources: readonly Source[]): Source[] =>
  [...new Set(citedPlaces(text, sources).map(({ source }) => source))].sort((a, b) => a.marker - b.marker);

const anyNumber = { has: () => true, size: 1 };

/**
 * Removes citations without a known number from a text. For text that the program generated for its own work, never for an answer.
 */
export const withoutUnknownCitations = (text: string, known: ReadonlySet<number>): string => {
  let kept = '';
  let at = 0;
  for (const { start, end, numbers } of findCitationMarks(text, { known: anyNumber })) {
    const left = numbers.filter((number) => known.has(number));
    const before = text.slice(at, start);
    kept += left.length === 0 ? before.replace(/ $/, '') : before;
    if (left.length > 0) kept += left.length === numbers.length ? text.slice(start, end) : `[${left.join(', ')}]`;
    at = end;
  }
  // A text that was cut may end with half a citation.
  return (kept + text.slice(at)).replace(/ ?\[[\d,; –-]*$/, '');
};

export interface InventionFilter {
  /** Takes a piece of text and returns the part of all text so far that may be shown now. */
  push(piece: string): string;
  /** The text that was held back, at the end of the stream. */
  end(): string;
  /** Takes text that is shown already. */
  shown(text: string): void;
}

const invented = /^ ?\[(\d{1,3})\]/;
const maybeInvented = /^ ?(?:\[\d{0,3})?$/;
/** How many characters at the end of the text are searched for a citation. */
const longestBlock = 1_000;
/** How often an answer is searched for a citation before an invented number; after that the text stays as it is. */
const mostJudged = 200;
/** How much of the beginning of a line is kept, to see if it opens or closes code. */
const lineStart = 200;

/**
 * Passes text through unchanged, with one exception: in `[1][7]` a number that names no source, right behind a true citation, is an
 * invented source and is left out. Works on a stream: text that may become such a number is held back until it is complete.
 */
export const createInventionFilter = ({ known }: { known: () => ReadonlySet<number> }): InventionFilter => {
  let held = '';
  /** The text since the last empty line outside of code. */
  let block = '';
  let line = '';
  let isBlank = true;
  let code = noFence;

  const take = (text: string): string => {
    for (const part of text.split(/(?<=\n)/)) {
      // A line without end may come in a million pieces, and joining them all would keep each in memory.
      if (line.length < lineStart) line += part.slice(0, lineStart);
      isBlank &&= part.trim() === '';
      block += part;
      if (!part.endsWith('\n')) continue;
      code = readFence(code, line.trimEnd());
      if (code.line !== 'outside' || isBlank) block = '';
      line = '';
      isBlank = true;
    }
    if (block.length > 2 * longestBlock) block = block.slice(-longestBlock);
    return text;
  };
  const endsWithNumber = (): boolean => {
    const numbers = code.fence === null ? /[[【]([^\][】【\n]{1,60})[\]】]$/.exec(block.slice(-80))?.[1]?.match(/\d+/g) : null;
    return numbers?.some((number) => known().has(Number(number))) ?? false;
  };
  let judged = 0;
  const endsWithCitation = (): boolean => {
    judged += 1;
    return judged <= mostJudged && findCitationMarks(block, { known: known() }).at(-1)?.end === block.length;
  };

  /** True when the shown text ends with a known number in brackets. If that is a citation is judged only where it matters. */
  let follows = false;
  let cites = false;
  return {
    push: (piece) => {
      let rest = held + piece;
      // Joined at the end: a string extended bracket by bracket would keep a part for each.
      const shown: string[] = [];
      held = '';
      while (rest !== '') {
        if (follows) {
          const [whole = '', number] = invented.exec(rest) ?? [];
          if (number !== undefined && !known().has(Number(number))) {
            cites ||= endsWithCitation();
            if (cites) {
              rest = rest.slice(whole.length);
              continue;
            }
          } else if (maybeInvented.test(rest)) {
            held = rest;
            break;
          }
          follows = false;
        }
        const close = rest.search(/[\]】]/);
        shown.push(take(close < 0 ? rest : rest.slice(0, close + 1)));
        rest = close < 0 ? '' : rest.slice(close + 1);
        follows = close >= 0 && endsWithNumber();
        cites = false;
      }
      return shown.join('');
    },
    end: () => {
      const rest = held;
      held = '';
      return take(rest);
    },
    shown: (text) => {
      take(text);
      follows = /[\]】]$/.test(text) && endsWithNumber();
      cites = false;
    },
  };
};
