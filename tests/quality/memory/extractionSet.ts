import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Readable, readableOf } from '@main/memory/learning/readable';
import type { Learnt } from '@main/memory/learnt';
import { localTimeOf } from '@main/memory/time/zone';
import { type Message, newId } from '@shared/model';
import { fold } from '@shared/text/fold';

/** One thing that a sentence says. Times are local ones of the message's zone. */
export interface Expected {
  kind: Learnt['kind'];
  attribute: string;
  value: string;
  subject?: string;
  due?: string;
  from?: string;
  to?: string;
}
export interface Line {
  text: string;
  items: Expected[];
}

/** Wednesday, 11 March 2026, ten o'clock in Paris. */
export const written = Date.UTC(2026, 2, 11, 9, 0);
const parisInWinter = 60;

/** `extraction`: plain sentences; `free`: as people type; `third`: both, of which half state nothing. Each was written before the rules were run on it. */
export const extractionSet = (name: 'extraction' | 'free' | 'third', language: 'en' | 'fr'): Line[] =>
  readFileSync(join(import.meta.dirname, `${name}.${language}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** A stored message of the person. */
export const saidMessage = (text: string, fields: Partial<Message> = {}): Message => ({
  id: newId(),
  conversationId: newId(),
  parentId: null,
  turnId: null,
  role: 'user',
  speaker: null,
  part: null,
  round: null,
  state: 'complete',
  text,
  at: written,
  tzOffset: parisInWinter,
  error: null,
  info: null,
  thinking: null,
  citations: [],
  siblings: [],
  ...fields,
});

const nearby = 25;
/** True when the value that was found is the expected one, with few words more. */
const isValue = (found: string, expected: string): boolean =>
  fold(found).includes(fold(expected)) && found.length <= expected.length + nearby;

const local = (at: number | null, zone: string): string | undefined => (at === null ? undefined : localTimeOf(at, zone));

export const isExpected = (found: Learnt, expected: Expected, zone: string): boolean =>
  found.kind === expected.kind &&
  found.attribute === expected.attribute &&
  isValue(found.value, expected.value) &&
  (expected.subject === undefined ? true : fold(found.subject).includes(fold(expected.subject))) &&
  local(found.dueAt, zone) === expected.due &&
  local(found.validFrom, zone) === expected.from &&
  local(found.validTo, zone) === expected.to;

export interface Score {
  sentences: number;
  expected: number;
  found: number;
  right: number;
  precision: number;
  recall: number;
  /** The sentences that were read wrongly, for whoever mends the rules. */
  wrong: string[];
}

/** Reads all sentences of a set and counts the right items. */
export const scoreOf = (lines: readonly Line[], read: (readable: Readable) => Learnt[]): Score => {
  const score = { sentences: lines.length, expected: 0, found: 0, right: 0 };
  const wrong: string[] = [];
  for (const { text, items } of lines) {
    const readable = readableOf(saidMessage(text), null, null);
    const found = readable ? read(readable) : [];
    const left = [...items];
    let right = 0;
    for (const one of found) {
      const at = left.findIndex((expected) => readable && isExpected(one, expected, readable.zone));
      if (at < 0) continue;
      right += 1;
      left.splice(at, 1);
    }
    score.expected += items.length;
    score.found += found.length;
    score.right += right;
    if (right < found.length || left.length > 0) {
      const shown = found.map((one) =>
        [
          one.kind,
          one.subject,
          one.attribute,
          one.value,
          ...[one.validFrom, one.validTo, one.dueAt].map((at) => local(at, readable?.zone ?? 'UTC') ?? '-'),
        ].join(' | '),
      );
      wrong.push([text, ...shown.map((line) => `  found ${line}`), ...left.map((one) => `  missed ${JSON.stringify(one)}`)].join('\n'));
    }
  }
  return { ...score, precision: score.found === 0 ? 1 : score.right / score.found, recall: score.right / score.expected, wrong };
};
