import { create } from 'zustand';
import { useDropTarget } from './dropTarget';

/** The address about which the person is asked; empty for one that is still to be typed. */
interface Question {
  address: string;
  collectionId: string | null;
}

/** The question that is open; null for none. */
export const useWebPageQuestion = create<{ question: Question | null }>(() => ({ question: null }));

/** Asks if a page shall be fetched into the library. Nothing is fetched before the person says so. */
export const askForWebPage = (address = ''): void =>
  useWebPageQuestion.setState({ question: { address, collectionId: useDropTarget.getState().collection?.id ?? null } });

export const closeWebPageQuestion = (): void => useWebPageQuestion.setState({ question: null });
