import type { RetrieveRequest, Retriever } from '@main/knowledge/retriever';
import type { Passage, SearchResult, Support } from '@shared/model';

/** The words that are searched for one question: one text, the same in two wordings, or several things apart. */
export interface SearchedWords {
  query: string;
  /** Another wording of it, which counts less. */
  also?: string | undefined;
  /** Things that are searched instead, each apart; all of them come among the passages. */
  parts?: readonly string[] | undefined;
}

/** The weight of the other wording: it is the vaguer one. */
const otherWording = 0.7;

const keyOf = ({ versionId, start, end }: Passage): string => `${versionId} ${start} ${end}`;
const order: readonly Support[] = ['none', 'weak', 'strong'];
const bestOf = (results: readonly SearchResult[]): Support =>
  results.reduce<Support>((best, { support }) => (order.indexOf(support) > order.indexOf(best) ? support : best), 'none');

/** The passages of several lists, each once, by turns; their scores then say their order. */
const byTurns = (lists: readonly (readonly Passage[])[], limit: number): Passage[] => {
  const chosen = new Map<string, Passage>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let turn = 0; turn < longest; turn += 1)
    for (const list of lists) {
      const passage = list[turn];
      if (passage && chosen.size < limit && !chosen.has(keyOf(passage))) chosen.set(keyOf(passage), passage);
    }
  return Array.from(chosen.values(), (passage, place) => ({ ...passage, score: 1 - place / (2 * chosen.size) }));
};

/** Two lists by score, each passage once with the better one. */
const byScore = (first: readonly Passage[], other: readonly Passage[], limit: number): Passage[] => {
  const best = new Map<string, Passage>();
  for (const passage of [...first, ...other.map((one) => ({ ...one, score: one.score * otherWording }))]) {
    const known = best.get(keyOf(passage));
    if (!known || known.score < passage.score) best.set(keyOf(passage), passage);
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, limit);
};

/** Searches the words of a turn. Rejects like a single search. */
export const searchWords = async (
  retriever: Pick<Retriever, 'search'>,
  { query, also, parts }: SearchedWords,
  request: Omit<RetrieveRequest, 'query'>,
): Promise<Pick<SearchResult, 'passages' | 'support'>> => {
  const ask = (text: string): Promise<SearchResult> => retriever.search({ ...request, query: text });
  if (parts && parts.length > 1) {
    const results = await Promise.all(parts.map(ask));
    const found = results.filter(({ support }) => support !== 'none');
    return {
      passages: byTurns(
        found.map(({ passages }) => passages),
        request.limit,
      ),
      support: bestOf(results),
    };
  }
  const first = await ask(query);
  if (also === undefined || also === query) return first;
  const other = await ask(also);
  return { passages: byScore(first.passages, other.passages, request.limit), support: bestOf([first, other]) };
};
