import { citedNumbers, renumber } from '@main/knowledge/wholeDocument/noteMarks';
import type { Candidate } from '@main/providers/gateway';
import { textMessage } from '@main/providers/promptMessage';
import { noteInfo } from '@main/store/messages';
import { saveTurnSources, type TurnSources } from '@main/store/turns';
import { type ReadVersion, readableVersion } from '@main/store/versionPassages';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { keptSources } from '@main/turns/findSources';
import { renderContinue, renderSources } from '@main/turns/promptParts';
import { type SourcedPrompt, streamModel } from '@main/turns/streamModel';
import { type Asked, EmergenceError, type Source, type TurnEvent, type Whole } from '@shared/model';
import type { Answered, ChatTurn, ChatTurnDeps } from '../chatTurn';
import type { Understood } from '../understand';
import { findDocuments } from './findDocument';
import { outlineAnswer } from './outlineAnswer';
import { planReading, type ReadingPlan } from './plan';
import { stretchWords, wholeWords } from './wholeWords';
import { joinNotes, writeNotes } from './writeNotes';

/** A question that wants a whole document, before anything is read. */
export interface WantedWhole {
  asked: Asked;
  /** Null where the person is asked first; without a model the version alone. */
  reading: { version: ReadVersion; plan: ReadingPlan | null } | null;
}

interface WholeCall {
  candidates: Candidate[];
  writer: AnswerWriter;
  emit: (event: TurnEvent) => void;
  signal: AbortSignal;
}

/** An answer that read a whole document. */
export interface ReadWhole {
  answered: Pick<Answered, 'provider' | 'model' | 'usage' | 'firstWordMs' | 'quoted' | 'error'> & {
    handOver: { from: string; reason: string } | null;
  };
  found: TurnSources;
  asked: Asked;
  /** The program's own words on the reading. */
  said: string;
}

const nothing: Omit<Whole, 'state' | 'documentIds'> = {
  versionId: null, pages: null, parts: 0, kept: 0, inputTokens: 0, outputTokens: 0, costNano: null, model: '', local: false,
}; // biome-ignore format: a row
const askedFor = (whole: Whole): Asked => ({ intent: 'document', whole });

/** The document that a question wants as a whole, with what reading it takes; null where it wants none. */
export const wantedWhole = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  understood: Understood,
  { candidates, signal }: Pick<WholeCall, 'candidates' | 'signal'>,
): Promise<WantedWhole | null> => {
  const found = findDocuments(deps, turn, understood);
  if (!found) return null;
  const [documentId] = found;
  if (documentId === undefined) throw new EmergenceError('not_found', { documentId: turn.about?.documentId ?? '' });
  if (found.length > 1) return { asked: askedFor({ ...nothing, state: 'choose', documentIds: found }), reading: null };
  const before = turn.before?.asked?.whole;
  const earlier = before?.documentIds[0] === documentId && before.versionId ? readableVersion(deps.db, documentId, before.versionId) : null;
  const version = earlier ?? readableVersion(deps.db, documentId);
  if (!version) throw new EmergenceError('not_found', { documentId });
  if (candidates.length === 0) {
    const { versionId, pages } = version;
    return {
      asked: askedFor({ ...nothing, state: 'read', documentIds: [documentId], versionId, pages }),
      reading: { version, plan: null },
    };
  }
  const plan = await planReading(deps, turn, version, { candidates, signal });
  const asks = plan.needsYes && !turn.confirmed && turn.partial === '';
  return { asked: askedFor(asks ? { ...plan.whole, state: 'confirm' } : plan.whole), reading: asks ? null : { version, plan } };
};

/** Reads all of a document and writes what the question wants of it, with a model or in the document's own words. */
export const readWhole = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  { asked, reading }: { asked: Asked; reading: NonNullable<WantedWhole['reading']> },
  call: WholeCall,
): Promise<ReadWhole> => {
  const { writer, emit, signal } = call;
  const { version, plan } = reading;
  if (plan) return readByModel(deps, turn, plan, call);
  const { text, sources } = await outlineAnswer(deps, turn, version, signal);
  writer.allow(sources);
  const model = { provider: 'passages', model: 'passages' };
  emit({ type: 'status', step: 'writing', ...model });
  writer.write(text);
  const firstWordMs = deps.now() - turn.createdAt;
  const found: TurnSources = { sources, support: 'strong' };
  return { answered: { ...model, usage: null, firstWordMs, quoted: sources, error: null, handOver: null }, found, asked, said: '' };
};

