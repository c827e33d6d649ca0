import type { LoggedEvent } from '@main/chat/turnEvents';
import { withEventMeta } from '@orpc/server';
import { toEmergenceError } from '@shared/model';
import { toWireError } from './base';

/** Events with their ids on the wire; an error in the middle of the stream leaves as one of the family. */
export async function* eventStream<Event extends object>(
  events: AsyncGenerator<LoggedEvent<Event>, void, void>,
): AsyncGenerator<Event, void, void> {
  try {
    for await (const { id, event } of events) yield withEventMeta(event, { id });
  } catch (error) {
    throw toWireError(toEmergenceError(error));
  }
}
