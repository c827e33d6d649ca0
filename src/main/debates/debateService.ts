import { answerLanguage } from '@main/knowledge/answerLanguage';
import { findConversation, insertConversation, setActiveLeaf, setAutomaticTitle } from '@main/store/conversations';
import { findDebate, insertDebate, runningDebates, saveDebateState } from '@main/store/debates';
import { insertMessage } from '@main/store/messages';
import type { ActiveSessions } from '@main/turns/activeSessions';
import { keptSources } from '@main/turns/findSources';
import { titleFromWords } from '@main/turns/titleFromWords';
import type { LoggedEvent } from '@main/turns/turnEvents';
import { type Debate, type DebateConfig, type DebateEvent, defaultConversationSettings, EmergenceError, newId } from '@shared/model';
import { type DebateRun, startRun } from './debateRun';
import { loadDebate } from './debateState';
import type { DebateDeps } from './runningDebate';

export interface DebateServiceDeps extends DebateDeps {
  sessions: ActiveSessions;
}

export interface Debates {
  /**
   * Stores and starts a debate; the same id twice returns the first. Throws `provider.none` without a model: quotes cannot debate.
   */
  start(input: { id: string; config: DebateConfig }): Debate;
  get(id: string): Debate;
  /** True while a speaker is writing; a debate that has ended but could not be saved is over. */
  isRunning(id: string): boolean;
  /** Yields the whole state first (unless the reader comes back to the same run), then the events, until the debate ends. */
  watch(
    id: string,
    options: { lastEventId?: string | undefined; signal?: AbortSignal | undefined },
  ): AsyncGenerator<LoggedEvent<DebateEvent>, void, void>;
  /** Resolves when all contributions are saved; a debate that does not run is fine. */
  stop(id: string): Promise<void>;
  /**
   * Continues in the round where it stopped, after a stop in progress; a second call changes nothing. Rejects with the reason
   * (`storage.full`) while a contribution is not saved yet.
   */
  resume(id: string): Promise<Debate>;
  /**
   * At start: debates that a crash left running become `interrupted`. Their turns are closed with those of every kind
   * (`closeInterrupted.ts`). May be retried.
   */
  closeInterrupted(): number;
  shutdown(): Promise<void>;
}

const keepEndedMs = 5 * 60_000;

