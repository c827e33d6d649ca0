import { setTimeout as pause } from 'node:timers/promises';
import { groupNotes } from '@main/knowledge/wholeDocument/documentParts';
import { citeByDocument, citedNumbers, renumber } from '@main/knowledge/wholeDocument/noteMarks';
import { clipText } from '@main/memory/summary/fitText';
import type { Candidate } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import { findNote, keepNote } from '@main/store/documentNotes';
import { readableVersion } from '@main/store/versionPassages';
import { matchStatements } from '@main/turns/checkSources';
import { completeText } from '@main/turns/completeText';
import { EmergenceError, type ErrorCode, isCancelled, type Source, type TurnEvent, toEmergenceError } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from '../chatTurn';
import { noteKey, partPrompt, type ReadingPlan, readOf } from './plan';

export interface NotesCall {
  candidates: readonly Candidate[];
  emit: (event: TurnEvent) => void;
  signal: AbortSignal;
}

/** A slow model on this machine reads some thousand tokens in this time; the gateway ends one that hangs. */
const noteTimeMs = 300_000;
/** Parts read at once: a server elsewhere answers several, a model on this machine one. */
const atOnce = 3;
/** So many parts that fail one after another are the fault of the model, and no more are paid for. */
const mostFailures = 3;
/** The pause before a part is tried again where its provider names none, and the longest. */
const shortPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Errors that the next part would meet, too. */
const hopeless: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not_found', 'provider.none', 'provider.auth', 'provider.region', 'provider.address', 'provider.quota', 'budget.exceeded', 'model.missing',
  'secrets.damaged', 'secrets.locked', 'secrets.refused',
]); // biome-ignore format: a list

const isHopeless = ({ code }: EmergenceError): boolean => hopeless.has(code) || code.startsWith('storage.');

/** A document that is deleted meanwhile is not read on. */
const needVersion = ({ db }: Pick<ChatTurnDeps, 'db'>, { version }: ReadingPlan): void => {
  if (!readableVersion(db, version.documentId, version.versionId))
    throw new EmergenceError('not_found', { documentId: version.documentId });
};

/** A call that its time limit cancelled has failed; one that the person stopped has not. */
const inTime = <T>(signal: AbortSignal, call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    throw isCancelled(error) && !signal.aborted ? new EmergenceError('provider.timeout', {}, { cause: error }) : error;
  });

/** Asks for a note and keeps it; one that was kept before is not paid for again. `finish` puts its citations in order. */
const note = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  plan: ReadingPlan,
  { candidates, signal }: Pick<NotesCall, 'candidates' | 'signal'>,
  { prompt, key, finish }: { prompt: { text: string; versionId: string }; key: string; finish: (text: string) => Promise<string> },
): Promise<string> => {
  const { versionId } = plan.version;
  const kept = findNote(deps.db, versionId, key);
  if (kept !== null) return kept;
  needVersion(deps, plan);
  const { text, model } = await inTime(
    signal,
    completeText(deps.gateway, {
      purpose: 'document_part',
      turnId: turn.id,
      conversationId: turn.conversationId,
      agentId: turn.agentId,
      candidates: [...candidates],
      prompt,
      maxOutputTokens: plan.sizes.output,
      limitMs: noteTimeMs,
      signal,
    }),
  );
  const clipped = clipText(text.trim(), plan.sizes.note);
  if (clipped === '') throw new EmergenceError('provider.no_answer', { reason: 'empty' });
  const finished = await finish(clipped);
  signal.throwIfAborted();
  if (!keepNote(deps.db, { versionId, key, text: finished, model: model ?? '', createdAt: deps.now() }))
    throw new EmergenceError('not_found');
  return finished;
};

/** Runs a call a second time where it failed, after the pause that the provider asks for; throws the second error. */
const twice = async <T>(call: () => Promise<T>, { emit, signal }: Pick<NotesCall, 'emit' | 'signal'>): Promise<T> => {
  try {
    return await call();
  } catch (thrown) {
    const error = toEmergenceError(thrown);
    if (signal.aborted || isHopeless(error)) throw error;
    const asked = typeof error.details.retryAfterMs === 'number' ? error.details.retryAfterMs : shortPauseMs;
    const retryInMs = Math.min(longestPauseMs, Math.max(shortPauseMs, asked));
    if (asked > shortPauseMs) emit({ type: 'status', step: 'waiting', retryInMs });
    await pause(retryInMs, undefined, { signal });
    return call();
  }
};

