import { languageOfText } from '@main/text/detectLanguage';
import type { Language } from '@main/text/languages';
import type { SearchMode } from '@shared/model';
import type { Calibration, SearchQuery } from './api';
import type { ChunkIndex } from './chunkIndex';
import type { ExactMatch, ExactPassages } from './exactReferences';
import { type AskedKeys, createHeldReader, type HeldHead, type HeldTerms } from './heldTerms';
import { analyseQuery, candidateStems, expandQuery, keysOfQuestion, type QueryExpansion, type QueryTerms } from './queryTerms';
import type { SecondQuestion } from './secondIndex';
import type { EmbeddedQuestion } from './semanticIndex';
import type { StaticModel } from './staticModel';
import type { OwnerFilter, TextId } from './textId';
import type { Thesaurus } from './thesaurus';
import { ranking, secondModel } from './weights';

/** A passage that may answer the question, with everything by which it is scored. */
export interface Candidate {
  id: TextId;
  /** Its place in the order in which passages were indexed: the earlier one of two equal ones comes first. */
  order: number;
  language: Language;
  /** Of its terms those that the question asks for. */
  terms: HeldTerms;
  /** The same of its document's beginning; null for a document of one passage. */
  head: HeldHead | null;
  /** Null where the passage has no vector yet, or the question none. */
  cosine: number | null;
  /** The cosine of the second model; null where it does not rank this question, or has not read the passage. */
  second: number | null;
  /** How it holds a reference that the question asks for; null where it holds none. */
  exact: ExactMatch | null;
}

/** The question and its candidates as data: `scoreCandidates` needs nothing else. */
export interface Candidates {
  mode: SearchMode;
  terms: QueryTerms;
  /** The language of the question; null where its words do not say it. */
  language: Language | null;
  /** Every key by which the passages are scored; `terms` and `head` of a passage refer to their numbers. */
  keys: AskedKeys;
  /** Null where words alone are searched. */
  expansion: QueryExpansion | null;
  calibration: Calibration | null;
  /** True when the model knows a word of the question as a whole. */
  isKnownToModel: boolean;
  passages: Candidate[];
  stages: Record<'lexical' | 'vector' | 'fuse', number>;
}

export interface GatherDeps {
  query: SearchQuery;
  filter: OwnerFilter;
  /** Null: search by words alone. */
  question: EmbeddedQuestion | null;
  /** The question as the second model reads it; null where it takes no part. */
  second: SecondQuestion | null;
  index: ChunkIndex;
  model: StaticModel;
  /** Null where there is no question as a vector. */
  thesaurus: Thesaurus | null;
  /** Passages of each search; `ranking.candidates` where it is absent. */
  most?: number;
  /** Looks up what the question asks for by its number, given the documents of the other candidates. */
  exactPassages: (owners: () => Iterable<string>) => ExactPassages | null;
}

/** Adds the cosines of the candidates that have none yet. */
const addCosines = async (
  { vectors, vector }: Pick<EmbeddedQuestion, 'vectors' | 'vector'>,
  ids: ReadonlyMap<number, TextId>,
  cosines: Map<number, number | null>,
): Promise<void> => {
  const others = [...ids].filter(([chunk]) => !cosines.has(chunk));
  const found = await vectors.cosines(
    vector,
    others.map(([, id]) => id),
  );
  for (const [at, [chunk]] of others.entries()) cosines.set(chunk, found[at] ?? null);
};

/**
 * The second model's cosines of the candidates, to which it adds its own nearest passages. Null, and nothing added, while it has read
 * too few of the candidates: then the question is answered as without it.
 */