export const createDebates = (deps: DebateServiceDeps): Debates => {
  const { db, changes, telemetry, diskRoom, now } = deps;
  const runs = new Map<string, DebateRun>();
  /** The timers that forget ended runs. */
  const dropping = new Set<NodeJS.Timeout>();
  let closing = false;

  /** Throws unless a debate may begin or continue. */
  const requireModels = (config: DebateConfig): void => {
    if (closing) throw new EmergenceError('cancelled');
    for (const seat of [...config.debaters, config.mediator])
      if (deps.gateway.candidatesFor({ model: seat.model, agentId: seat.agentId }).length === 0) throw new EmergenceError('provider.none');
  };
  const isRunning = (id: string): boolean => runs.get(id)?.running === true;
  const get = (id: string): Debate => loadDebate(db, id, runs.get(id)?.unstored);

  const launch = (id: string, config: DebateConfig): void => {
    const words = `${config.topic} ${config.debaters.map(({ side }) => side).join(' ')}`;
    const language = answerLanguage(words, deps.settings().appearance.language === 'fr' ? 'fr' : 'en');
    const run = startRun(deps, { id, config, language });
    runs.set(id, run);
    void run.ended.then(() => dropLater(id, run));
    changes.publish('conversation', id);
  };

  /** Keeps the events of an ended run for a while, and the run itself until all of it is saved. */
  const dropLater = (id: string, run: DebateRun): void => {
    if (closing) return;
    const timer = setTimeout(() => {
      dropping.delete(timer);
      if (runs.get(id) !== run) return;
      if (run.unsavedBecause) dropLater(id, run);
      else runs.delete(id);
    }, keepEndedMs).unref();
    dropping.add(timer);
  };

  const start: Debates['start'] = ({ id, config }) => {
    if (findDebate(db, id)) return get(id);
    if (findConversation(db, id)) throw new EmergenceError('conflict');
    requireModels(config);
    const at = now();
    db.transaction(() => {
      const { documents, collectionIds, mediator } = config;
      const settings = { ...defaultConversationSettings, documents, collectionIds, agentId: mediator.agentId };
      insertConversation(db, { id, kind: 'debate', settings, now: at });
      setAutomaticTitle(db, id, titleFromWords(config.topic));
      const topicId = newId();
      insertMessage(db, {
        id: topicId,
        conversationId: id,
        parentId: null,
        turnId: null,
        role: 'user',
        speaker: null,
        state: 'complete',
        text: config.topic,
        at,
      });
      setActiveLeaf(db, id, topicId);
      insertDebate(db, { conversationId: id, config, now: at });
    })();
    telemetry.increment('chat_messages_total', {});
    launch(id, config);
    return get(id);
  };

  const resume = async (id: string): Promise<Debate> => {
    const stopping = runs.get(id);
    if (stopping?.stopping) await stopping.ended;
    // No await from here on: of two calls that resume at the same time the second finds it running.
    if (runs.get(id)?.unsavedBecause) diskRoom.retryNow();
    const record = findDebate(db, id);
    if (!record || findConversation(db, id)?.deletedAt !== null) throw new EmergenceError('not_found');
    const unsaved = runs.get(id)?.unsavedBecause;
    if (unsaved) throw unsaved;
    if (!isRunning(id) && record.state !== 'done') {
      requireModels(record.config);
      saveDebateState(db, id, { state: 'running', round: record.round, error: null, now: now() });
      launch(id, record.config);
    }
    return get(id);
  };

  async function* watch(
    id: string,
    { lastEventId, signal }: { lastEventId?: string | undefined; signal?: AbortSignal | undefined },
  ): AsyncGenerator<LoggedEvent<DebateEvent>, void, void> {
    const run = findDebate(db, id) ? runs.get(id) : undefined;
    if (run && lastEventId !== undefined && run.events.knows(lastEventId)) {
      yield* run.events.watch({ lastEventId, signal });
      return;
    }
    // The state includes all text up to this event, so that the next delta begins where its text ends.
    const upTo = run?.events.flush() ?? run?.beforeFirst ?? '0';
    const running = run?.running === true;
    const debate = get(id);
    yield { id: upTo, event: { type: 'state', debate } };
    // The text being written may cite the sources that its speaker got before this reader came.
    for (const { message } of debate.turns) {
      const given = message.state === 'streaming' ? keptSources(db, message.id) : null;
      if (given) yield { id: upTo, event: { type: 'retrieved', messageId: message.id, sources: given.sources } };
    }
    // The debate may end while the reader takes the first events: its end then follows among the events.
    if (run && running) yield* run.events.watch({ lastEventId: upTo, signal });
    else yield { id: upTo, event: { type: 'ended', debate } };
  }

  const stopWith = async (id: string, reason: 'stop' | 'shutdown'): Promise<void> => {
    const run = runs.get(id);
    if (run?.running) await run.stop(reason);
  };

  return {
    start,
    get,
    isRunning,
    watch,
    stop: (id) => stopWith(id, 'stop'),
    resume,
    closeInterrupted: () => {
      const open = runningDebates(db).filter(({ conversationId }) => !isRunning(conversationId));
      for (const { conversationId, round } of open)
        saveDebateState(db, conversationId, { state: 'interrupted', round, error: null, now: now() });
      for (const { conversationId } of open) changes.publish('conversation', conversationId);
      return open.length;
    },
    shutdown: async () => {
      closing = true;
      await Promise.all([...runs.keys()].map((id) => stopWith(id, 'shutdown')));
      for (const timer of dropping) clearTimeout(timer);
    },
  };
};
