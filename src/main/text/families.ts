import { fold } from '@shared/text/fold';

/** Reads families of words, one a line, its head first: each other form by its head, all folded. */
export const families = (list: string): ReadonlyMap<string, string> => {
  const forms = new Map<string, string>();
  for (const line of list.trim().split('\n')) {
    const [head, ...others] = fold(line).trim().split(/\s+/);
    for (const form of others) forms.set(form, head as string);
  }
  return forms;
};
