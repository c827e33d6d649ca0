import type { Span } from '@shared/model';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import { createTextBuilder } from '../textBuilder';
import type { ParserInput, ReadDocument } from './parser';
import { cellText } from './tableRows';

interface Cue {
  /** Milliseconds. */
  from: number;
  to: number;
  speaker: string;
  text: string;
}

/** A silence after which a new sentence begins, a longer one after which a new paragraph does, and none at all, in milliseconds. */
const silence = { sentence: 2_000, paragraph: 4_000, rolling: 500 };
/** A speech without the end of a sentence is cut at this length. */
const longestSentence = 400;

const times = /^\s*((?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3})/;
const milliseconds = (clock: string): number => {
  const [seconds = 0, minutes = 0, hours = 0] = clock.replace(',', '.').split(':').map(Number).reverse();
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' };
const withoutMarks = (text: string): string =>
  text
    .replace(/<[^<>]*>|\{\\[^{}]*\}/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .trim();

/** The cues of a file (SubRip or WebVTT) in their order; notes and styles are none. */
const cuesOf = (text: string): Cue[] => {
  const cues: Cue[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const time = times.exec(lines[at] ?? '');
    if (!time) continue;
    const said: string[] = [];
    let speaker = '';
    while (at + 1 < lines.length && (lines[at + 1] ?? '').trim() !== '' && !times.test(lines[at + 1] ?? '')) {
      at += 1;
      speaker = /<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(lines[at] ?? '')?.[1]?.trim() ?? speaker;
      const words = withoutMarks(lines[at] ?? '');
      if (words !== '') said.push(words);
    }
    // Where no blank line ends a cue, the number of the next one is its last line.
    if (times.test(lines[at + 1] ?? '') && /^\d+$/.test(said.at(-1) ?? '')) said.pop();
    if (said.length > 0) cues.push({ from: milliseconds(time[1] ?? ''), to: milliseconds(time[2] ?? ''), speaker, text: said.join('\n') });
  }
  return cues;
};

/** Captions that roll repeat the last line of the cue before them. */
const withoutRolling = (cues: readonly Cue[]): Cue[] => {
  let last = '';
  let end = 0;
  return cues.flatMap((cue) => {
    const lines = cue.text.split('\n');
    const fresh = lines[0] === last && cue.from - end < silence.rolling ? lines.slice(1) : lines;
    last = lines.at(-1) ?? '';
    end = cue.to;
    return fresh.length > 0 ? [{ ...cue, text: fresh.join('\n') }] : [];
  });
};

const isEnd = (text: string): boolean => /[.!?…。！？]["'’»”)\]]*$/.test(text);

/**
 * Reads subtitles: the cues joined to sentences, one a line, each with the time at which it begins; a new paragraph where another person
 * speaks or after a silence.
 */
export const readSubtitles = ({ bytes }: ParserInput): ReadDocument => {
  const cues = withoutRolling(cuesOf(cleanText(decodeText(bytes).text)));
  const builder = createTextBuilder();
  let open: (Cue & { separator: string }) | null = null;
  let speaker = '';
  const close = (): void => {
    if (!open) return;
    const name = open.speaker !== '' && (open.speaker !== speaker || open.separator !== '\n') ? `${open.speaker}: ` : '';
    speaker = open.speaker;
    const range = builder.block(`${name}${cellText(open.text)}`, open.separator);
    if (range) builder.span({ kind: 'time', ...range, label: '', level: open.from } satisfies Span);
    open = null;
  };
  for (const cue of cues) {
    const pause: number = open ? cue.from - open.to : Number.POSITIVE_INFINITY;
    // A dash at the beginning of a line marks another speaker.
    const turns = cue.text.split(/\n(?=[-–—]\s?\S)/);
    for (const [index, turn] of turns.entries()) {
      const isOther: boolean = index > 0 || /^[-–—]\s?\S/.test(turn) || (open !== null && cue.speaker !== open.speaker);
      if (open && !isOther && pause < silence.sentence && !isEnd(open.text) && open.text.length < longestSentence) {
        open.text += ` ${turn}`;
        open.to = cue.to;
        continue;
      }
      close();
      open = { ...cue, text: turn, separator: isOther || pause >= silence.paragraph ? '\n\n' : '\n' };
    }
    if (open) open.to = cue.to;
  }
  close();
  return { ...builder.build(), title: null, pages: null, parser: 'subtitles', parserVersion: '1' };
};
