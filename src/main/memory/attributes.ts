import { selfSubject } from '@shared/model';

/**
 * How many values an attribute has at one time. `single`: a later value takes the place of the earlier one. `fixed`: it never changes, so
 * that two values contradict each other. `several`: values stand beside each other, and one ends only where a statement speaks of a
 * change. `unknown`: nobody can tell without reading both statements.
 */
export type Cardinality = 'single' | 'fixed' | 'several' | 'unknown';

const words = (list: string): string[] => list.trim().split(/\s+/);

const table = new Map<string, Cardinality>([
  ...words('name home address employer role age diet phone email marital_status partner husband wife manager school mother_tongue').map(
    (name) => [name, 'single'] as const,
  ),
  ...words('birthday birth_date birthplace birth_year').map((name) => [name, 'fixed'] as const),
  ...words(
    `likes dislikes prefers avoids allergy answers rule task appointment unavailable whereabouts visited language hobby skill tool project pet dog cat
     child son daughter sister brother friend colleague owns goal`,
  ).map((name) => [name, 'several'] as const),
]);

/** Attributes that a thing has once, while a person can have many: a project has one deadline, and a person the deadlines of several. */
const ofOneThing = new Set(words('deadline budget price due_date start_date status owner version location'));

/** "preferred_editor", "favourite_dish": one at a time. */
const chosen = /^(?:preferred|favou?rite|current|main|default)_/;

export const cardinalityOf = (attribute: string, subject: string): Cardinality => {
  if (ofOneThing.has(attribute)) return subject === selfSubject || subject === '' ? 'unknown' : 'single';
  return table.get(attribute) ?? (chosen.test(attribute) ? 'single' : 'unknown');
};

const opposites: Readonly<Record<string, string>> = { likes: 'dislikes', dislikes: 'likes' };

/** The attribute that the same value cannot have at the same time; null for none. */
export const oppositeOf = (attribute: string): string | null => opposites[attribute] ?? null;
