import type { CitedSource } from './citations';
import { type EvidenceItems, evidenceOf } from './evidenceItems';
import type { TextUnit } from './textUnits';

/**
 * The words that a citation supports, in parts with their weights: the words right before it, the rest of its sentence, the text
 * around.
 */
export interface Claim {
  parts: readonly { items: EvidenceItems; weight: number }[];
}

const claimWeights = { clause: 1, sentence: 0.35, around: 0.08, question: 0.12 };
/** A clause with fewer words and numbers than this means too little alone: the text after the citation is read with it. */
const shortClause = 2;
/** "According to [2], …": the citation supports the text after it, not the text before. */
const leadsIn =
  /(?:^|[\s,;:(])(?:according to|as per|selon|suivant|d['’]après)\s+(?:(?:the|la|le|les|l['’])\s*)?(?:sources?|documents?|docs?|passages?|extraits?)?\s*$/iu;
const marker = /\[[^\][\n]{0,60}\d[^\][\n]{0,60}\]|【[^】\n]{1,60}】/g;
const withoutMarkers = (text: string): string => text.replace(marker, ' ');

/** How many units of a long list or table are read on either side of one of them. */
const nearby = 12;

/**
 * An answer and its citing places, prepared so that finding the text around one takes no longer in a long answer than in a short
 * one.
 */
export interface Read {
  text: string;
  units: readonly TextUnit[];
  /** In the order of the text. */
  places: readonly CitedSource[];
  groups: ReadonlyMap<number, readonly TextUnit[]>;
  question: EvidenceItems;
  around: Map<string, EvidenceItems>;
}

/** The last unit that begins at or before `place`; else the first one. */
const unitAt = (units: readonly TextUnit[], place: number): TextUnit | undefined => {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle] as TextUnit).start <= place) low = middle + 1;
    else high = middle;
  }
  return units[Math.max(0, low - 1)];
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(withoutMarkers(text));

/** Where, within the unit, the words of the previous citation end and those of the next one begin; null where there is none. */
const neighbours = ({ text, places }: Read, index: number, own: TextUnit): { earlier: number | null; later: number | null } => {
  const { start, end } = (places[index] as CitedSource).at;
  let earlier: number | null = null;
  for (let at = index - 1; at >= 0 && earlier === null; at -= 1) {
    const before = (places[at] as CitedSource).at;
    if (before.start < own.start) break;
    if (before.end <= start && hasWords(text.slice(before.end, start))) earlier = before.end;
  }
  let later: number | null = null;
  for (let at = index + 1; at < places.length && later === null; at += 1) {
    const after = (places[at] as CitedSource).at;
    if (after.start >= Math.max(own.end, end)) break;
    if (after.start >= end && hasWords(text.slice(end, after.start))) later = after.start;
  }
  return { earlier, later };
};

/** The text around a unit: its headings and its group; of a long group only the nearby units. */
const aroundOf = ({ text, groups, around }: Read, own: TextUnit): EvidenceItems => {
  const group = groups.get(own.group) ?? [];
  const isLong = group.length > 2 * nearby;
  const at = isLong ? group.indexOf(own) : 0;
  const near = isLong ? group.slice(Math.max(0, at - nearby), at + nearby + 1) : group;
  const key = `${own.group} ${isLong ? at : ''} ${own.headings.join('\n')} ${own.columns}`;
  const known = around.get(key);
  if (known) return known;
  const words = [...own.headings, own.columns, ...near.map((unit) => text.slice(unit.start, unit.end))].join(' ');
  const items = evidenceOf(withoutMarkers(words));
  if (!isLong) around.set(key, items);
  return items;
};

/** The claim that a citation supports. */
export const claimOf = (read: Read, index: number): Claim => {
  const { text, units } = read;
  const { start, end } = (read.places[index] as CitedSource).at;
  const own = unitAt(units, start);
  if (!own) return { parts: [] };
  const { earlier, later } = neighbours(read, index, own);
  let clause = evidenceOf(withoutMarkers(text.slice(earlier ?? own.start, start)));
  const isLeading = leadsIn.test(text.slice(earlier ?? own.start, start)) && hasWords(text.slice(end, own.end));
  if (isLeading || own.kind === 'row' || clause.words.length + clause.numbers.length < shortClause) {
    const to = own.kind === 'row' ? own.end : Math.min(later ?? own.end, Math.max(own.end, end));
    clause = evidenceOf(withoutMarkers(text.slice(own.kind === 'row' ? own.start : isLeading ? end : (earlier ?? own.start), to)));
  }
  return {
    parts: [
      { items: clause, weight: claimWeights.clause },
      { items: evidenceOf(withoutMarkers(text.slice(own.start, Math.max(own.end, start)))), weight: claimWeights.sentence },
      { items: aroundOf(read, own), weight: claimWeights.around },
      { items: read.question, weight: claimWeights.question },
    ],
  };
};
