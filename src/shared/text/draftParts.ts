/** A draft: the text of the field, and a long text that was pasted into it and is kept beside it. */
export interface DraftParts {
  text: string;
  long: string;
}

/** The field contains at most this much: a browser lays out the whole text of a field again at every key. */
export const mostInField = 64_000;

/** Separates the two in a stored draft; no keyboard types it. */
const divider = '\u001e';

export const splitDraft = (draft: string): DraftParts => {
  const at = draft.indexOf(divider);
  if (at >= 0) return { text: draft.slice(0, at), long: draft.slice(at + 1) };
  return draft.length > mostInField ? { text: '', long: draft } : { text: draft, long: '' };
};

export const joinDraft = ({ text, long }: DraftParts): string => text.replaceAll(divider, ' ') + (long === '' ? '' : divider + long);

/** The stored draft with what was typed before it was read below it. */
export const withEarly = (stored: DraftParts, typed: DraftParts): DraftParts => {
  const both = stored.text.trim() !== '' && typed.text.trim() !== '';
  const text = both ? `${stored.text.trimEnd()}\n\n${typed.text}` : stored.text.trim() === '' ? typed.text : stored.text;
  return typed.long === '' ? { text, long: stored.long } : withLong({ text, long: stored.long }, typed.long);
};

/** The draft with one more long text, appended to an earlier one. */
export const withLong = ({ text, long }: DraftParts, added: string): DraftParts => ({
  text,
  long: long === '' ? added : `${long}\n\n${added}`,
});
