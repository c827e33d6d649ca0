import type { Source } from '@shared/model';

/**
 * Source markers in the text of a model: `[3]`, `[1, 2]`, `[1-3]`, alone or in a row. Numbers have one to three digits and
 * start at 1, so `[0]` and `[2024]` are never markers. Nothing is touched inside code (fenced or between backticks).
 */

/** What may still become a marker, from an optional space on. Longer than this is no marker. */
const maxMarkerLength = 48;
const beginsMarker = /^ ?(\[[\d ,;–-]*)?$/;
const marker = /^( ?)\[( *\d{1,3}(?: *[,;–-] *\d{1,3})* *)\]$/;
const openBracket = /\[[\d ,;–-]*$/;
const widestRange = 20;

/** The numbers of a marker's inside, ranges spelt out; null when it is no marker. */
const readNumbers = (inside: string): number[] | null => {
  const numbers: number[] = [];
  for (const part of inside.split(/[,;]/)) {
    const [from, to, more] = part.split(/[–-]/).map((piece) => Number(piece.trim()));
    if (from === undefined || from < 1 || more !== undefined) return null;
    if (to === undefined) numbers.push(from);
    else if (to < from || to - from > widestRange) return null;
    else for (let number = from; number <= to; number += 1) numbers.push(number);
  }
  return numbers;
};

/** Follows Markdown's code, character by character, to know whether a bracket stands in it. Inline code ends with its line. */
const createCodeTracker = () => {
  let line = '';
  let fence: { character: string; length: number } | null = null;
  let onFenceLine = false;
  let backticks = 0;
  let inline = 0;
  return {
    get inCode(): boolean {
      return fence !== null || onFenceLine || (backticks > 0 ? inline === 0 || backticks !== inline : inline > 0);
    },
    take(character: string): void {
      if (character === '\n') {
        line = '';
        onFenceLine = false;
        backticks = 0;
        inline = 0;
        return;
      }
      if (line.length < 200) line += character;
      const opening = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (opening && !onFenceLine) {
        onFenceLine = true;
        if (fence === null) fence = { character, length: opening.length };
        else if (fence.character === character && opening.length >= fence.length) fence = null;
        return;
      }
      if (onFenceLine) {
        // A longer run opens a longer fence.
        if (fence && opening && opening.length > fence.length && line === opening) fence.length = opening.length;
        return;
      }
      if (fence) return;
      if (character === '`') {
        backticks += 1;
        return;
      }
      if (backticks > 0) {
        if (inline === 0) inline = backticks;
        else if (inline === backticks) inline = 0;
        backticks = 0;
      }
    },
  };
};

export interface MarkerFilter {
  /** Takes a piece of text and returns what may be shown of all that came so far. */
  push(piece: string): string;
  /** The rest, at the end of the text. `cut`: more is to follow some day, so half a marker is dropped instead of shown. */
  end(cut?: boolean): string;
  /** Numbers of the markers that were let through, in order of first appearance. */
  readonly cited: readonly number[];
}

/**
 * Lets a marker through only when it names sources that were given: numbers without a source are taken out, with the space
 * before them when nothing is left. Works on a stream: a marker cut by the border of two pieces is held back until it is whole.
 */
export const createMarkerFilter = ({ allows }: { allows: (marker: number) => boolean }): MarkerFilter => {
  const code = createCodeTracker();
  const cited: number[] = [];
  let held = '';
  /** The end of what was shown. */
  let recent = '';

  const show = (text: string): string => {
    for (const character of text) code.take(character);
    recent = (recent + text).slice(-maxMarkerLength);
    return text;
  };
  const release = (): string => {
    const text = held;
    held = '';
    return show(text);
  };

  /** `held` is a whole bracket: what of it may be shown. */
  const settle = (): string => {
    const [, space = '', inside] = marker.exec(held) ?? [];
    const numbers = inside === undefined ? null : readNumbers(inside);
    if (!numbers) return release();
    const allowed = numbers.filter(allows);
    for (const number of allowed) if (!cited.includes(number)) cited.push(number);
    // A range is written out, so that every reader of the text sees the same numbers.
    if (allowed.length < numbers.length || /[–-]/.test(held)) held = allowed.length > 0 ? `${space}[${allowed.join(', ')}]` : '';
    // `[[9]8]` without the inner marker would read `[8]`: something has to stay between the two.
    if (held === '' && openBracket.test(recent)) held = '?';
    return release();
  };

  const take = (character: string): string => {
    if (held === '') {
      if ((character === ' ' || character === '[') && !code.inCode) {
        held = character;
        return '';
      }
      return show(character);
    }
    if (character === ']' && held.includes('[')) {
      held += character;
      return settle();
    }
    if (held.length < maxMarkerLength && beginsMarker.test(held + character)) {
      held += character;
      return '';
    }
    return release() + take(character);
  };

  return {
    push: (piece) => {
      let shown = '';
      for (const character of piece) shown += take(character);
      return shown;
    },
    end: (cut = false) => {
      if (cut) held = held.startsWith(' ') ? ' ' : '';
      return release();
    },
    cited,
  };
};

/** The sources that a text cites, by number: only used sources are listed, none is padded. */
export const extractCitations = (text: string, sources: readonly Source[]): Source[] => {
  const given = new Map(sources.map((source) => [source.marker, source]));
  const filter = createMarkerFilter({ allows: (number) => given.has(number) });
  filter.push(text);
  return [...filter.cited].sort((a, b) => a - b).map((number) => given.get(number) as Source);
};
