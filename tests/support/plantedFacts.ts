/** A sentence whose first name stands nowhere else, so that the place of a quote is known by the names in it. */
export interface Fact {
  marker: string;
  text: string;
}

const consonants = 'bdfgklmnprtvz';
const vowels = 'aeiou';
const things = ['anchor', 'barrel', 'bell', 'bridge', 'candle', 'chest', 'clock', 'gate', 'hammer', 'ladder', 'mirror', 'saddle', 'wheel'];
const keepers = ['the baker', 'the ferryman', 'the gardener', 'the miller', 'the notary', 'the shepherd', 'the smith'];
const rooms = ['in the attic', 'behind the chapel', 'below the stairs', 'by the harbour', 'in the orchard', 'near the well'];

const pick = <Item>(items: readonly Item[] | string, index: number): Item | string => items[index % items.length] as Item | string;

/** The name number `index`: seven letters, each time others. */
const markerOf = (index: number): string => {
  let left = index * 7919 + 4242;
  let name = '';
  for (let syllable = 0; syllable < 3; syllable += 1) {
    const step = left % (consonants.length * vowels.length);
    left = Math.floor(left / (consonants.length * vowels.length));
    name += `${consonants[step % consonants.length]}${vowels[Math.floor(step / consonants.length)]}`;
  }
  return `${name}k`;
};

/** Returns a function that makes facts, each with a name that none of the others has. */
export const createFacts = (): { next: () => Fact; many: (count: number) => Fact[] } => {
  let made = 0;
  const next = (): Fact => {
    made += 1;
    const marker = markerOf(made);
    const text = `The ${pick(things, made)} of ${marker} weighs ${100 + made} pounds and is kept ${pick(rooms, made * 5)} by ${pick(keepers, made * 3)}.`;
    return { marker, text };
  };
  return { next, many: (count) => Array.from({ length: count }, next) };
};

/** The names in a text, in their order. */
export const markersIn = (text: string, known: { has(name: string): boolean }): string[] =>
  (text.match(/[a-z]+/g) ?? []).filter((word) => known.has(word));
