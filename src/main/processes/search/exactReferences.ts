import type { LibraryReader, LiveVersion } from '@main/store/libraryReader';
import { referencesAsked, referencesOfTitle } from '@main/text/references/references';
import { LRUCache } from 'lru-cache';
import type { ChunkIndex } from './chunkIndex';
import { type OwnerFilter, passes, type TextId } from './textId';

/** How a passage holds a reference that the question asks for. */
export interface ExactMatch {
  /** The number of the reference in the question, from 0. */
  asked: number;
  /** True where the passage is the thing itself, by its heading, its line or its document's title. */
  defines: boolean;
}

/** The passages that hold what a question asks for by its number. */
export interface ExactPassages {
  /** Those that are looked up, whether or not other searches find them. */
  ids: readonly TextId[];
  of(id: TextId): ExactMatch | null;
}

/** Rows that are read for one form of a reference. */
const mostRows = 500;
/** A reference that more passages mention is a word like any other: putting them all first would bury the answer. */
const mostMentions = 20;
/** Titles are read once: a question asks about a few hundred, most of them again. */
const titlesKept = 20_000;

const keyOf = ({ owner, ordinal }: TextId): string => `${owner} ${ordinal}`;

/**
 * Looks up exact references (article 515-14, account 601, E-4012). The keys are stored with each passage, so nothing is scanned; the
 * references in titles, which can change, are read of the candidates alone.
 */
export const createExactReferences = (library: Pick<LibraryReader, 'referenced'>, index: Pick<ChunkIndex, 'chunkOf'>) => {
  const titles = new LRUCache<string, readonly string[]>({ max: titlesKept });
  const ofTitle = (title: string): readonly string[] => {
    let found = titles.get(title);
    if (!found) {
      found = referencesOfTitle(title);
      titles.set(title, found);
    }
    return found;
  };

  /** Null for a question without a reference. `owners`: the versions of the candidates. */
  return (
    question: string,
    { filter, live, owners }: { filter: OwnerFilter; live: ReadonlyMap<string, LiveVersion>; owners: () => Iterable<string> },
  ): ExactPassages | null => {
    const references = referencesAsked(question);
    if (references.length === 0) return null;
    const ids: TextId[] = [];
    const matches = new Map<string, ExactMatch>();
    /** By document, for references in its title. */
    const titled = new Map<string, ExactMatch>();
    for (const [asked, { keys }] of references.entries()) {
      const rows = library
        .referenced(keys, mostRows)
        .map(({ key, defines, versionId, ordinal }) => ({ key, defines, id: { owner: versionId, ordinal } }))
        .filter(({ id }) => passes(filter, id.owner) && index.chunkOf(id) !== null);
      const titlesOf = (key: string): string[] =>
        [...new Set(owners())].filter((owner) => ofTitle(live.get(owner)?.title ?? '').includes(key));
      const defined = keys.find((key) => rows.some((row) => row.key === key && row.defines) || titlesOf(key).length > 0);
      for (const owner of defined ? titlesOf(defined) : []) if (!titled.has(owner)) titled.set(owner, { asked, defines: true });
      const mentioned = defined ? keys[0] : keys.find((key) => rows.some((row) => row.key === key));
      const mentions = rows.filter((row) => row.key === mentioned && !row.defines);
      const chosen = [...rows.filter((row) => row.key === defined && row.defines), ...(mentions.length <= mostMentions ? mentions : [])];
      for (const { id, defines } of chosen) {
        if (matches.has(keyOf(id))) continue;
        ids.push(id);
        matches.set(keyOf(id), { asked, defines });
      }
    }
    return { ids, of: (id) => titled.get(id.owner) ?? matches.get(keyOf(id)) ?? null };
  };
};

/** Passages of one reference that are put first, of each tier: the thing itself, then mentions. */
const mostPreferred = 6;

/**
 * The order of the passages with those first that hold what was asked for by its number: the thing itself before mentions, the references
 * of the question by turns, else as they were. Returns how many were put first.
 */
export const preferExact = <Item>(
  ordered: readonly Item[],
  matchOf: (item: Item) => ExactMatch | null,
): { items: Item[]; first: number } => {
  const tiers = [true, false].map((defines) => {
    const queues: Item[][] = [];
    for (const item of ordered) {
      const match = matchOf(item);
      if (!match || match.defines !== defines) continue;
      queues[match.asked] ??= [];
      const queue = queues[match.asked] as Item[];
      if (queue.length < mostPreferred) queue.push(item);
    }
    const turns = Array.from({ length: mostPreferred }, (_, turn) => queues.flatMap((queue) => queue?.slice(turn, turn + 1) ?? []));
    return turns.flat();
  });
  const preferred = tiers.flat();
  const chosen = new Set(preferred);
  return { items: [...preferred, ...ordered.filter((item) => !chosen.has(item))], first: preferred.length };
};
