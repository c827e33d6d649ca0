import { namesDocument } from '@main/questions/intentWords';
import type { Scope } from '@main/store/documentScope';
import { documentsTitled, firstDocuments, pinnedDocuments, type TitledDocument } from '@main/store/documentsMeant';
import { readableVersion } from '@main/store/versionPassages';
import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import type { Message } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from '../chatTurn';
import type { Understood } from '../understand';

/** More documents than this are no choice: the name says too little. */
export const mostChoices = 8;
/** Titles read to find a name: a word that more of them have says little. */
const mostTitled = 500;

/** Words before the name of a document that are no part of it, and its ending. */
const aroundName =
  /^(?:the|this|that|my|our|le|la|les|l|ce|cet|cette|mon|ma|notre|document|file|fichier|report named|texte intitule|called|named|intitule|appele)$/u;

const wordsOfName = (name: string): string[] => {
  const all = foldedWords(name.replace(/\.[A-Za-z0-9]{1,5}(?=["”»\s]*$)/u, ''));
  const kept = all.filter((word) => !aroundName.test(word));
  const telling = kept.filter((word) => !isStopWord(word, 'en') && !isStopWord(word, 'fr'));
  return telling.length > 0 ? telling : kept;
};

/** The name in quotation marks, where there are any: what stands behind them is a wish for the summary. */
const quotedName = /[“"«](.{2,300}?)[”"»]/u;
/** A wish for the form of the summary behind a name: "in five points", "pour un juriste". */
const wish = /[\s,]+(?:in|en|for|as|with|pour|avec|sous|dans)\s(?:\S+\s*){1,6}$/iu;

/** The ways to read a name, the likeliest first. */
const namesIn = (name: string): string[] => {
  const quoted = quotedName.exec(name)?.[1];
  return quoted === undefined ? [name, name.replace(wish, '')] : [quoted];
};

/** The documents that have all words of a name in their title; those whose title is the name alone, where there are any. */
const named = (db: ChatTurnDeps['db'], scope: Scope, name: string): TitledDocument[] => {
  const words = wordsOfName(name);
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return [];
  const same = (title: string): boolean => wordsOfName(title).join(' ') === words.join(' ');
  const holding = documentsTitled(db, scope, longest, mostTitled).filter(({ title }) => {
    const own = new Set(foldedWords(title));
    return words.every((word) => own.has(word));
  });
  const exact = holding.filter(({ title }) => same(title));
  return exact.length > 0 ? exact : holding.filter(({ isGuide }) => !isGuide);
};

/** The documents that the answer before the question cites or was about. */
const citedBefore = (before: readonly Message[]): string[] => {
  const last = before.findLast(({ role }) => role === 'assistant');
  const whole = last?.info?.asked?.whole;
  if (whole?.documentIds.length === 1) return whole.documentIds;
  return [...new Set(last?.citations.flatMap(({ documentId }) => documentId ?? []) ?? [])];
};

/**
 * The readable documents that a question wants as a whole: the one at hand, the one it names, else those cited just before, pinned to
 * the conversation, or alone in what it may use. Null where it wants none, or where nothing says which one it means.
 */
export const findDocuments = (
  { db }: Pick<ChatTurnDeps, 'db'>,
  turn: ChatTurn,
  { intent, document, before }: Understood,
): string[] | null => {
  const { about, settings, conversationId, question } = turn;
  const readable = (ids: readonly string[]): string[] => ids.filter((id) => readableVersion(db, id) !== null);
  if (about?.whole) return readable([about.documentId]);
  if (intent !== 'document' || document === null || !settings.documents) return null;
  const scope: Scope = { documentIds: [], collectionIds: settings.collectionIds, asker: { conversationId } };
  const chosen = (ids: readonly string[]): string[] | null => {
    const found = readable(ids);
    return found.length > 0 && found.length <= mostChoices ? found : null;
  };
  if (document !== '') {
    const found = namesIn(document).map((name) => named(db, scope, name).map(({ id }) => id));
    return chosen(found.find((ids) => ids.length > 0) ?? []);
  }
  if (about) return chosen([about.documentId]);
  // "Summarise that" means the answer before it.
  if (before.length > 0 && !namesDocument(question.text)) return null;
  const only = firstDocuments(db, scope, 2).map(({ id }) => id);
  return chosen(citedBefore(before)) ?? chosen(pinnedDocuments(db, conversationId)) ?? (only.length === 1 ? chosen(only) : null);
};
