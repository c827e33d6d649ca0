import { findCitationMarks, quotedIn, readCitationMarks } from '@shared/markdown/citationMarks';
import { noFence, readFence } from '@shared/markdown/fences';
import type { Source } from '@shared/model';

/** A place of a text that cites a source. */
export interface CitedSource {
  source: Source;
  /** `[start, end)` of the brackets in the text. */
  at: { start: number; end: number };
}

/** Places that are followed one by one; a text with more of them is none that anybody checks. */
const mostPlaces = 1_000;

/**
 * As `citedPlaces`, step by step, and bounded: of a text with far too many places the first ones and one for each other source.
 * Yields what was found so far where there may be a pause.
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

/** Every place of a text that cites one of the sources, in order; a bracket with several numbers is a place for each. */
export const citedPlaces = (text: string, sources: readonly Source[]): CitedSource[] => {
  const given = new Map(sources.map((source) => [source.marker, source]));
  return marksOf(text, sources).flatMap(({ start, end, numbers }) =>
    numbers.map((number) => ({ source: given.get(number) as Source, at: { start, end } })),
  );
};

/** The sources that a text cites, by number: only used sources are listed, none is padded. */
export const extractCitations = (text: string, sources: readonly Source[]): Source[] =>
  [...new Set(citedPlaces(text, sources).map(({ source }) => source))].sort((a, b) => a.marker - b.marker);

const anyNumber = { has: () => true, size: 1 };

/** A text without the citations that name no known number. For text that the program asked for to work with, never for an answer. */
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
  // A text that was cut may end with half of one.
  return (kept + text.slice(at)).replace(/ ?\[[\d,; –-]*$/, '');
};

export interface InventionFilter {
  /** Takes a piece of text and returns what may be shown of all that came so far. */
  push(piece: string): string;
  /** What was held back, at the end of the text. */
  end(): string;
  /** Takes text that is shown already. */
  shown(text: string): void;
}

const invented = /^ ?\[(\d{1,3})\]/;
const maybeInvented = /^ ?(?:\[\d{0,3})?$/;
/** The end of the text in which a citation is looked for. */
const longestBlock = 1_000;
/** So often an answer is searched for a citation that an invented number follows; what comes after stays as it is. */
const mostJudged = 200;
/** Beginning of a line that shows whether it opens or closes code. */
const lineStart = 200;

/**
 * Lets text through as it is, but for one thing: in `[1][7]` a number that names no source, right behind a true citation, is
 * an invented source and is left out. Works on a stream: what may become one is held back until it is whole.
 */
export const createInventionFilter = ({ known }: { known: () => ReadonlySet<number> }): InventionFilter => {
  let held = '';
  /** Since the last empty line outside of code. */
  let block = '';
  let line = '';
  let isBlank = true;
  let code = noFence;

  const take = (text: string): string => {
    for (const part of text.split(/(?<=\n)/)) {
      // A line without end comes in a million pieces, and a text joined from them would keep every one.
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

  /** What was shown ends with a known number in brackets; whether that cites is judged only where it matters. */
  let follows = false;
  let cites = false;
  return {
    push: (piece) => {
      let rest = held + piece;
      // Joined at the end: a text joined bracket by bracket would keep a part for each.
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
