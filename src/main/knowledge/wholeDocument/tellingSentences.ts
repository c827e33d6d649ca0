import { createPace } from '@main/providers/pace';
import { languageOfText } from '@main/text/detectLanguage';
import { stem } from '@main/text/stems';
import type { Source } from '@shared/model';
import { contentWords } from '../excerpt';
import { narrowTo } from '../sourceExcerpts';
import { type TextUnit, textUnits } from '../textUnits';

/** Characters of a sentence that says something and can be read at a glance. */
const shortest = 40;
const longest = 320;
/** A sentence with fewer content words says too little. */
const leastWords = 4;
/** The first sentence under a heading introduces what follows. */
const leadShare = 1.25;
/** Sentences taken from one chapter, where the document has others. */
const mostOfChapter = 2;

interface Sentence {
  source: Source;
  unit: TextUnit;
  words: readonly string[];
  chapter: string;
  weight: number;
}

/**
 * The sentences that say most of what a document says, in its order and numbered from 1 on, by SumBasic (Nenkova and Vanderwende 2005):
 * the one with the most frequent words on average, then the words that it has count less. A few of each chapter. Throws the signal's reason.
 */
export const tellingSentences = async (sources: readonly Source[], count: number, signal: AbortSignal): Promise<Source[]> => {
  const breathe = createPace();
  const sentences: Sentence[] = [];
  const shares = new Map<string, number>();
  let before: string | null = null;
  for (const source of sources) {
    const language = languageOfText(source.text) ?? 'en';
    const chapter = source.place.headings[0] ?? '';
    const section = source.place.headings.join('\n');
    for (const unit of textUnits(source.text)) {
      const text = source.text.slice(unit.start, unit.end);
      if (unit.kind !== 'sentence' || text.length < shortest || text.length > longest || !/[.!?…»”"]\s*$/u.test(text)) continue;
      const words = contentWords(text).map((word) => stem(word, language));
      if (words.length < leastWords) continue;
      for (const word of words) shares.set(word, (shares.get(word) ?? 0) + 1);
      sentences.push({ source, unit, words, chapter, weight: section === before ? 1 : leadShare });
      before = section;
    }
    await breathe();
    signal.throwIfAborted();
  }
  const all = [...shares.values()].reduce((sum, one) => sum + one, 0);
  for (const [word, times] of shares) shares.set(word, times / all);
  const taken = new Map<string, number>();
  const chapters = new Set(sentences.map(({ chapter }) => chapter)).size;
  const chosen: Sentence[] = [];
  const scoreOf = ({ words, weight }: Sentence): number =>
    (weight * words.reduce((sum, word) => sum + (shares.get(word) ?? 0), 0)) / words.length;
  while (chosen.length < count) {
    let best: Sentence | null = null;
    let bestScore = 0;
    for (const sentence of sentences) {
      if (chapters > 1 && (taken.get(sentence.chapter) ?? 0) >= mostOfChapter) continue;
      const score = scoreOf(sentence);
      if (score > bestScore && !chosen.includes(sentence)) [best, bestScore] = [sentence, score];
    }
    if (!best) break;
    chosen.push(best);
    taken.set(best.chapter, (taken.get(best.chapter) ?? 0) + 1);
    for (const word of new Set(best.words)) shares.set(word, (shares.get(word) ?? 0) ** 2);
    await breathe();
    signal.throwIfAborted();
  }
  return chosen
    .sort((a, b) => a.source.start + a.unit.start - (b.source.start + b.unit.start))
    .map(({ source, unit }, index) => ({ ...narrowTo(source, { start: unit.start, end: unit.end, units: [unit] }), marker: index + 1 }));
};