/**
 * The notes on all parts, in their order, null for each that could not be read at two tries. Emits which part is read. Throws where the
 * model is at fault and not a part, where the document is gone, and the signal's reason; the notes made so far are kept.
 */
export const writeNotes = async (deps: ChatTurnDeps, turn: ChatTurn, plan: ReadingPlan, call: NotesCall): Promise<(string | null)[]> => {
  const { candidates, emit } = call;
  const [first] = candidates as [Candidate];
  const { parts, sizes } = plan;
  const notes: (string | null)[] = parts.map(() => null);
  const failing = new AbortController();
  const signal = AbortSignal.any([call.signal, failing.signal]);
  let next = 0;
  let done = 0;
  let inARow = 0;
  const report = (): void => emit({ type: 'status', step: 'reading', part: done + 1, parts: parts.length });
  const readNext = async (): Promise<void> => {
    while (next < parts.length && !signal.aborted) {
      const index = next;
      next += 1;
      const part = parts[index] as ReadingPlan['parts'][number];
      const { sources, ...prompt } = partPrompt(deps, turn, part, sizes.words);
      const from = (part.sources[0] as Source).marker;
      const finish = async (text: string): Promise<string> => {
        const matched = await matchStatements(deps, { text, sources, question: turn.question.text, signal });
        return citeByDocument(text, sources, matched, (marker) => from + marker - 1);
      };
      const key = noteKey(first, prompt.versionId, readOf(part, sizes.words));
      try {
        notes[index] = await twice(() => note(deps, turn, plan, { candidates, signal }, { prompt, key, finish }), { emit, signal });
        inARow = 0;
      } catch (thrown) {
        const error = toEmergenceError(thrown, turn.id);
        inARow += 1;
        if (isCancelled(error) || signal.aborted || isHopeless(error) || inARow >= Math.min(mostFailures, parts.length)) throw error;
        deps.telemetry.log.warn({ err: error, turnId: turn.id, part: index + 1 }, 'a part of a document could not be read');
      }
      done += 1;
      if (done < parts.length) report();
    }
  };
  report();
  const readers = Array.from({ length: Math.min(parts.length, first.local ? 1 : atOnce) }, () =>
    readNext().catch((error: unknown) => {
      failing.abort(error);
      throw error;
    }),
  );
  // Every reader has ended before the turn does: none writes into a closed database.
  const failed = (await Promise.allSettled(readers)).some(({ status }) => status === 'rejected');
  call.signal.throwIfAborted();
  if (failed) throw failing.signal.reason;
  return notes;
};

/** Joins notes, level by level, until those that are left fit into the prompt of the answer. */
export const joinNotes = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  plan: ReadingPlan,
  written: readonly string[],
  call: NotesCall,
): Promise<readonly string[]> => {
  const [first] = call.candidates as [Candidate];
  const { sizes } = plan;
  const sizesOf = (notes: readonly string[]): number[] => notes.map((one) => estimateTokens(one) + 2);
  let notes = written;
  while (sizesOf(notes).reduce((sum, one) => sum + one, 0) > sizes.answer) {
    const groups = groupNotes(sizesOf(notes), sizes.join);
    if (!groups) throw new EmergenceError('provider.context_exceeded');
    const joined: string[] = [];
    for (const group of groups) {
      call.signal.throwIfAborted();
      const texts = group.map((index) => notes[index] as string);
      if (texts.length === 1) joined.push(texts[0] as string);
      else joined.push(await twice(() => joinOne(deps, turn, plan, texts, first, call), call));
    }
    notes = joined;
  }
  return notes;
};

const joinOne = (deps: ChatTurnDeps, turn: ChatTurn, plan: ReadingPlan, texts: readonly string[], first: Candidate, call: NotesCall) => {
  const { words } = plan.sizes;
  // Small numbers, which a model keeps better.
  const numbers = citedNumbers(texts);
  const small = new Map(numbers.map((number, index) => [number, index + 1]));
  const given = texts.map((text) => renumber(text, small)).join('\n');
  const prompt = deps.prompts.render('document-notes', turn.language, { notes: deps.prompts.asData(given), words: String(words) });
  const sources = numbers.map((number) => ({ ...(plan.sources[number - 1] as Source), marker: small.get(number) as number }));
  const finish = async (text: string): Promise<string> => citeByDocument(text, sources, [], (marker) => numbers[marker - 1]);
  return note(deps, turn, plan, call, { prompt, key: noteKey(first, prompt.versionId, JSON.stringify([words, given])), finish });
};