const readByModel = async (deps: ChatTurnDeps, turn: ChatTurn, plan: ReadingPlan, call: WholeCall): Promise<ReadWhole> => {
  const { candidates, writer, emit, signal } = call;
  const { parts } = plan;
  // A crash must not lose that it was begun: the answer is then continued, and what was confirmed is not asked again.
  noteInfo(deps.db, turn.messageId, {
    ...(turn.before ?? { provider: '', model: '', usage: null, firstWordMs: null, ms: null, fallback: null, passages: 0, given: 0 }),
    support: null,
    asked: askedFor(plan.whole),
  });
  const isOne = parts.length === 1;
  const notes = isOne ? [] : await writeNotes(deps, turn, plan, call);
  const read = notes.filter((note) => note !== null);
  const joined = isOne ? [] : await joinNotes(deps, turn, plan, read, call);
  const before = turn.partial === '' ? null : keptSources(deps.db, turn.messageId);
  const found = before ?? { sources: sourcesOf(plan, joined), support: 'strong' as const };
  if (!before) saveTurnSources(deps.db, turn.id, found);
  emit({ type: 'retrieved', sources: found.sources, support: 'strong', ms: deps.now() - turn.createdAt });
  const numbers = new Map(
    found.sources.map(({ start, marker }) => [plan.sources.findIndex((source) => source.start === start) + 1, marker]),
  );
  const answer = await streamModel<SourcedPrompt>(deps, turn, {
    purpose: 'answer',
    candidates,
    build: () => promptOf(deps, turn, plan, { sources: found.sources, notes: joined.map((note) => renumber(note, numbers)) }),
    writer,
    emit,
    signal,
  });
  const said = saidOf(deps, turn, plan, isOne ? [''] : notes);
  if (!answer.error) writer.write(`\n\n*${said}*`);
  const { provider, model, usage, firstWordMs, error, handOvers } = answer;
  const last = handOvers.at(-1);
  const handOver = last ? { from: last.from, reason: last.reason } : (candidates[0]?.insteadOf ?? null);
  const whole: Whole = { ...plan.whole, state: answer.error ? 'reading' : 'read', kept: isOne ? 0 : read.length };
  return { answered: { provider, model, usage, firstWordMs, quoted: null, error, handOver }, found, asked: askedFor(whole), said };
};

/** How many passages are numbered where the notes cite none: the check then finds those that say it. */
const mostUncited = 300;

/** The passages that the notes cite, else all, numbered from 1 on in the order of the document. */
const sourcesOf = ({ parts, sources }: ReadingPlan, notes: readonly string[]): Source[] => {
  const cited = parts.length === 1 ? [] : citedNumbers(notes).flatMap((number) => sources[number - 1] ?? []);
  const given = cited.length > 0 ? cited : sources.slice(0, mostUncited);
  return given.map((source, index) => ({ ...source, marker: index + 1 }));
};

const promptOf = (
  { prompts, agents }: ChatTurnDeps,
  { language, agentId, question, partial }: ChatTurn,
  { parts, version }: ReadingPlan,
  { sources, notes }: { sources: readonly Source[]; notes: readonly string[] },
): SourcedPrompt => {
  const persona = agents.persona(agentId, language);
  const title = prompts.asData(version.title).replaceAll('"', "'");
  const system =
    parts.length === 1
      ? prompts.render('document-whole', language, { persona, title, sources: renderSources(prompts, language, sources) })
      : prompts.render('document-summary', language, { persona, title, notes: prompts.asData(notes.join('\n')) });
  const last = partial === '' ? [] : renderContinue(prompts, language, partial);
  return { system: system.text, versionId: system.versionId, messages: [textMessage('user', question.text), ...last], given: sources };
};

/** Says what was read and what was not. */
const saidOf = (
  { db }: Pick<ChatTurnDeps, 'db'>,
  { language }: Pick<ChatTurn, 'language'>,
  { version, parts }: ReadingPlan,
  notes: readonly (string | null)[],
): string => {
  const say = wholeWords[language];
  const unread = parts.filter((_, index) => notes[index] === null);
  const places = unread.map(({ sources }) => stretchWords((sources[0] as Source).place, (sources.at(-1) as Source).place, language));
  const pages = version.pages !== null && version.unreadPages.length > 0 ? null : version.pages;
  const isCurrent = readableVersion(db, version.documentId)?.versionId === version.versionId;
  return [
    unread.length > 0 ? say.some(parts.length - unread.length, parts.length, places.join('; ')) : say.all(pages, parts.length),
    ...(version.unreadPages.length > 0 ? [say.unreadPages(version.unreadPages.join(', '))] : []),
    ...(isCurrent ? [] : [say.changed]),
  ].join(' ');
};
