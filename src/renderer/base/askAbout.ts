import type { About } from '@shared/model';
import { create } from 'zustand';
import { goTo } from './routes';

/** A question about one document, asked in a new chat from another page. */
interface Asked {
  text: string;
  about: About;
}

const useAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));

/** Leads to a new chat, which asks the question as its first. */
export const askInNewChat = (asked: Asked): void => {
  useAsked.setState({ asked });
  goTo('chat');
};

/** The question that waits for a new chat, if any; it is taken once. */
export const takeAsked = (): Asked | null => {
  const { asked } = useAsked.getState();
  if (asked) useAsked.setState({ asked: null });
  return asked;
};

/** True while a question waits for a new chat. */
export const useIsAsked = (): boolean => useAsked(({ asked }) => asked !== null);
