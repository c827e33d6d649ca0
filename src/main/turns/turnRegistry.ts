import type { Logger } from '@main/telemetry/telemetry';
import type { TurnEvent } from '@shared/model';
import type { ActiveSessions } from './activeSessions';
import type { StopReason } from './turn';
import { createEventLog, type EventLog } from './turnEvents';

export interface Ticket {
  turnId: string;
  conversationId: string;
  questionId: string;
  messageId: string;
}

/** The turns that run in the engine, with or without readers. */
export interface TurnRegistry {
  /** Runs a turn to its end, in the background. `onCrash` gives the end event when `run` rejects. */
  start(
    ticket: Ticket,
    run: (emit: (event: TurnEvent) => void, signal: AbortSignal) => Promise<void>,
    onCrash: (error: unknown) => TurnEvent,
  ): void;
  /** Aborts a turn and resolves when it has ended; unknown and ended turns are fine. */
  stop(turnId: string, reason: StopReason): Promise<void>;
  /** The events of a turn that runs or ended lately. */
  log(turnId: string): EventLog<TurnEvent> | null;
  active(): Ticket[];
  /** Forgets the ended turns; those that end later are forgotten at once. */
  close(): void;
}

/**
 * How long the events of an ended turn can be replayed; after that, and at once for a huge one, its end is read from the database.
 */
const keepEndedMs = 5 * 60_000;
const hugeCharacters = 200_000;

export const createTurnRegistry = ({ sessions, log }: { sessions: ActiveSessions; log: Logger }): TurnRegistry => {
  interface Entry {
    ticket: Ticket;
    events: EventLog<TurnEvent>;
    abort: AbortController;
    ended: Promise<void>;
    /** Forgets the turn, some time after its end. */
    forgetting?: NodeJS.Timeout;
  }
  const entries = new Map<string, Entry>();
  let closed = false;

  return {
    start: (ticket, run, onCrash) => {
      const events: EventLog<TurnEvent> = createEventLog<TurnEvent>();
      const abort = new AbortController();
      const drive = async (): Promise<void> => {
        sessions.enter();
        let broke = false;
        try {
          await run(events.append, abort.signal);
        } catch (error) {
          broke = true;
          log.error({ err: error, turnId: ticket.turnId }, 'a turn broke');
          try {
            events.append(onCrash(error));
          } catch (untold) {
            // Its message does not exist any more either: readers end without an end event, and the program continues.
            log.error({ err: untold, turnId: ticket.turnId }, 'the end of a turn could not be told');
          }
        } finally {
          sessions.leave();
          events.close();
          // A turn that could not be saved exists nowhere else.
          if (closed || (!broke && events.characters > hugeCharacters)) entries.delete(ticket.turnId);
          else entry.forgetting = setTimeout(() => entries.delete(ticket.turnId), keepEndedMs).unref();
        }
      };
      const entry: Entry = { ticket, events, abort, ended: Promise.resolve() };
      entries.set(ticket.turnId, entry);
      entry.ended = drive();
    },
    stop: async (turnId, reason) => {
      const entry = entries.get(turnId);
      if (!entry || entry.events.closed) return;
      entry.abort.abort(reason);
      await entry.ended;
    },
    log: (turnId) => entries.get(turnId)?.events ?? null,
    active: () => [...entries.values()].filter((entry) => !entry.events.closed).map((entry) => entry.ticket),
    close: () => {
      closed = true;
      for (const [turnId, { forgetting, events }] of entries) {
        if (!events.closed) continue;
        clearTimeout(forgetting);
        entries.delete(turnId);
      }
    },
  };
};
