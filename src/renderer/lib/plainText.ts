/** Markdown as plain words, for a card or a line where its signs would only disturb. Not for rendering. */
export const plainText = (text: string): string =>
  text
    .replace(/^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$/gm, '')
    .replace(/^[ \t]*(#{1,6}|>+|[-*+])[ \t]+/gm, '')
    .replace(/^[ \t]*\|(.*)\|[ \t]*$/gm, (_, row: string) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .join(', '),
    )
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/(\*\*|__|`)(?=\S)([^\n]*?\S)\1/g, '$2')
    // Removes half an emphasis that a cut left, and single stars.
    .replace(/(^|[\s("'«“])\*{1,3}(?=\S)/g, '$1')
    .replace(/(?<=\S)\*{1,3}(?=[\s.,;:!?)"'»”]|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{2,}/g, '\n')
    .trim();
