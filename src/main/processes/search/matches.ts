import { type Language, stem, wordRanges } from './analysis';

/** Ranges of the passage that hold a word of the question, exactly or by its stem; what overlaps, or is one space apart, is joined. */
export const matchRanges = (text: string, queryWords: readonly string[], language: Language): [number, number][] => {
  const words = new Set(queryWords);
  const stems = new Set(queryWords.map((word) => stem(word, language)));
  const ranges: [number, number][] = [];
  for (const { word, start, end } of wordRanges(text)) {
    if (!words.has(word) && !stems.has(stem(word, language))) continue;
    const last = ranges.at(-1);
    if (last && (start <= last[1] || text.slice(last[1], start) === ' ')) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
};
