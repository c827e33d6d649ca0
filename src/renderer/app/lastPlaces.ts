import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { href } from './paths';
import { type Section, sections } from './sections';

/** The last path in each section, without the message it led to; for as long as this window is open. */
const useLastPlaces = create<{ places: Partial<Record<Section['id'], string>> }>()(
  persist((): { places: Partial<Record<Section['id'], string>> } => ({ places: {} }), {
    name: 'emergence.places',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

export const sectionOf = (path: string): Section | null =>
  sections.find(({ id }) => path === `/${id}` || path.startsWith(`/${id}/`)) ?? null;

/**
 * The path of a conversation's message becomes that of the conversation: the person returns to where they were reading, not to an
 * old jump.
 */
export const placeOf = (path: string): string => path.replace(/^(\/(?:chat|debates)\/[^/]+)\/.*$/, '$1');

/** Stores the person's place. */
export const rememberPlace = (path: string): void => {
  const section = sectionOf(path);
  if (section) useLastPlaces.setState(({ places }) => ({ places: { ...places, [section.id]: placeOf(path) } }));
};

/** The path by which a section is entered: from outside the place where the person left it, from inside its beginning. */
export const useEntrances = (current: Section['id'] | null): ((section: Section) => string) => {
  const places = useLastPlaces((state) => state.places);
  return ({ id, href: beginning }) => (id !== current && places[id] ? href(places[id]) : beginning);
};
