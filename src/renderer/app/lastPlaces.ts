import { type SectionId, sectionAt, withoutMessage } from '@renderer/base/routes';
import { create } from 'zustand';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { type Section, sections } from './sections';

/** The browser may wait for its disk at a write: it comes in a task of its own, after the page that is being drawn. */
const writtenLater: StateStorage = {
  getItem: (name) => sessionStorage.getItem(name),
  setItem: (name, value) => void setTimeout(() => sessionStorage.setItem(name, value)),
  removeItem: (name) => void setTimeout(() => sessionStorage.removeItem(name)),
};

/** The last path in each section, without the message it led to; for as long as this window is open. */
const useLastPlaces = create<{ places: Partial<Record<SectionId, string>> }>()(
  persist((): { places: Partial<Record<SectionId, string>> } => ({ places: {} }), {
    name: 'emergence.places',
    storage: createJSONStorage(() => writtenLater),
  }),
);

export const sectionOf = (path: string): Section | null => {
  const section = sectionAt(path);
  return sections.find(({ id }) => id === section) ?? null;
};

/** Stores the person's place. */
export const rememberPlace = (path: string): void => {
  const section = sectionOf(path);
  if (section) useLastPlaces.setState(({ places }) => ({ places: { ...places, [section.id]: withoutMessage(path) } }));
};

/** The path by which a section is entered: from outside the place where the person left it, from inside its beginning. */
export const useEntrances = (current: SectionId | null): ((section: Section) => string) => {
  const places = useLastPlaces((state) => state.places);
  return ({ id, path }) => (id !== current ? places[id] : null) ?? path;
};
