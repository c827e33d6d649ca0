import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { monthOf } from '@main/text/calendar';
import { fold } from '@shared/text/fold';

/** A message of a talk, as the corpus of a set has it: `text` without its speaker. */
export interface TalkMessage {
  id: string;
  speaker: string | null;
  text: string;
  /** Epoch milliseconds, from the clock of the talk read as UTC. */
  at: number;
  /** Messages of one session follow each other in one conversation. */
  session: string;
}

export interface TalkQuestion {
  id: string;
  text: string;
  type: string;
  evidence: ReadonlyMap<string, number>;
  /** The time at which it is asked; null where the set names none. */
  at: number | null;
}

/** The memory of one person: everything that was said in one group of the set. */
export interface Talk {
  group: string;
  messages: TalkMessage[];
  questions: TalkQuestion[];
}

interface Line {
  _id: string;
  text: string;
  group?: string;
  date?: string;
  /** Where the text does not begin with it. */
  speaker?: string;
  session?: string | number;
  category?: string;
  type?: string;
}

const readLines = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as Line);

const speakerPattern = /^\s*(\p{L}[\p{L}\p{M} .'’-]{0,39}?)\s?:\s+/u;

/**
 * The instant of a written date: ISO, "1:56 pm on 8 May, 2023", "8 mai 2023 à 14 h 30", "29.12.2023, 15:43", "12/29/2023". Null where it
 * names no day.
 */
export const instantOfDate = (written: string): number | null => {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/.exec(written);
  if (iso) {
    const [year, month, day, hour, minute, second] = iso.slice(1).map((part) => Number(part ?? 0)) as [number, ...number[]];
    return Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second);
  }
  const folded = fold(written);
  const day = dayOf(folded);
  if (!day) return null;
  const clock = /(\d{1,2})(?::| ?h ?)(\d\d)?(?::\d\d)?\s*([ap])?\.?m?/.exec(folded);
  const hour = clock ? (Number(clock[1]) % (clock[3] ? 12 : 24)) + (clock[3] === 'p' ? 12 : 0) : 12;
  return Date.UTC(day.year, day.month - 1, day.day, hour, clock?.[2] ? Number(clock[2]) : 0);
};

const dayOf = (folded: string): { year: number; month: number; day: number } | null => {
  const year = /\b((?:19|20)\d\d)\b/.exec(folded);
  const numbers = /\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)\b/.exec(folded);
  if (numbers) {
    const [one, two, last] = numbers.slice(1).map(Number) as [number, number, number];
    const monthFirst = two > 12 || (numbers[0].includes('/') && one <= 12 && /[ap]m/.test(folded));
    const [day, month] = monthFirst ? [two, one] : [one, two];
    return { year: last < 100 ? 2000 + last : last, month, day };
  }
  const month = folded
    .match(/\p{L}+/gu)
    ?.map(monthOf)
    .find((one) => one !== undefined);
  const day = folded.match(/(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er)?(?![\d:]| ?[ap]m| ?h\b)/g)?.map((one) => Number.parseInt(one, 10))[0];
  return year && month !== undefined && day ? { year: Number(year[1]), month, day } : null;
};

/** The names that begin the messages of a group: twice at least, so that "Note: ..." is no speaker. */
const speakersOf = (texts: readonly string[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const name = speakerPattern.exec(text)?.[1];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([name, count]) => (count >= Math.max(2, texts.length / 50) ? [name] : [])));
};

const groupOf = ({ _id, group }: Line): string => group ?? (_id.includes('/') ? _id.slice(0, _id.indexOf('/')) : '');
const dayMs = 86_400_000;
const firstWithoutDate = Date.UTC(2024, 0, 1);

/** The messages of one group in their order, each a minute at least after the one before it. */
const readMessages = (lines: readonly Line[]): TalkMessage[] => {
  const speakers = speakersOf(lines.map(({ text }) => text));
  let last: number | null = null;
  return lines.map(({ _id, text, date, session, speaker: given }) => {
    const found = speakerPattern.exec(text);
    const written = found?.[1] && speakers.has(found[1]) ? found[1] : null;
    const named = date ? instantOfDate(date) : null;
    const at: number = last === null ? (named ?? firstWithoutDate) : Math.max(named ?? 0, last + 60_000);
    last = at;
    return {
      id: _id,
      speaker: given ?? written,
      text: written && found ? text.slice(found[0].length) : text,
      at,
      session: session === undefined ? String(Math.floor(at / dayMs)) : String(session),
    };
  });
};

/**
 * Reads a folder with `corpus.jsonl` ({_id, text: "Name: …", group, date, session}), `queries.jsonl` ({_id, text, group, category}) and
 * `qrels.tsv`. Questions without evidence are kept where their type is adversarial or absent.
 */
export const readMemorySet = (folder: string): { name: string; talks: Talk[] } => {
  const evidence = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(folder, 'qrels.tsv'), 'utf8').split('\n')) {
    const [query, document, score] = line.split('\t');
    if (!query || !document || !(Number(score) > 0)) continue;
    evidence.set(query, (evidence.get(query) ?? new Map<string, number>()).set(document, Number(score)));
  }
  const corpus = Map.groupBy(readLines(join(folder, 'corpus.jsonl')), groupOf);
  const queries = Map.groupBy(readLines(join(folder, 'queries.jsonl')), groupOf);
  const talks = [...corpus].map(([group, lines]) => ({
    group,
    messages: readMessages(lines),
    questions: (queries.get(group) ?? []).flatMap((line) => {
      const type = (line.category ?? line.type ?? 'question').split(' (')[0] as string;
      const judged = evidence.get(line._id) ?? new Map<string, number>();
      if (judged.size === 0 && !isUnanswerable(type)) return [];
      return [{ id: line._id, text: line.text, type, evidence: judged, at: line.date ? instantOfDate(line.date) : null }];
    }),
  }));
  return { name: basename(folder), talks };
};

/** True for types of questions that the talk does not answer. */
export const isUnanswerable = (type: string): boolean => /^(?:adversarial|absent)/.test(type);