const secondCosines = async (
  reading: SecondQuestion,
  { ids, index, filter, most }: { ids: Map<number, TextId>; index: ChunkIndex; filter: OwnerFilter; most: number },
): Promise<Map<number, number | null> | null> => {
  const cosines = new Map<number, number | null>();
  await addCosines(reading, ids, cosines);
  const read = [...cosines.values()].reduce((count: number, cosine) => (cosine === null ? count : count + 1), 0);
  if (read < secondModel.second.enough * ids.size) return null;
  for (const { id, cosine } of await reading.vectors.nearest(reading.vector, most, filter)) {
    const chunk = index.chunkOf(id);
    if (chunk === null) continue;
    cosines.set(chunk, cosine);
    if (!ids.has(chunk)) ids.set(chunk, id);
  }
  return cosines;
};

/**
 * Two cheap searches find candidates, by stems and by cosine, and exact references are looked up; the index then adds the terms of each. Passages that are removed
 * meanwhile are left out.
 */
export const gatherCandidates = async ({
  query,
  filter,
  question,
  second,
  index,
  model,
  thesaurus,
  most = ranking.candidates,
  exactPassages,
}: GatherDeps): Promise<Candidates> => {
  const started = performance.now();
  // A question that the model does not know at all (another script, signs) has a zero vector: only its words are searched.
  const asked = question?.vector.some((value) => value !== 0) ? question : null;
  const terms = analyseQuery(query.query, index, model);
  // Nor does the second model know more than the characters of such a script.
  const reading = question && !asked ? null : second;
  const byWords = query.mode === 'vector' && (asked || reading) ? [] : index.lexicalCandidates(candidateStems(terms, index), most, filter);
  const searched = performance.now();

  const cosines = new Map<number, number | null>();
  const ids = new Map<number, TextId>();
  for (const chunk of byWords) {
    const version = index.version(index.versionOf(chunk));
    if (version) ids.set(chunk, { owner: version.versionId, ordinal: index.ordinalOf(chunk) });
  }
  if (asked) {
    for (const { id, cosine } of await asked.vectors.nearest(asked.vector, most, filter)) {
      const chunk = index.chunkOf(id);
      if (chunk === null) continue;
      cosines.set(chunk, cosine);
      if (!ids.has(chunk)) ids.set(chunk, id);
    }
    await addCosines(asked, ids, cosines);
  }
  const exact = exactPassages(() => Array.from(ids.values(), ({ owner }) => owner));
  for (const id of exact?.ids ?? []) {
    const chunk = index.chunkOf(id);
    if (chunk !== null) ids.set(chunk, id);
  }
  if (asked && exact) await addCosines(asked, ids, cosines);
  const seconds = reading ? await secondCosines(reading, { ids, index, filter, most }) : null;
  if (asked && seconds) await addCosines(asked, ids, cosines);
  const compared = performance.now();

  const expansion = asked && thesaurus ? expandQuery(terms.words, index, model, thesaurus) : null;
  const keys = keysOfQuestion(terms, expansion);
  const reader = createHeldReader(keys);
  const heads = new Map<string, HeldHead | null>();
  const passages: Candidate[] = [];
  const heldByChunk = index.terms([...ids.keys()], reader);
  for (const [chunk, id] of ids) {
    const n = index.versionN(id.owner);
    const version = n === null ? null : index.version(n);
    const held = index.chunkOf(id) === chunk ? heldByChunk.get(chunk) : undefined;
    if (n === null || !version || !held) continue;
    if (!heads.has(id.owner)) heads.set(id.owner, index.head(n, reader));
    passages.push({
      id,
      order: chunk,
      language: version.language,
      terms: held,
      head: heads.get(id.owner) ?? null,
      cosine: cosines.get(chunk) ?? null,
      second: seconds?.get(chunk) ?? null,
      exact: exact?.of(id) ?? null,
    });
  }
  return {
    mode: query.mode,
    terms,
    language: languageOfText(query.query),
    keys,
    expansion,
    calibration: asked?.calibration ?? null,
    isKnownToModel: terms.words.some((word) => model.tokenize(word).length === 1),
    passages,
    stages: { lexical: searched - started, vector: compared - searched, fuse: performance.now() - compared },
  };
};
