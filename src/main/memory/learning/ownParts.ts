import { selfSubject } from '@shared/model';
import { cardinalityOf } from '../attributes';
import type { Learnt } from '../learnt';
import { clausesOf } from './clauses';
import { plainText } from './plain';
import type { Readable } from './readable';
import { languagesOf, wordsOfLanguage } from './statements';
import { speaksOfOwn } from './subjectOf';
import { timesIn } from './times';

type Stated = NonNullable<Learnt['stated']>;

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The clauses of a sentence, as the rules cut it: a time before a clause belongs to it. */
const clausesIn = (text: string, readable: Readable) => {
  const [language = 'en'] = languagesOf(text, readable.said);
  const { coming, named } = timesIn(text, language, readable);
  return clausesOf(plainText(text), wordsOfLanguage(language), [...coming, ...named]);
};

/**
 * The parts of a sentence that belong to the places at which something was found: each begins with the clause of its place, and goes on
 * to the next clause in which something was found, so that no word between them is lost.
 */
const partsOf = ({ text }: Stated, places: readonly number[], readable: Readable): ((at: number) => string) => {
  const clauses = clausesIn(text, readable);
  const indexAt = (at: number): number =>
    Math.max(
      0,
      clauses.findLastIndex(({ lead }) => lead <= at),
    );
  const starts = [...new Set(places.map(indexAt))].sort((a, b) => a - b);
  return (at) => {
    const index = indexAt(at);
    const next = starts.find((start) => start > index);
    const from = index === starts[0] ? 0 : (clauses[index]?.lead ?? 0);
    const to = next === undefined ? text.length : (clauses[next - 1]?.cut ?? text.length);
    return capitalised(text.slice(from, to).trim());
  };
};

/** True for words that say of whom they speak: "she works at Bosch" and "and coffee" do not. A rule reads no clause that lacks it. */
const namesItsSubject = ({ origin, subject }: Learnt, text: string, { said }: Readable): boolean => {
  if (origin === 'rule') return true;
  const plain = plainText(text);
  if (subject !== selfSubject) return plain.includes(plainText(subject));
  return languagesOf(text, said).some((language) => speaksOfOwn(plain, language, wordsOfLanguage(language)));
};

/** Where a sentence says several things, the text of each is its own part of the sentence. Pure. */
const withOwnParts = (found: readonly Learnt[], readable: Readable): Learnt[] => {
  const bySentence = Map.groupBy(found, ({ stated }) => stated?.start);
  return found.map((one): Learnt => {
    const { stated } = one;
    const places = (stated && bySentence.get(stated.start))?.flatMap((other) => other.stated?.at ?? []) ?? [];
    if (!stated || new Set(places).size < 2) return one;
    const text = partsOf(stated, places, readable)(stated.at);
    return text.length < one.text.length && namesItsSubject(one, text, readable) ? { ...one, text, whole: one.text } : one;
  });
};

/**
 * The end of something past that names no time of its own, where the same message says since when something else is so: "I lived in
 * Paris, but since May I live in Lyon". Pure.
 */
const withEnd = (one: Learnt, found: readonly Learnt[]): Learnt => {
  if (one.validTo !== one.source.at || cardinalityOf(one.attribute, one.subject) !== 'single') return one;
  const next = found.find(
    ({ subject, attribute, validFrom, validTo }) =>
      subject === one.subject && attribute === one.attribute && validTo === null && validFrom !== null && validFrom > (one.validFrom ?? 0),
  );
  return next?.validFrom != null && next.validFrom < one.validTo ? { ...one, validTo: next.validFrom } : one;
};

/** Gives each of the finds of some messages its own words and its own end. Pure. */
export const ownParts = (found: readonly Learnt[], readables: readonly Readable[]): Learnt[] =>
  readables.flatMap((readable) => {
    const inMessage = found.filter(({ source }) => source.messageId === readable.messageId);
    return withOwnParts(inMessage, readable).map((one) => withEnd(one, inMessage));
  });
