import { messageText, type PromptMessage } from '@main/providers/promptMessage';

/** The text of one message of a prompt; an index below zero counts from the end. Empty where there is none. */
export const textAt = (prompt: { messages: readonly PromptMessage[] } | undefined, index: number): string => {
  const message = prompt?.messages.at(index);
  return message ? messageText(message) : '';
};
