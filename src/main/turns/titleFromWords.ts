const longestTitle = 60;
/** The first half of a surrogate pair, left by a cut. */
const halfCharacter = /[\uD800-\uDBFF]$/;

/** A title from the question's own words: its first line without Markdown, cut between words. Pure. */
export const titleFromWords = (question: string): string => {
  const line = (question.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? question)
    .replace(/[*_`]+/g, '')
    .replace(/^[\s#>\-+\d.]*(?=[\p{L}¿¡"«“])/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle).replace(halfCharacter, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > longestTitle / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.]+$/u, '')}…`;
};
