import { plainText } from '@renderer/lib/plainText';
import type { Message } from '@shared/model';

export interface ChosenPart {
  /** As the person sees it. */
  text: string;
  /** The range in the text of the message, in UTF-16 units. */
  start: number;
  end: number;
  /** True when no part of the message is selected. */
  whole: boolean;
}

/**
 * The part of a message that is selected, else the whole message. Selected words that are written otherwise in the message, as in a
 * table or a formula, have the whole message as their range.
 */
export const chosenPart = ({ id, role, text }: Pick<Message, 'id' | 'role' | 'text'>, selection: Selection | null): ChosenPart => {
  const words = selection?.toString().trim() ?? '';
  const all = { start: 0, end: text.length };
  const owner = (node: Node | null | undefined): string | undefined =>
    (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-message]')?.dataset.message;
  const inside = owner(selection?.anchorNode) === id && owner(selection?.focusNode) === id;
  if (words === '' || !inside) return { ...all, text: (role === 'assistant' ? plainText(text) : text).trim(), whole: true };
  const start = text.indexOf(words);
  return { ...(start < 0 ? all : { start, end: start + words.length }), text: words, whole: false };
};
