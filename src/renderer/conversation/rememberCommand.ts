/** The command in both languages: the words of a question do not begin with it. */
const command = /^\/(?:remember|retenir)(?:\s+|$)/i;

/** The text after the command that remembers it, empty where it is missing; null for any other text. */
export const textToRemember = (draft: string): string | null => (command.test(draft) ? draft.replace(command, '').trim() : null);
