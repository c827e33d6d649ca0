import type { LoggedEvent } from '@main/turns/turnEvents';
import { withEventMeta } from '@orpc/server';
import { type Call, leaving } from './base';

/** Sends events with their ids; an error in the middle of the stream is converted like any other. */
export async function* eventStream<Event extends object>(
  events: AsyncGenerator<LoggedEvent<Event>, void, void>,
  call: Call,
): AsyncGenerator<Event, void, void> {
  try {
    for await (const { id, event } of events) yield withEventMeta(event, { id });
  } catch (error) {
    throw leaving(error, call);
  }
}
