/** The beginning of a text in at most `length` characters, with an ellipsis where it goes on. */
export const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
