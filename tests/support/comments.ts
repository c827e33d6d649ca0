const lineComment = /^\s*\/\/\s?(.*)$/;
const commentBehindCode = /[^\s:'"`]\s+\/\/ (.*)$/;
const blockStart = /^\s*\{?\/\*+\s?(.*)$/;
const blockEnd = /\*\/.*$/;

/** The comments of a source file, each with its lines joined; neighbouring `//` lines are one comment. */
const commentsOf = (source: string): { line: number; words: string }[] => {
  const comments: { line: number; words: string }[] = [];
  let previous: 'code' | 'line' | 'block' = 'code';
  for (const [index, text] of source.split('\n').entries()) {
    const inBlock: boolean = previous === 'block';
    const found = inBlock
      ? /^\s*\*?\s?(.*)$/.exec(text)
      : (lineComment.exec(text) ?? blockStart.exec(text) ?? commentBehindCode.exec(text));
    if (!found) {
      previous = 'code';
      continue;
    }
    const words = (found[1] ?? '').replace(blockEnd, '').trim();
    const isLine: boolean = !inBlock && lineComment.test(text);
    const last = comments.at(-1);
    if (last && (inBlock || (isLine && previous === 'line'))) last.words = `${last.words} ${words}`.trim();
    else comments.push({ line: index + 1, words });
    previous = isLine ? 'line' : (inBlock || blockStart.test(text)) && !blockEnd.test(text) ? 'block' : 'code';
  }
  return comments;
};

/** The sentences of a file's comments that begin with a question word and are no question, as `line: sentence`. */
export const headlessSentences = (source: string): string[] =>
  commentsOf(source).flatMap(({ line, words }) =>
    words
      .split(/(?<=[.:!?])\s+/)
      .filter((sentence) => /^(?:What|Who|Which|Whether|Whose)\b.*[^?]$/.test(sentence))
      .map((sentence) => `${line}: ${sentence}`),
  );
