import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { href } from './paths';
import { type Section, sections } from './sections';

/** The path last shown in each section, without a message it led to; for as long as this window is open. */
const useLastPlaces = create<{ places: Partial<Record<Section['id'], string>> }>()(
  persist((): { places: Partial<Record<Section['id'], string>> } => ({ places: {} }), {
    name: 'emergence.places',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

export const sectionOf = (path: string): Section | null =>
  sections.find(({ id }) => path === `/${id}` || path.startsWith(`/${id}/`)) ?? null;

/** The path of a conversation's message is the conversation: one returns to where one was reading, not to what was once jumped to. */
export const placeOf = (path: string): string => path.replace(/^(\/(?:chat|debates)\/[^/]+)\/.*$/, '$1');

/** Remembers where the person is. */
export const rememberPlace = (path: string): void => {
  const section = sectionOf(path);
  if (section) useLastPlaces.setState(({ places }) => ({ places: { ...places, [section.id]: placeOf(path) } }));
};

/** Where a section is entered: at the place one left it; from inside, at its beginning. */
export const useEntrances = (current: Section['id'] | null): ((section: Section) => string) => {
  const places = useLastPlaces((state) => state.places);
  return ({ id, href: beginning }) => (id !== current && places[id] ? href(places[id]) : beginning);
};
