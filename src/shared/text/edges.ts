/**
 * A message as it is sent: without blank lines before it and without blanks behind it. What stands before its first word stays,
 * since the first line of pasted code may be indented.
 */
export const withoutBlankEdges = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
