import type { Language } from '@main/text/languages';
import type { SearchMode } from '@shared/model';
import type { Calibration, SearchQuery } from './api';
import type { ChunkIndex } from './chunkIndex';
import { type AskedKeys, createHeldReader, type HeldHead, type HeldTerms } from './heldTerms';
import { analyseQuery, candidateStems, expandQuery, keysOfQuestion, type QueryExpansion, type QueryTerms } from './queryTerms';
import type { EmbeddedQuestion } from './semanticIndex';
import type { StaticModel } from './staticModel';
import type { OwnerFilter, TextId } from './textId';
import type { Thesaurus } from './thesaurus';
import { ranking } from './weights';

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
}

/** The question and its candidates as data: `scoreCandidates` needs nothing else. */
export interface Candidates {
  mode: SearchMode;
  terms: QueryTerms;
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
  index: ChunkIndex;
  model: StaticModel;
  /** Null where there is no question as a vector. */
  thesaurus: Thesaurus | null;
}

/**
 * Two cheap searches find candidates, by stems and by cosine; the index then adds the terms of each. Passages that are removed
 * meanwhile are left out.
 */
export const gatherCandidates = async ({ query, filter, question, index, model, thesaurus }: GatherDeps): Promise<Candidates> => {
  const started = performance.now();
  // A question that the model does not know at all (another script, signs) has a zero vector: only its words are searched.
  const asked = question?.vector.some((value) => value !== 0) ? question : null;
  const terms = analyseQuery(query.query, index, model);
  const byWords = query.mode === 'vector' && asked ? [] : index.lexicalCandidates(candidateStems(terms, index), ranking.candidates, filter);
  const searched = performance.now();

  const cosines = new Map<number, number | null>();
  const ids = new Map<number, TextId>();
  for (const chunk of byWords) {
    const version = index.version(index.versionOf(chunk));
    if (version) ids.set(chunk, { owner: version.versionId, ordinal: index.ordinalOf(chunk) });
  }
  if (asked) {
    for (const { id, cosine } of await asked.vectors.nearest(asked.vector, ranking.candidates, filter)) {
      const chunk = index.chunkOf(id);
      if (chunk === null) continue;
      cosines.set(chunk, cosine);
      if (!ids.has(chunk)) ids.set(chunk, id);
    }
    const others = [...ids.keys()].filter((chunk) => !cosines.has(chunk));
    const found = await asked.vectors.cosines(
      asked.vector,
      others.map((chunk) => ids.get(chunk) as TextId),
    );
    for (const [at, chunk] of others.entries()) cosines.set(chunk, found[at] ?? null);
  }
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
    });
  }
  return {
    mode: query.mode,
    terms,
    keys,
    expansion,
    calibration: asked?.calibration ?? null,
    isKnownToModel: terms.words.some((word) => model.tokenize(word).length === 1),
    passages,
    stages: { lexical: searched - started, vector: compared - searched, fuse: performance.now() - compared },
  };
};
