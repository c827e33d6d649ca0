/**
 * A message as it is sent: without blank lines before it and blanks after it. Blanks before its first word stay, since the first
 * line of pasted code may be indented.
 */
export const withoutBlankEdges = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
