import { foldedWords } from '@main/text/words';
import { selfSubject } from '@shared/model';
import { type AttributeWords, wordsOfAttribute } from './attributeWords';
import { plainText } from './plain';
import { clauseCuts, languagesOf, type Stretch, wordsOfLanguage } from './statements';
import { relationsIn, spokenOfAt } from './subjectOf';

/** An item that a model found, with the sentence of the message in which its quote stands. */
export interface Claim {
  subject: string;
  attribute: string;
  value: string;
  /** True where the model wrote that it is no longer so. */
  isOver: boolean;
}

export type CheckedClaim = Pick<AttributeWords, 'kind'> & { attribute: string; isOver: boolean };

/** A negation before a value, and words by which something that was so has ended. */
const negation = /(?<!\p{L})(?:not|never|no|without|neither|nor|cannot|\p{L}+n't|pas|jamais|aucune?|sans|ni|ne|n'\p{L}+)(?!\p{L})/u;
const ending =
  /(?<!\p{L})(?:no longer|not \p{L}+ any ?more|any ?more|used to|quit|left|stopped|gave up|former(?:ly)?|ex|was|were|had|until|moved from|n'\p{L}+ plus|ne \p{L}+ plus|plus (?:du tout|chez|a|en|de)|anciennement|ancien(?:ne)?|quitte\p{L}*|arrete\p{L}*|avant|jusqu'\p{L}*|etais|etait|avais|avait|habitais|habitait|travaillais|travaillait|vivais|vivait)(?!\p{L})/u;
/** Words to the assistant: what they ask for is a matter of this conversation. */
const address =
  /(?<!\p{L})(?:you|your|tu|te|toi|ton|tes|vous|votre|vos|(?<!rappel(?:le|ez))-(?:moi|le|la|les|nous))(?!\p{L})|(?<!\p{L})t'/u;

const mostNameWords = 5;
const mostValueWords = 14;
const longestAttribute = 40;
const longestSubject = 100;

const hasShape = (value: string, sentence: string, { shape }: AttributeWords): boolean => {
  const count = foldedWords(value).length;
  if (count === 0 || count > mostValueWords) return false;
  if (shape === 'number') return /\d/.test(value) || /\d/.test(sentence);
  // A person who writes no capitals writes names without them.
  return shape === 'thing' || (count <= mostNameWords && (/\p{Lu}/u.test(value) || !/\p{Lu}/u.test(sentence.slice(1))));
};

/** True where the words of an attribute stand in a sentence: "car", or "favourite_car". */
const isNamedIn = (attribute: string, plain: string): boolean => {
  const words = new Set(foldedWords(plain));
  const parts = attribute.replace(/^(?:preferred|favou?rite|current|main|default)_/, '').split('_');
  return attribute.length <= longestAttribute && parts.every((part) => words.has(part) || words.has(`${part}s`));
};

/** The place of a value in a plain text; its letter case, accents and blanks may differ. */
const placeOf = (plain: string, value: string): Stretch | null => {
  const wanted = plainText(value)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!,;:]+$/, '');
  const start = wanted === '' ? -1 : plain.replace(/\s/g, ' ').indexOf(wanted);
  return start < 0 ? null : { start, end: start + wanted.length };
};

const clauseAround = (plain: string, { start }: Stretch, clauseEnd: RegExp): Stretch => {
  const cuts = clauseCuts(plain, clauseEnd);
  const before = cuts.filter(([, next]) => next <= start).at(-1);
  const after = cuts.find(([end]) => end > start);
  return { start: before?.[1] ?? 0, end: after?.[0] ?? plain.length };
};

/**
 * Checks what a model says of a sentence by the words of the sentence itself: the value stands there, in a clause that neither asks nor
 * supposes; the sentence speaks of the subject; it has a word that belongs to the attribute, and no negation that turns it round.
 * Returns null where one of these fails: an item that is missed costs less than one that is false.
 */
export const checkStatement = (sentence: string, message: string, claim: Claim): CheckedClaim | null => {
  const plain = plainText(sentence);
  const value = placeOf(plain, claim.value);
  const about = wordsOfAttribute(claim.attribute);
  if (!value || claim.subject.length > longestSubject || (about && !hasShape(claim.value, sentence, about))) return null;
  // A small model marks as over what nothing in the sentence ends.
  const isOver = claim.isOver && ending.test(plain);
  const isForSelf = claim.subject === selfSubject;
  for (const language of languagesOf(sentence, message)) {
    const words = wordsOfLanguage(language);
    const clause = clauseAround(plain, value, words.clauseEnd);
    const said = plain.slice(clause.start, clause.end);
    if (words.question.test(said) || words.supposing.test(said) || words.emptyValue.test(plainText(claim.value))) return null;
    const upToValue = plain.slice(clause.start, value.end);
    const isInstruction = claim.attribute === 'answers' || claim.attribute === 'rule';
    if (!isInstruction && address.test(said)) return null;
    const relations = relationsIn(plain, words);
    const isRelation = relations.has(claim.attribute) || new Set(Object.values(words.relations)).has(claim.attribute);
    if (isRelation && !relations.has(claim.attribute)) return null;

    const spokenOf = spokenOfAt(plain, isRelation ? plain.length : value.start, language, words);
    if (isForSelf && !isRelation && !isInstruction && spokenOf !== 'self') return null;
    if (!isForSelf && (spokenOf === 'self' || !placeOf(plain, claim.subject))) return null;

    if (isOver ? !ending.test(said) : ending.test(upToValue)) return null;
    if (about?.affirms && !isOver && negation.test(upToValue)) return null;
    if (about && !about.cue.test(plain)) return null;
    if (about?.lead && !about.lead.test(plain.slice(clause.start, value.start).trimStart())) return null;
    if (about) return { kind: about.kind, attribute: claim.attribute, isOver };
    if (isRelation) return { kind: 'fact', attribute: claim.attribute, isOver };
    // Nobody can check an attribute that neither the table nor the sentence names: the sentence is kept, and closes nothing.
    return { kind: 'fact', attribute: isNamedIn(claim.attribute, plain) ? claim.attribute : '', isOver };
  }
  return null;
};
