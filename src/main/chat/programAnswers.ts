import { numberSources, withoutOverlaps } from '@main/knowledge/context';
import { quoteOf } from '@main/knowledge/quotes';
import { storedSection } from '@main/knowledge/storedSection';
import { shownExcerpt, shownWhole } from '@main/providers/passages';
import { escaped } from '@main/providers/quotedBlocks';
import { saveTurnSources, type TurnSources } from '@main/store/turns';
import type { Asked, Passage, Source, TurnEvent } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';
import { programWords, wordsAsList } from './programWords';
import type { Understood } from './understand';

/** An answer that the program writes from the stored documents, with or without a model. */
export interface ProgramAnswer {
  text: string;
  found: TurnSources;
  asked: Asked;
}

interface ProgramCall {
  emit: (event: TurnEvent) => void;
  signal: AbortSignal;
}

/** Documents that a listing names; the others are on its pages. */
export const documentsNamed = 20;
/** A document that already gave passages counts less for the next one, a little for each. */
const repeated = 0.05;

const search = (
  deps: ChatTurnDeps,
  { settings, conversationId }: ChatTurn,
  { query, intent }: Understood & { query: string },
  limit: number,
  signal: AbortSignal,
) =>
  deps.retriever.search({
    query,
    collectionIds: settings.collectionIds,
    documentIds: [],
    asker: { conversationId },
    mode: 'hybrid',
    limit,
    signal,
    intent,
  });

/** The passages with those of other documents preferred where they are about as good; `repeated` in their scores says by how much. */
const diverse = (passages: readonly Passage[], count: number): Passage[] => {
  const left = withoutOverlaps(passages);
  const taken = new Map<string, number>();
  const chosen: Passage[] = [];
  while (chosen.length < count && left.length > 0) {
    const lossOf = ({ documentId }: Passage): number => repeated * (taken.get(documentId) ?? 0);
    const best = left.reduce((one, other) => (other.score - lossOf(other) > one.score - lossOf(one) ? other : one));
    const loss = lossOf(best);
    left.splice(left.indexOf(best), 1);
    taken.set(best.documentId, (taken.get(best.documentId) ?? 0) + 1);
    chosen.push(loss === 0 ? best : { ...best, scores: { ...best.scores, repeated: -loss } });
  }
  return chosen;
};

const giveSources = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  understood: Understood,
  { signal }: ProgramCall,
): Promise<ProgramAnswer | null> => {
  const wanted = understood.count ?? 0;
  const { passages, support } = await search(deps, turn, { ...understood, query: understood.topic }, 3 * wanted, signal);
  if (support === 'none' || passages.length === 0) return null;
  const sources = numberSources(
    diverse(passages, wanted)
      .map((passage) => quoteOf({ ...passage, marker: 1 }, understood.topic))
      .map((source) => ({ ...source, matches: [] })),
  );
  const say = programWords[turn.language];
  const text = [say.sources(sources.length, wanted), ...sources.map((source) => shownExcerpt(source, turn.language))].join('\n\n');
  return { text, found: { sources, support }, asked: { intent: 'sources', sources: { wanted, found: sources.length } } };
};

const quoteExactly = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  understood: Understood,
  { signal }: ProgramCall,
): Promise<ProgramAnswer | null> => {
  const { passages, support } = await search(deps, turn, understood, 3, signal);
  const [passage] = passages;
  if (!passage || support === 'none') return null;
  const keys = understood.references[0]?.keys ?? [];
  // Without the thing itself a mention of it would be quoted in its place.
  if (keys.length > 0 && passage.scores.reference !== 2) return null;
  const { isComplete, ...section } = storedSection(deps.db, passage, keys);
  const { matches: _, ...rest } = passage;
  const source: Source = { ...rest, ...section, marker: 1 };
  const say = programWords[turn.language];
  const text = [isComplete ? say.complete : say.extract, shownWhole(source, turn.language), ...(isComplete ? [] : [say.cut])].join('\n\n');
  return { text, found: { sources: [source], support }, asked: { intent: 'verbatim', quoted: isComplete ? 'complete' : 'extract' } };
};

const listDocuments = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  { topic }: Understood,
  { signal }: ProgramCall,
): Promise<ProgramAnswer> => {
  const { language, settings } = turn;
  const { collectionIds } = settings;
  const held = await deps.retriever.holding({
    text: topic,
    collectionIds,
    asker: { conversationId: turn.conversationId },
    offset: 0,
    limit: documentsNamed,
    signal,
  });
  const say = programWords[language];
  const words = wordsAsList(held.words, language);
  const sources = numberSources(held.passages);
  const asked: Asked = { intent: 'listing', listed: { total: held.total, shown: sources.length, text: topic, collectionIds } };
  if (held.total === 0) {
    const text = [say.noneListed(words, wordsAsList(held.missing, language)), say.rule(held.compared)].join('\n\n');
    return { text, found: { sources: [], support: 'none' }, asked };
  }
  const line = ({ title, marker }: Source): string => `${marker}. ${escaped(title)} [${marker}]`;
  const [byWords, about] = [
    sources.filter(({ scores }) => scores.about === undefined),
    sources.filter(({ scores }) => scores.about !== undefined),
  ];
  const ofWords = held.total - held.about;
  const text = [
    ...(ofWords > 0 ? [say.listed(ofWords, words)] : [say.noneListed(words, wordsAsList(held.missing, language))]),
    ...(byWords.length > 0 ? [byWords.map(line).join('\n')] : []),
    ...(held.about > 0 ? [say.about(held.about, ofWords > 0)] : []),
    ...(about.length > 0 ? [about.map(line).join('\n')] : []),
    ...(held.total > sources.length ? [say.shown(sources.length, held.total)] : []),
    ...(held.words.length > 0 ? [say.rule(held.compared)] : []),
  ].join('\n\n');
  return { text, found: { sources, support: 'strong' }, asked };
};

/**
 * Writes what the program knows better than a model: a number of passages, a quotation word for word, all documents that hold words. Null
 * where the question wants none of these, or they find nothing: it is then answered like any other.
 */
export const answerByProgram = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  understood: Understood,
  call: ProgramCall,
): Promise<ProgramAnswer | null> => {
  const { intent } = understood;
  const write = { sources: giveSources, verbatim: quoteExactly, listing: listDocuments };
  if (!turn.settings.documents || turn.partial !== '' || !(intent === 'sources' || intent === 'verbatim' || intent === 'listing'))
    return null;
  const documents = deps.retriever.documentCount(turn.settings.collectionIds);
  if (documents === 0) return null;
  call.emit({ type: 'status', step: 'searching', documents });
  const startedAt = deps.now();
  const answer = await write[intent](deps, turn, understood, call);
  if (!answer) return null;
  const { sources, support } = answer.found;
  saveTurnSources(deps.db, turn.id, answer.found);
  call.emit({ type: 'retrieved', sources, support: support ?? 'none', ms: deps.now() - startedAt });
  return answer;
};
